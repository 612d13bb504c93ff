"""Writes the whole fictional municipality, street by street, so that memory stays the same at any size."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knooppunt.synthetic.bag_mutations import write_mutations
from knooppunt.synthetic.bag_xml import street_xml, town_xml
from knooppunt.synthetic.bag_zip import BagDelivery
from knooppunt.synthetic.boundaries import write_boundaries
from knooppunt.synthetic.brp_csv import BrpFile
from knooppunt.synthetic.division import CENTRE, Division
from knooppunt.synthetic.kvk_json import KvkFile
from knooppunt.synthetic.layout import chance, streets
from knooppunt.synthetic.model import MUNICIPALITY_CODE, STAND_ON, Kind, Stamp, Street, Town
from knooppunt.synthetic.names import towns_of
from knooppunt.synthetic.plants import Plan
from knooppunt.synthetic.plots import build, places, rectangle
from knooppunt.synthetic.records import FILES, Records
from knooppunt.synthetic.registration import (
    register_building,
    register_demolished,
    register_place,
    register_planted,
    register_premises,
)
from knooppunt.synthetic.site import Files, Site
from knooppunt.synthetic.street_kinds import STREET_M
from knooppunt.synthetic.truth import TruthFile

LEAST_RESIDENTS = 3_000
"""Below this there is no room for everything that is planted."""
MOST_RESIDENTS = 1_000_000

MUTATIONS = "bag-mutations.zip"
_DEMOLISHED_EVERY = 4  # streets
_HALF_M = 24_000.0  # from the middle to the edge of the rectangles of all towns
_BEGIN = Stamp(valid_from="2009-01-20", registered_at="2010-06-15T10:00:00.000")

Progress = Callable[[int, int], None]
"""Called now and then with residents so far and residents in all."""


class SizeError(ValueError):
    """A municipality of this size cannot be made."""


@dataclass(frozen=True)
class Synthesis:
    """What was written."""

    out: Path
    residents: int
    seed: int
    as_of: str
    counts: dict[str, Any]
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        names = ("bag.zip", MUTATIONS, "brp.csv", "kvk.jsonl", *FILES.values(), "truth.json", "exclusions.csv")
        files = [str(self.out / name) for name in names]
        return {
            "residents": self.residents,
            "seed": self.seed,
            "as_of": self.as_of,
            "files": files,
            "counts": self.counts,
            "seconds": round(self.seconds, 3),
        }


def synthesise(*, residents: int, seed: int, out: Path, progress: Progress | None = None) -> Synthesis:
    """Write all registers, the mutations of the day after, `truth.json` and `exclusions.csv` into `out`.

    The same `residents` and `seed` give the same bytes. Raises SizeError outside 3,000 to 1,000,000.
    """
    if not LEAST_RESIDENTS <= residents <= MOST_RESIDENTS:
        raise SizeError(f"{residents} residents: choose between {LEAST_RESIDENTS:,} and {MOST_RESIDENTS:,}.")
    started = time.perf_counter()
    out.mkdir(parents=True, exist_ok=True)
    towns = towns_of(residents)
    with (
        BagDelivery(out / "bag.zip", towns) as bag,
        BrpFile(out / "brp.csv", MUNICIPALITY_CODE) as brp,
        KvkFile(out / "kvk.jsonl") as kvk,
        TruthFile(out / "truth.json") as truth,
        Records(out) as records,
    ):
        files = Files(bag, brp, kvk, truth, records)
        division = Division(residents, seed=seed)
        _write_towns(bag, towns)
        _write_streets(files, division, residents, seed, progress)
        neighbourhoods = records.neighbourhoods()
        counts = _counts(files)
        _add_concentrations(files)
        truth.finish(residents=residents, seed=seed, counts=counts)
    write_boundaries(out, neighbourhoods)
    write_mutations(out / "bag.zip", out / MUTATIONS)
    return Synthesis(out, residents, seed, STAND_ON, counts, time.perf_counter() - started)


def _write_towns(bag: BagDelivery, towns: list[Town]) -> None:
    """Every town has a rectangle of its own; they lie side by side round the centre."""
    width = 2 * _HALF_M / len(towns)
    low, high = CENTRE[1] - _HALF_M, CENTRE[1] + _HALF_M
    for place, town in enumerate(towns):
        left = CENTRE[0] - _HALF_M + place * width
        right = left + width
        corners = ((left, low), (right, low), (right, high), (left, high), (left, low))
        bag.write("WPL", town_xml(town, " ".join(f"{x:.3f} {y:.3f}" for x, y in corners), _BEGIN))


def _write_streets(files: Files, division: Division, residents: int, seed: int, progress: Progress | None) -> None:
    plan = Plan(residents)
    for street in streets(division, residents, seed=seed):
        if files.living >= residents:
            break
        _write_street(files, street, plan, residents, seed)
        if progress:
            progress(files.living, residents)
    if not plan.done or files.living < residents:
        raise AssertionError("something planned was not planted: the plan and the streets do not fit together")


def _write_street(files: Files, street: Street, plan: Plan, residents: int, seed: int) -> None:
    rng = chance(seed, street.index)
    lived = files.living
    files.bag.write("OPR", street_xml(street))
    built = list(build(street, files.ids, rng))
    premises = [unit for _, units in built for unit in units]
    site = Site(street, premises, files, rng)
    for plant in plan.due(site, files.living):
        plant.sow(site)
    for building, _ in built:
        register_building(files.bag, building)
    for unit in premises:
        if unit.planted:
            register_planted(files.bag, unit)
        else:
            register_premises(files.bag, unit, files.ids, rng)
    spots = list(places(street, files.ids))
    for place in spots:
        register_place(files.bag, place)
    if street.index % _DEMOLISHED_EVERY == 0:
        _write_demolished(files, street)
    site.live(residents)
    site.work()
    site.close()
    files.records.neighbourhood(street, [*premises, *spots], people=files.living - lived)


def _write_demolished(files: Files, street: Street) -> None:
    """One house that is gone: it stood at the end of the street, number 201."""
    extra = replace(street, kind=Kind.ROW)
    building, (premises, *_) = next(build(extra, files.ids, chance(0, street.index)))
    premises.number, premises.postcode = 201, street.postcodes[1]
    building.outline = rectangle(street, STREET_M - 16, 9, (6, 10))
    premises.x, premises.y = street.point(STREET_M - 13, 14)
    register_demolished(files.bag, building, premises)


def _add_concentrations(files: Files) -> None:
    """Now that the totals are known, say how unusual each planted cluster is."""
    for planted in files.truth.planted:
        if planted.rule == "BED-02":
            values = planted.values
            branch, here, street = values["branch"], values["establishments"], values["in_street"]
            values.update(files.totals.concentration(branch, here, street), tests=files.totals.pairs)


def _counts(files: Files) -> dict[str, Any]:
    return {
        "bag_occurrences": files.bag.counts(),
        "bag_inactive": files.bag.inactive_counts(),
        "brp": {"people": files.brp.people, "rows": files.brp.rows, "residents": files.living},
        "kvk_establishments": files.kvk.lines,
        "records": files.records.lines,
    }
