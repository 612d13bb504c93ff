"""The same branch concentrated in a street (BED-02).

Why it matters: many businesses of one kind in one street can mean that an opportunity structure
grew there, or that one hand is behind them. Real shopping streets look like this too, so the finding
shows which other streets have the branch, and asks for a look.
"""

import itertools
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked
from knooppunt.findings.branches import branch_name
from knooppunt.findings.in_memory import answered
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.poisson import upper_tail
from knooppunt.findings.refs import ESTABLISHMENT_REF, establishment_ref
from knooppunt.findings.row_by_row import rows_of
from knooppunt.findings.rule import Answer, Found, Parameter, Ref, Rule, Text
from knooppunt.findings.street_counts import Counted, Pairs, begins, counts_of
from knooppunt.findings.told import records_again, told_as, with_records

MINIMUM_ESTABLISHMENTS = 4  # domain rule BED-02
MINIMUM_QUOTIENT = 3.0  # location quotient; domain rule BED-02
CHANCE = 0.01  # over all tests together; domain rule BED-02
PEERS = 5  # other streets shown beside a finding


def pairs_of(establishments: Table, *, on: date) -> Table:
    """Per street and branch how many establishments there are, and match_quality."""
    active = active_and_linked(establishments, on).filter(lambda t: t.street_id.notnull())
    return active.group_by("street_id", "branch").agg(establishments=active.count(), match_quality=active.errors.max())


def compared(pairs: Table, *, fewest: int = 1) -> Table:
    """Per street and branch with at least `fewest`: how many there are, and how many were to be expected.

    Columns: street_id, branch, establishments, in_street, in_branch, total, tests, expected
    (in_street times in_branch over total), location_quotient, match_quality. Streets, branches and the municipality
    are each counted once and joined: a window would be worked out for every pair.
    """
    streets = pairs.group_by("street_id").agg(in_street=pairs.establishments.sum().cast("int64"))
    branches = pairs.group_by("branch").agg(in_branch=pairs.establishments.sum().cast("int64"))
    all_of_it = pairs.agg(total=pairs.establishments.sum().cast("int64"), tests=pairs.count())
    chosen = pairs.filter(pairs.establishments >= fewest)
    counted = chosen.join(streets, "street_id").join(branches, "branch").cross_join(all_of_it)
    expected = counted.in_street * counted.in_branch / counted.total
    return counted.mutate(expected=expected, location_quotient=counted.establishments / expected)


def find(
    establishments: Table,
    *,
    on: date,
    minimum: int = MINIMUM_ESTABLISHMENTS,
    quotient: float = MINIMUM_QUOTIENT,
    chance: float = CHANCE,
) -> Table:
    """One row per street and branch that is too concentrated for chance.

    At least `minimum` establishments, at least `quotient` times the expected number, and a Poisson
    chance of so many or more below `chance` divided by the number of tests (Bonferroni).
    """
    return concentrated(pairs_of(establishments, on=on), minimum=minimum, quotient=quotient, chance=chance)


def concentrated(
    pairs: Table,
    *,
    minimum: int = MINIMUM_ESTABLISHMENTS,
    quotient: float = MINIMUM_QUOTIENT,
    chance: float = CHANCE,
) -> Table:
    """The pairs of street and branch that are too concentrated for chance."""
    many = compared(pairs, fewest=minimum)
    return _unlikely(many.filter(many.location_quotient >= quotient), chance)


def _unlikely(likely: Table, chance: float) -> Table:
    """Those of them that are too many for chance."""
    tested = likely.mutate(probability=upper_tail(likely.establishments, likely.expected))
    return tested.filter(tested.probability < chance / tested.tests)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    pairs, counts = pairs_of(inputs.establishments, on=inputs.on), counts_of(inputs.establishments, on=inputs.on)

    def found(usual: Pairs) -> pa.Table:
        many = usual.pairs.many(fewest=MINIMUM_ESTABLISHMENTS, quotient=MINIMUM_QUOTIENT)
        there = _unlikely(ibis.memtable(many), CHANCE).order_by("street_id", "branch").to_pyarrow()
        return there.append_column("object_id", there["street_id"]).append_column("part", there["branch"])

    def see(usual: Pairs) -> pa.Table:
        there = found(usual)
        return with_records(there, _refs(inputs.whole, there))

    def see_again(before: pa.Table, then: Inputs, usual: Pairs) -> pa.Table:
        there = found(usual)
        gone, come = _refs(then, there), _refs(inputs, there)
        known = records_again(before, gone, come)
        new = [pair not in known for pair in zip(*_columns(there, "street_id", "branch"), strict=True)]
        unknown = there.filter(pa.array(new, pa.bool_()))
        return with_records(there, known | (_refs(inputs.whole, unknown) if len(unknown) else {}))

    def say(seen: pa.Table, usual: Pairs) -> pa.Table:
        rows = seen.drop_columns(["refs"]).to_pylist()
        elsewhere = others(usual.pairs, rows) if rows else {}
        most = sorted({one["street_id"] for each in elsewhere.values() for one in each.most})
        names = _streets(inputs.whole, most) if rows else {}
        return told_as(seen, [_found(row, elsewhere[row["branch"]], names) for row in rows], np.arange(len(rows)))

    return Answer(
        lambda: Pairs.of(counts), see, say, lambda: str(ibis.to_sql(concentrated(pairs), dialect="duckdb")), see_again
    )


@dataclass(frozen=True)
class Elsewhere:
    """The streets that have a branch: how many each has, in rising order, and those that have most."""

    numbers: np.ndarray[Any, Any]
    most: list[dict[str, Any]]

    def as_many(self, number: int) -> int:
        """How many streets have so many or more."""
        return len(self.numbers) - int(np.searchsorted(self.numbers, number))


def others(pairs: Counted, found: list[dict[str, Any]]) -> dict[str, Elsewhere]:
    """For each branch that was found where else it is."""
    wanted = np.isin(np.arange(len(pairs.names) + 1), [pairs.names.index(row["branch"]) for row in found])
    here = np.flatnonzero(wanted[pairs.branches])
    here = here[np.lexsort((-pairs.establishments[here], pairs.branches[here]))]  # of as many the lowest street first
    ends = np.append(begins(pairs.branches[here]), len(here))
    elsewhere = {}
    for first, last in itertools.pairwise(ends):
        which = here[first:last]
        branch = pairs.branches[which[0]]
        most = which[: PEERS + 1]
        in_street = pairs.in_streets(pairs.streets[most])
        expected = in_street * pairs.in_branches[branch] / pairs.total
        told = pa.table(
            {
                "street_id": pairs.streets[most], "establishments": pairs.establishments[most],
                "in_street": in_street, "location_quotient": pairs.establishments[most] / expected,
            }
        )  # fmt: skip
        name = pairs.names[branch]
        shown = [{"branch": name, **row} for row in told.to_pylist()]
        elsewhere[name] = Elsewhere(pairs.establishments[which][::-1], shown)
    return elsewhere


def _streets(inputs: Inputs, wanted: list[int]) -> dict[int, str]:
    """Names of streets."""
    there = ibis.memtable(pa.table({"street_id": pa.array(wanted, pa.int64())}))
    names = inputs.premises.semi_join(there, "street_id").group_by("street_id")
    rows = names.agg(street=inputs.premises.street.min(), town=inputs.premises.town.min()).to_pyarrow().to_pylist()
    return {row["street_id"]: f"{row['street']}, {row['town']}" for row in rows}


def _columns(rows: pa.Table, *names: str) -> list[list[Any]]:
    return [rows[name].to_pylist() for name in names]


def _refs(inputs: Inputs, found: pa.Table) -> dict[tuple[int, str], list[Ref]]:
    """The establishments behind each pair of street and branch, as they were delivered."""
    pairs = zip(*_columns(found, "street_id", "branch"), strict=True)
    refs: dict[tuple[int, str], list[Ref]] = {pair: [] for pair in pairs}
    wanted = ibis.memtable(found.select(["street_id", "branch"]))
    companies = active_and_linked(inputs.establishments, inputs.on).semi_join(wanted, ["street_id", "branch"])
    told = companies.select("street_id", *ESTABLISHMENT_REF)
    for row in rows_of(answered(told.order_by("source_file", "source_line"))):
        refs[row["street_id"], row["branch"]].append(establishment_ref(row))
    return refs


_HEADLINE = Text("{establishments} keer {branch_nl}", "{establishments} times {branch_en}")
_EXPLANATION = Text(
    nl="In deze straat staan {establishments} vestigingen in de branche {branch_nl}, van de {in_street} in de straat. "
    "Naar verhouding van de gemeente waren er {expected:.1f} te verwachten; het zijn er {location_quotient:.1f} keer "
    "zoveel. De kans dat dit toeval is, is kleiner dan 1 op {one_in:.0f}. De grens is zo streng omdat {tests} "
    "combinaties van straat en branche zijn bekeken.",
    en="{establishments} establishments in this street are in the branch {branch_en}, out of {in_street} in it. "
    "In proportion to the municipality {expected:.1f} were to be expected; there are {location_quotient:.1f} times as "
    "many. The chance of that by accident is below 1 in {one_in:.0f}. The bound is that strict because {tests} pairs "
    "of street and branch were looked at.",
)
_VALUES = (
    "branch", "establishments", "in_street", "in_branch", "total", "expected", "location_quotient", "probability",
    "tests",
)  # fmt: skip


def _found(row: dict[str, Any], elsewhere: Elsewhere, streets: dict[int, str]) -> Found:
    branch = row["branch"]
    names = {"branch_nl": branch_name(branch, "nl"), "branch_en": branch_name(branch, "en")}
    shown = [
        one | {"street": streets[one["street_id"]], "street_id": f"{one['street_id']:016}"}
        for one in elsewhere.most
        if one["street_id"] != row["street_id"]
    ]
    compared = len(elsewhere.numbers)
    more = elsewhere.as_many(row["establishments"]) - 1  # but itself
    return Found(
        object_id=row["street_id"],
        part=branch,
        values={key: row[key] for key in _VALUES} | names,
        headline=_HEADLINE.format(**names, **row),
        explanation=_EXPLANATION.format(one_in=row["tests"] / CHANCE, **names, **row),
        peers={
            "compared": compared,
            "streets_with_as_many": more,
            "percentile": 1 - more / compared,
            "other_streets": shown[:PEERS],
        },
        refs=(),
        match_quality=row["match_quality"],
    )


_PROPOSAL = Text("voorstel bij deze regel, nog niet getoetst", "a proposal with this rule, not tested yet")

RULE = Rule(
    id="BED-02",
    version=1,
    title=Text("Zelfde branche bij elkaar in een straat", "Same branch concentrated in a street"),
    why=Text(
        "Veel bedrijven van één soort in één straat kan betekenen dat er een gelegenheidsstructuur ontstaat. Een "
        "gewone winkelstraat ziet er ook zo uit. Vergelijk dus met andere straten.",
        "Many businesses of one kind in one street can mean that an opportunity structure grows. An ordinary shopping "
        "street looks like this too. So compare with other streets.",
    ),
    computes=Text(
        "Vergelijkt per straat en branche het aantal vestigingen met het aantal dat naar verhouding van de gemeente te "
        "verwachten is (Poisson-toets, gecorrigeerd voor het aantal toetsen).",
        "Compares, per street and branch, the number of establishments with the number to be expected in proportion to "
        "the municipality (Poisson test, corrected for the number of tests).",
    ),
    level="street",
    registers=("bag", "kvk"),
    parameters=(
        Parameter("minimum", MINIMUM_ESTABLISHMENTS, Text("vestigingen", "establishments"), _PROPOSAL),
        Parameter("quotient", MINIMUM_QUOTIENT, Text("maal verwacht", "times expected"), _PROPOSAL),
        Parameter("chance", CHANCE, Text("kans, alle toetsen samen", "chance, all tests together"), _PROPOSAL),
    ),
    false_positives=(
        Text("bestaande winkelconcentratie (mode, horeca, meubels)", "an established shopping cluster"),
        Text("verzamelpand van één beroepsgroep, zoals een gezondheidscentrum", "one profession in one building"),
    ),
    not_done=(
        Text(
            "Kleine straten worden niet samengenomen met straten binnen 150 meter.",
            "Small streets are not pooled with streets within 150 metres.",
        ),
    ),
    review_on=date(2027, 11, 1),
    owner_role="analyst",
    evaluate=evaluate,
    by_class=True,
    reach="street",
    read_usual=Pairs.read,
)
