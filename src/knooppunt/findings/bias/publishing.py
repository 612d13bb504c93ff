"""Counts by class as they may leave the house: through the gate for small numbers, beside what was published before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from knooppunt.disclosure import TOTAL, Axis, Figure, Memory, Policy, Release, Row, Table, gate
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.layout import write_json
from knooppunt.vault.locking import writing

LEVEL = 0.05  # of all comparisons of one report together
CLASS, OUTCOME = "class", "outcome"
Compared = Literal["more", "fewer", "no difference shown", "too few to tell"]
Bounds = tuple[int, int]
Share = tuple[float, float]


def published(
    vault: Vault,
    about: str,
    kinds: tuple[Sequence[str], Sequence[str]],
    counts: Mapping[tuple[str, str], int],
    policy: Policy,
) -> Release:
    """Counts by class and outcome (the two `kinds`) through the gate; what was published of the same before stays."""
    axes = [Axis.flat(CLASS, kinds[0]), Axis.flat(OUTCOME, kinds[1])]
    table = Table.of(about, axes, [Row(at, count) for at, count in sorted(counts.items())])
    with writing(vault.path):
        memory = vault.path / "bias" / f"{about}.json"
        release = gate(table, policy, earlier=_remembered(memory))
        memory.parent.mkdir(mode=0o700, exist_ok=True)
        write_json(memory, release.memory.as_json())
    return release


def _remembered(path: Path) -> Memory | None:
    try:
        return Memory.from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise VaultError(f"{path} is damaged ({error}). Restore it from a backup.") from error


def figure(release: Release, **labels: str) -> int | None:
    cell = release.at(**labels)
    return cell.value if isinstance(cell, Figure) else None


def of_class(release: Release, name: str, outcome: str) -> int | None:
    """The published count of an outcome in a class; None where it is hidden."""
    return figure(release, **{CLASS: name, OUTCOME: outcome})


def elsewhere(release: Release, name: str, outcome: str) -> Bounds | None:
    """Between which counts an outcome lies in all other classes together, as far as published figures say."""
    whole, part = figure(release, **{CLASS: TOTAL, OUTCOME: outcome}), of_class(release, name, outcome)
    if whole is None or part is None:
        return None
    return difference(release.policy.bounds(whole), release.policy.bounds(part))


def difference(whole: Bounds, part: Bounds) -> Bounds:
    """Between which counts lies what remains of a whole beside a part."""
    return max(0, whole[0] - part[1]), max(0, whole[1] - part[0])


def compared(here: Share, rest: Share) -> Compared:
    """What two intervals say of each other: only when they do not meet, there is a difference."""
    if here[0] > rest[1]:
        return "more"
    return "fewer" if here[1] < rest[0] else "no difference shown"
