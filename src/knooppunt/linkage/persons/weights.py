"""The fixed model: for each comparison and level how likely it is for one person (m) and for two (u).

m and the few u that are not counted were set once and are shipped in `weights.csv`; u of a `count:` level is how
often the register itself has the value, counted exactly (beside the usual share, which tells in small registers).
Nothing is sampled or trained at the user's, so the same input gives the same bytes. Weights are in bits,
log2(m / u). Method: Fellegi and Sunter (1969).
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log2

COUNTED = "count:"
"""Before the share that a value usually has in the Netherlands."""

USUAL_WEIGHS = 1_000
"""As many records the usual share counts for, so that a register of six persons is not taken for the country."""


@dataclass(frozen=True, slots=True)
class Weights:
    """m and u per comparison and level; `usual` holds the usual share of values whose u the register counts."""

    m: dict[tuple[str, str], float]
    u: dict[tuple[str, str], float]
    usual: dict[str, float]

    def bits(self, comparison: str, level: str) -> float:
        """The weight of a level whose u is not counted."""
        return log2(self.m[comparison, level] / self.u[comparison, level])


@cache
def read_weights() -> Weights:
    """The shipped model. Raises ValueError when the m of a comparison do not add up to about one."""
    text = files(__package__).joinpath("weights.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    m = {(row["comparison"], row["level"]): float(row["m"]) for row in rows}
    u = {(row["comparison"], row["level"]): float(row["u"]) for row in rows if not row["u"].startswith(COUNTED)}
    counted = [(row["comparison"] + " " + row["level"], row["u"]) for row in rows if row["u"].startswith(COUNTED)]
    usual = {name: float(share.removeprefix(COUNTED)) for name, share in counted}
    for comparison in {row["comparison"] for row in rows}:
        total = sum(value for (own, _), value in m.items() if own == comparison)
        if not 0.99 <= total <= 1.01:
            raise ValueError(f"weights.csv: the m of {comparison} add up to {total:.3f}")
    return Weights(m, u, usual)


@cache
def call_names() -> dict[str, frozenset[int]]:
    """For each name in capitals the groups it is in; two names in one group may be one person's."""
    text = files(__package__).joinpath("call_names.csv").read_text(encoding="utf-8")
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(text.split()):
        for name in line.upper().split(","):
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(own) for name, own in groups.items()}


@cache
def namesakes() -> dict[str, tuple[str, ...]]:
    """For each name in capitals all names in its groups."""
    groups = call_names()
    members: dict[int, set[str]] = {}
    for name, own in groups.items():
        for group in own:
            members.setdefault(group, set()).add(name)
    return {name: tuple(sorted({other for group in own for other in members[group]})) for name, own in groups.items()}


@cache
def call_initials() -> dict[str, frozenset[str]]:
    """For each name in capitals the initials of all names in its groups."""
    return {name: frozenset(other[0] for other in others) for name, others in namesakes().items()}
