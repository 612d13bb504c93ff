"""An extract about a person: the lines of both logs about them, joined by trace id.

The processing log says which data was used for what, and the trail by whom. What only one of them knows stands there
too. Everything in it is in the trail as the privacy officer reads it: nothing is left out, and nothing is added.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.audit.models import Line
from bolwerk.audit.queries.lines import lines_about, lines_of_traces
from bolwerk.audit.queries.words import Told, say, tell
from bolwerk.overview.trail.queries.actors import Actors
from bolwerk.processing.models import Operation
from bolwerk.processing.queries import activity_in, operations_about
from bolwerk.processing.rules.activities import Activity

MOST = 10_000  # lines in one extract; more than years of work leave, so more asks for a shorter period


@dataclass(frozen=True)
class About:
    """Whom an extract is about: an identity of the processing log, and the person when it is somebody of this house."""

    identity: str
    person: Person | None = None


@dataclass(frozen=True)
class Wish:
    """What somebody asks: about whom, from the first moment until (not including) the last, and whether with names."""

    about: About
    since: datetime
    until: datetime
    with_names: bool


@dataclass(frozen=True)
class Extracted:
    """One line of the extract. `activity` is empty where no data of a register's activity was used."""

    at: datetime
    what: str
    who: str
    thing: str
    why: str
    activity: Activity | None


def extract_of(wish: Wish) -> list[Extracted]:
    """Everything that was done with data of somebody in a period, newest first; at most MOST lines.

    Without names, whoever did it is shown by role: a data subject need not hear which employee it was, unless that is
    needed to exercise rights (Court of Justice of the EU, 22 June 2023, C-579/21, Pankki S).
    """
    since, until = wish.since, wish.until
    operations = operations_about(wish.about.identity, since=since, until=until, most=MOST)
    about = lines_about(_subjects(wish.about.person), since=since, until=until, most=MOST)
    doings = _doings(operations, lines_of_traces({operation.trace_id for operation in operations}))
    told = _told([*about, *doings.values()], wish)
    known = {line.sequence for line in doings.values()}
    rows = chain(
        _processed(operations, doings, told),
        _only_in_trail([line for line in about if line.sequence not in known], operations, told),
    )
    return sorted(rows, key=lambda row: row.at, reverse=True)[:MOST]


def activities_in(rows: Iterable[Extracted]) -> list[Activity]:
    """The activities that an extract names, each once."""
    return list(dict.fromkeys(row.activity for row in rows if row.activity))


def _subjects(person: Person | None) -> list[str]:
    """The person, and what rooms keep about the person, by URN."""
    if person is None:
        return []
    things = chain.from_iterable(import_string(address)(person) for address in settings.ROOM_SUBJECTS)
    return [person.urn, *things]


def _doings(operations: Iterable[Operation], lines: Iterable[Line]) -> dict[str, Line]:
    """For each processing (by its key) the line of the trail that tells the same, where there is one."""
    by_trace = {(line.trace_id, line.event): line for line in lines}
    pairs = ((str(one.pk), by_trace.get((one.trace_id, one.name))) for one in operations)
    return {key: line for key, line in pairs if line is not None}


def _told(lines: Iterable[Line], wish: Wish) -> dict[int, tuple[Told, str]]:
    """Every line in words with whoever did it, by its number."""
    once = {line.sequence: line for line in lines}
    actors = Actors(about=wish.about.person, with_names=wish.with_names)
    told = tell(once.values(), rename=actors.rename)
    return {one.line.sequence: (one, who) for one, who in zip(told, actors.who(told), strict=True)}


def _processed(
    operations: Iterable[Operation], doings: dict[str, Line], told: dict[int, tuple[Told, str]]
) -> Iterator[Extracted]:
    for one in operations:
        activity = activity_in(one.activity, one.activity_version)
        line = doings.get(str(one.pk))
        if line is None:
            yield Extracted(one.started_at, say(one.name), _("not written down"), "", "", activity)
        else:
            yield _extracted(*told[line.sequence], activity)


def _only_in_trail(
    lines: Iterable[Line], operations: Iterable[Operation], told: dict[int, tuple[Told, str]]
) -> Iterator[Extracted]:
    """What came along in the same request, such as a clock that stopped, was for the same activity."""
    activities = {one.trace_id: activity_in(one.activity, one.activity_version) for one in operations}
    for line in lines:
        yield _extracted(*told[line.sequence], activities.get(line.trace_id))


def _extracted(told: Told, who: str, activity: Activity | None) -> Extracted:
    return Extracted(told.line.at, told.what, who, told.thing, told.why, activity)
