"""How often a rule found something in each class, beside all others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knooppunt.disclosure import TOTAL, Policy, Release
from knooppunt.findings.bias.publishing import CLASS, LEVEL, OUTCOME, Compared, compared, difference, figure, published
from knooppunt.vault import Vault

FOUND, NOT_FOUND = "found", "not found"


@dataclass(frozen=True)
class ClassShare:
    """One class: how many objects there are and were found (rounded; None: hidden), and what may lie behind it.

    `low` and `high` bound the share that is found, `rest_low` and `rest_high` that of all other classes together.
    """

    name: str
    objects: int | None
    found: int | None
    low: float | None = None
    high: float | None = None
    rest_low: float | None = None
    rest_high: float | None = None
    compared: Compared = "too few to tell"


def exact(right: tuple[int, int], of: tuple[int, int], level: float) -> tuple[float, float]:
    """The exact (Clopper-Pearson) bounds of a share whose counts lie between these; level is that of both sides."""
    from scipy.special import betaincinv  # noqa: PLC0415  scipy takes a moment that other commands need not wait for

    fewest, most = min(right[0], of[1]), min(right[1], of[0])
    low = 0.0 if fewest == 0 else float(betaincinv(fewest, of[1] - fewest + 1, level / 2))
    high = 1.0 if most >= of[0] else float(betaincinv(most + 1, of[0] - most, 1 - level / 2))
    return low, high


def spread_over(
    vault: Vault, about: str, names: list[str], counts: Mapping[tuple[str, str], int], policy: Policy
) -> tuple[Release, tuple[ClassShare, ...]]:
    """Counts by class and outcome through the gate, beside what was published of the same before; and the shares."""
    release = published(vault, about, (names, [FOUND, NOT_FOUND]), counts, policy)
    return release, tuple(_share(release, name, len(names)) for name in names)


def _share(release: Release, name: str, classes: int) -> ClassShare:
    """One class beside all others, as far as published figures say."""
    objects, found = figure(release, **{CLASS: name}), figure(release, **{CLASS: name, OUTCOME: FOUND})
    if objects is None or found is None:
        return ClassShare(name, objects, found)
    level, bounds = LEVEL / classes, release.policy.bounds
    here = exact(bounds(found), bounds(objects), level)
    whole, all_found = figure(release, **{CLASS: TOTAL}), figure(release, **{OUTCOME: FOUND})
    if whole is None or all_found is None or whole <= objects:
        return ClassShare(name, objects, found, *here)
    rest_found = difference(bounds(all_found), bounds(found))
    rest = exact(rest_found, difference(bounds(whole), bounds(objects)), level)
    return ClassShare(name, objects, found, *here, *rest, compared(here, rest))
