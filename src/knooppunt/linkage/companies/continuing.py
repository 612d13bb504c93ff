"""Which registrations are one company: a business goes on under a new KVK number, at the same address.

Two numbers are two companies unless everything speaks for one: the same object, the one ended when the other
started, and the same name (or nearly, when no other comes near). Two that run side by side are never one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rapidfuzz.distance import JaroWinkler

from knooppunt.linkage.companies.names import trade_name

DAYS = 92
"""So many days may lie between the end of one and the start of the other (a proposal, not tested on real data)."""
NEARLY, MARGIN = 0.92, 0.06
"""How like names must be, and how far ahead of the next (a proposal; tests hold it against planted truth)."""


class Stage(StrEnum):
    """Why two KVK numbers are one company, or why that is for a human to say."""

    DECIDED = "decided"  # somebody said so
    SAME_NAME = "same_name_went_on_here"
    NEARLY = "name_nearly_went_on_here"
    SEVERAL = "several_came_after"  # not linked
    SIDE_BY_SIDE = "same_name_side_by_side"  # not linked

    @property
    def links(self) -> bool:
        """Whether this is a link, and not a question."""
        return self in (Stage.DECIDED, Stage.SAME_NAME, Stage.NEARLY)


@dataclass(frozen=True, slots=True)
class Registration:
    """One KVK number at one object, with its names; an open end is None."""

    kvk: int
    object_id: int
    name: str
    started_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two KVK numbers at one object, and what is said of them: first the earlier one."""

    kvk: int
    next_kvk: int
    object_id: int
    stage: Stage
    likeness: float


def pairs(registrations: Iterable[Registration]) -> list[Pair]:
    """Every pair of KVK numbers that is one company or may be, in order."""
    here: dict[int, list[Registration]] = defaultdict(list)
    for one in registrations:
        here[one.object_id].append(one)
    found = [pair for object_id in sorted(here) for pair in _at(here[object_id])]
    return sorted(set(found), key=lambda pair: (pair.kvk, pair.next_kvk, pair.object_id))


def _at(here: list[Registration]) -> Iterable[Pair]:
    """The pairs at one object."""
    here = sorted(here, key=lambda one: (one.kvk, one.started_on or date.min))
    after = {one: _next(one, here) for one in here if one.ended_on}
    before: dict[Registration, int] = defaultdict(int)
    for likely in after.values():
        for other, _ in likely[:1]:
            before[other] += 1
    for one, likely in after.items():
        if likely:
            yield _judged(one, likely, before[likely[0][0]])
    yield from _side_by_side(here)


def _next(one: Registration, here: list[Registration]) -> list[tuple[Registration, float]]:
    """What started here when `one` ended, with how like its name is, the best first."""
    near = timedelta(days=DAYS)
    ended = one.ended_on or date.max
    came = [
        (other, JaroWinkler.similarity(trade_name(one.name), trade_name(other.name)))
        for other in here
        if other.kvk != one.kvk and other.started_on and abs(other.started_on - ended) <= near
    ]
    likely = [(other, likeness) for other, likeness in came if likeness >= NEARLY]
    return sorted(likely, key=lambda item: (-item[1], item[0].kvk))


def _judged(one: Registration, likely: list[tuple[Registration, float]], rivals: int) -> Pair:
    (best, likeness), *others = likely
    alone = rivals == 1 and all(likeness - other >= MARGIN for _, other in others)
    stage = (Stage.SAME_NAME if likeness == 1 else Stage.NEARLY) if alone else Stage.SEVERAL
    return Pair(one.kvk, best.kvk, one.object_id, stage, round(likeness, 3))


def _side_by_side(here: list[Registration]) -> Iterable[Pair]:
    running: dict[str, set[int]] = defaultdict(set)
    for one in here:
        if one.ended_on is None and trade_name(one.name):
            running[trade_name(one.name)].add(one.kvk)
    for numbers in running.values():
        first, *others = sorted(numbers)
        for other in others:
            yield Pair(first, other, here[0].object_id, Stage.SIDE_BY_SIDE, 1.0)


def grouped(members: Iterable[int], linked: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Members that are linked to each other, directly or through others, in one group each."""
    parent = {member: member for member in members}
    root = _root_in(parent)
    for one, other in linked:
        if one in parent and other in parent:
            low, high = sorted((root(one), root(other)))
            parent[high] = low
    groups: dict[int, list[int]] = defaultdict(list)
    for member in parent:
        groups[root(member)].append(member)
    return list(groups.values())


def _root_in(parent: dict[int, int]) -> Callable[[int], int]:
    def root(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    return root
