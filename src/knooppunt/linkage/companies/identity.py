"""Numbers that last: groups found today get the numbers that groups had before, and what changed is told.

Pure: memberships and groups in, memberships and events out. A member is any number of a register (a KVK number).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class EventKind(StrEnum):
    """What can happen to a number."""

    CREATED = "created"  # a new number, for members that had none
    ABSORBED = "absorbed"  # members that had none came under a number
    MERGED = "merged"  # a number ended, its members came under an older one
    SPLIT = "split"  # members left a number, for a new one or for one that was there
    GONE = "gone"  # no member is in the register any more; the number stays theirs
    BACK = "back"  # after that, one is again


@dataclass(frozen=True, slots=True)
class Event:
    """One change. `members` came under the number `company` (gone: stood under it); `other` is whence, or 0."""

    kind: EventKind
    company: int
    members: tuple[int, ...]
    other: int = 0


@dataclass(frozen=True, slots=True)
class Members:
    """Which number every member has that ever was there, which numbers are gone, and the last number given out."""

    number_of: Mapping[int, int] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()
    last: int = 0


def carry_over(before: Members, groups: Iterable[Iterable[int]]) -> tuple[Members, list[Event]]:
    """Give every group a number, and tell what changed since `before`. Groups have no member in common.

    A number goes where most of its members went (of two, to one that no older number takes). A group that gets
    several keeps the oldest. A number is never given out twice, and the order of the groups does not matter.
    """
    found = sorted(tuple(sorted(group)) for group in groups)
    claims: dict[int, list[int]] = defaultdict(list)
    for number, place in _heirs(before, found).items():
        claims[place].append(number)
    away = _away(before, found)
    number_of, last, events, ended = dict(before.number_of), before.last, list[Event](), set[int]()
    for place, group in enumerate(found):
        own = min(claims[place], default=0)
        if not own:
            last += 1
            own = last
        over = set(claims[place]) - {own}
        members = (*group, *(member for number in sorted(over) for member in away[number]))
        events += _told(before, members, own, over)
        number_of |= dict.fromkeys(members, own)
        ended |= over
    there = {number_of[member] for group in found for member in group}
    return _with_gone(before, Members(number_of, before.gone, last), there, ended, events)


def _heirs(before: Members, found: Sequence[tuple[int, ...]]) -> dict[int, int]:
    """To which group each number that has a member there goes, the oldest number first."""
    shares: dict[int, Counter[int]] = defaultdict(Counter)
    for place, group in enumerate(found):
        for member in group:
            if member in before.number_of:
                shares[before.number_of[member]][place] += 1
    heirs: dict[int, int] = {}
    taken: set[int] = set()
    for number, share in sorted(shares.items()):
        most = [place for place in sorted(share) if share[place] == max(share.values())]
        heirs[number] = next((place for place in most if place not in taken), most[0])
        taken.add(heirs[number])
    return heirs


def _away(before: Members, found: Sequence[tuple[int, ...]]) -> dict[int, list[int]]:
    """The members of each number that are in no group now: when it ends, they go along."""
    there = {member for group in found for member in group}
    away: dict[int, list[int]] = defaultdict(list)
    for member, number in sorted(before.number_of.items()):
        if member not in there:
            away[number].append(member)
    return away


def _told(before: Members, group: tuple[int, ...], own: int, ended: set[int]) -> list[Event]:
    """What happened to one group that now has the number `own`."""
    came: dict[int, list[int]] = defaultdict(list)
    for member in group:
        number = before.number_of.get(member, 0)
        if number != own:
            came[number].append(member)
    events = []
    for number, members in sorted(came.items()):
        if number:
            kind = EventKind.MERGED if number in ended else EventKind.SPLIT
        else:
            kind = EventKind.CREATED if own > before.last and len(came) == 1 else EventKind.ABSORBED
        events.append(Event(kind, own, tuple(members), number))
    return sorted(events, key=lambda event: event.kind is EventKind.ABSORBED)


def _with_gone(
    before: Members, after: Members, there: set[int], ended: set[int], events: list[Event]
) -> tuple[Members, list[Event]]:
    known = set(before.number_of.values()) | before.gone
    gone = frozenset(known - there - ended)
    under: dict[int, list[int]] = defaultdict(list)
    for member, number in after.number_of.items():
        under[number].append(member)
    events += [Event(EventKind.GONE, number, tuple(sorted(under[number]))) for number in sorted(gone - before.gone)]
    events += [Event(EventKind.BACK, number, tuple(sorted(under[number]))) for number in sorted(before.gone & there)]
    return Members(after.number_of, gone, after.last), events


def replay(events: Iterable[Event]) -> Members:
    """The memberships that a log of events leads to."""
    number_of: dict[int, int] = {}
    gone: set[int] = set()
    last = 0
    for event in events:
        last = max(last, event.company)
        if event.kind is EventKind.GONE:
            gone.add(event.company)
        elif event.kind is EventKind.BACK:
            gone.discard(event.company)
        else:
            number_of |= dict.fromkeys(event.members, event.company)
            if event.kind is EventKind.MERGED:
                gone.discard(event.other)
    return Members(number_of, frozenset(gone), last)
