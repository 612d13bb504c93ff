"""What is true about the fictional municipality, so that answers can be checked.

`truth.json` holds, per finding, the objects that must be found and the ones that must not, and for
every establishment the object it belongs to with the number of errors its address deserves. A
planted finding may be `innocent`: the rule is right to show it and the `exclusions` say why it is
nothing; with those applied, only the others remain.
"""

import json
import math
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from knooppunt.synthetic.kvk_json import ERRORS, GOOD_ENOUGH, Company
from knooppunt.synthetic.model import MUNICIPALITY_CODE, MUNICIPALITY_NAME, STAND_ON

FORMAT = 1
HISTORY_ON = "2024-06-01"
"""A day in the past on which other things were true; the truth file has its findings too."""

HISTORY_RULES = ("BED-01", "BED-02", "WON-01")
"""Rules of which the truth is known in the past too."""

RULES = (
    *("BED-01", "BED-02", "BED-03", "BED-04", "BED-05", "BED-06", "BED-07", "BED-08", "BED-09"),
    *("WON-01", "WON-03", "WON-04", "WON-05", "WON-06", "WON-07", "WON-08"),
    *("HOR-01", "HOR-02", "HOR-03", "VAS-01", "VAS-02", "VAS-03", "VAS-04", "VAS-05", "VAS-06", "VAS-07"),
    *("BUI-01", "ZRG-01", "ZRG-02", "BAG-01", "MLD-01"),
)
"""Rules of which the truth is known on the day of delivery: all but those about neighbourhoods."""


@dataclass(slots=True)
class Planted:
    """One object a rule must show on the day of delivery, or had to show on HISTORY_ON."""

    rule: str
    object_id: str
    plant: str
    values: dict[str, Any]
    innocent: str = ""
    now: bool = True
    then: bool = True

    def row(self) -> dict[str, Any]:
        """As it stands in the truth file."""
        return {
            "object_id": self.object_id,
            "plant": self.plant,
            "values": self.values,
            "innocent": self.innocent or None,
        }


@dataclass(slots=True)
class Totals:
    """How many linked, active establishments there are, by branch and by street."""

    establishments: int = 0
    pairs: int = 0  # street and branch together with at least one establishment: the number of tests
    branches: "Counter[str]" = field(default_factory=Counter)

    def add_street(self, branches: "Counter[str]") -> None:
        """Count the active, well-linked establishments of one street."""
        self.branches.update(branches)
        self.establishments += branches.total()
        self.pairs += len(branches)

    def concentration(self, branch: str, here: int, street: int) -> dict[str, Any]:
        """Expected number, location quotient and Poisson tail for `here` of `branch` in a street of `street`."""
        expected = street * self.branches[branch] / self.establishments
        below = sum(expected**k / math.factorial(k) for k in range(here))
        return {
            "branch": branch,
            "establishments": here,
            "in_street": street,
            "expected": round(expected, 4),
            "location_quotient": round(here / expected, 2),
            "probability": max(0.0, 1 - math.exp(-expected) * below),
        }


class TruthFile:
    """Gathers the truth while the municipality is written; links go straight to disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.planted: list[Planted] = []
        self.near_misses: dict[str, list[dict[str, Any]]] = {rule: [] for rule in RULES}
        self.exclusions: list[dict[str, str]] = []
        self.links: Counter[str] = Counter()
        self._links_path = path.with_name(f".{path.name}.links")

    def __enter__(self) -> Self:
        self._links = self._links_path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20)
        return self

    def link(self, company: Company) -> None:
        """Note where an establishment really is and how well its address says so."""
        errors = ERRORS[company.form]
        separator = ",\n" if self.links.total() else ""
        self.links["unlinked" if errors is None else str(errors)] += 1
        row = {
            "kvk": f"{company.kvk:08}",
            "establishment": f"{company.establishment:012}",
            "object_id": company.premises.id,
            "errors": errors,
            "form": company.form.value,
        }
        self._links.write(separator + json.dumps(row))

    def must_find(self, planted: Planted) -> None:
        """Note a finding that was planted; an innocent one also goes on the list of exclusions."""
        self.planted.append(planted)
        if planted.innocent:
            self.exclusions.append({"object_id": planted.object_id, "rule": planted.rule, "reason": planted.innocent})

    def must_not_find(self, rule: str, object_id: str, why: str) -> None:
        """Note an object that comes close to a rule and must stay out."""
        self.near_misses[rule].append({"object_id": object_id, "why": why})

    def finish(self, *, residents: int, seed: int, counts: dict[str, Any]) -> None:
        """Write truth.json and exclusions.csv."""
        self._links.close()
        head = {
            "format": FORMAT,
            "residents": residents,
            "seed": seed,
            "as_of": STAND_ON,
            "municipality": {"code": MUNICIPALITY_CODE, "name": MUNICIPALITY_NAME},
            "counts": counts | {"links": dict(sorted(self.links.items()))},
            "findings": {rule: [p.row() for p in self._of(rule) if p.now] for rule in RULES},
            "near_misses": self.near_misses,
            "exclusions": self.exclusions,
            "history": {
                "as_of": HISTORY_ON,
                "findings": {rule: [p.object_id for p in self._of(rule) if p.then] for rule in HISTORY_RULES},
            },
        }
        text = json.dumps(head, indent=1, ensure_ascii=False)
        with self.path.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text.removesuffix("\n}") + ',\n "links": [\n')
            with self._links_path.open(encoding="utf-8") as links:
                shutil.copyfileobj(links, stream, 1 << 20)
            stream.write("\n ]\n}\n")
        lines = ["object_id;rule;reason", *(";".join(row.values()) for row in self.exclusions)]
        self.path.with_name("exclusions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _of(self, rule: str) -> list[Planted]:
        return [planted for planted in self.planted if planted.rule == rule]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._links.close()
        self._links_path.unlink(missing_ok=True)


def feeds_findings(company: Company) -> bool:
    """Whether an establishment is active on the day of delivery and linked well enough to count."""
    errors = ERRORS[company.form]
    return not company.ended and errors is not None and errors <= GOOD_ENOUGH
