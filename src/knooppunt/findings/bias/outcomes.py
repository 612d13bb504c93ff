"""What looking gave in each class: was the rule as often right everywhere, and was it looked at everywhere?

Counted are the objects that the rule found or that somebody looked at for it: confirmed, not confirmed, not judged.
Shares are of what was judged, with Wilson's interval at 95% for all classes together. They are worked out from
published figures only, so the rounding is in the interval.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import NormalDist

from knooppunt.disclosure import Policy, Release
from knooppunt.findings.bias.classes import NOWHERE
from knooppunt.findings.bias.publishing import LEVEL, Bounds, Compared, Share, compared, elsewhere, of_class, published
from knooppunt.findings.yields import Outcome, wilson
from knooppunt.vault import Vault

CONFIRMED, REFUTED, NOT_JUDGED = JUDGED = ("confirmed", "not confirmed", "not judged")


@dataclass(frozen=True)
class ClassOutcomes:
    """One class: how many were confirmed, not confirmed and not judged (rounded; None: hidden).

    `low` and `high` bound the share of what was judged that was confirmed, `rest_low` and `rest_high` that of all other
    classes together.
    """

    name: str
    confirmed: int | None
    refuted: int | None
    not_judged: int | None
    low: float | None = None
    high: float | None = None
    rest_low: float | None = None
    rest_high: float | None = None
    compared: Compared = "too few to tell"


def judged_by(outcomes: Iterable[Outcome]) -> dict[str, dict[str, bool]]:
    """Per rule what looking gave at each object that the rule found; the last outcome counts, controls do not."""
    told: dict[str, dict[str, bool]] = {}
    for one in outcomes:
        if not one.is_control:
            told.setdefault(one.rule, {})[one.object_id] = one.confirmed
    return told


def counts_of(found: Iterable[int], judged: Mapping[str, bool], classes: Mapping[int, str]) -> Counter[tuple[str, str]]:
    """Objects by class and what looking gave. One whose address went by retention is in no class."""
    ended = {f"{one:016}": NOT_JUDGED for one in found}
    ended |= {one: CONFIRMED if right else REFUTED for one, right in judged.items()}
    return Counter((_class(one, classes), said) for one, said in ended.items())


def _class(object_id: str, classes: Mapping[int, str]) -> str:
    return classes.get(int(object_id), NOWHERE) if object_id.isdecimal() else NOWHERE


def outcomes_over(
    vault: Vault, about: str, names: list[str], counts: Mapping[tuple[str, str], int], policy: Policy
) -> tuple[ClassOutcomes, ...]:
    """Counts by class and what looking gave through the gate, beside what was published before; and the shares."""
    release = published(vault, about, (names, JUDGED), counts, policy)
    return tuple(_told(release, name, len(names)) for name in names)


def _told(release: Release, name: str, classes: int) -> ClassOutcomes:
    right, wrong, waiting = (of_class(release, name, said) for said in JUDGED)
    if right is None or wrong is None:
        return ClassOutcomes(name, right, wrong, waiting)
    z, bounds = NormalDist().inv_cdf(1 - LEVEL / classes / 2), release.policy.bounds
    here = between(bounds(right), bounds(wrong), z)
    others = elsewhere(release, name, CONFIRMED), elsewhere(release, name, REFUTED)
    if others[0] is None or others[1] is None or others[0][1] + others[1][1] == 0:
        return ClassOutcomes(name, right, wrong, waiting, *here)
    rest = between(others[0], others[1], z)
    return ClassOutcomes(name, right, wrong, waiting, *here, *rest, compared(here, rest))


def between(right: Bounds, wrong: Bounds, z: float) -> Share:
    """Wilson's interval where both counts lie between bounds: the widest that they allow."""
    return wilson(right[0], right[0] + wrong[1], z=z)[0], wilson(right[1], right[1] + wrong[0], z=z)[1]
