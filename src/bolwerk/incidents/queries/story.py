"""The story of an incident: what happened to it since it was reported, newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, CharField, F, IntegerField, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.incidents.models import (
    Addition,
    Assignment,
    Correction,
    Feedback,
    History,
    Incident,
    ReactionSent,
    StatusChange,
)
from bolwerk.incidents.models.codes import word_for
from bolwerk.incidents.rules import Status
from bolwerk.incidents.rules.codes import CodeList
from bolwerk.ui.dates import moment_in_words

NAMES = {  # of what a reporter can set right; that a moment was uncertain is said with the moment
    "kind": gettext_lazy("Kind"),
    "channel": gettext_lazy("Where"),
    "place": gettext_lazy("Which place"),
    "occurred_at": gettext_lazy("When"),
    "words": gettext_lazy("In own words"),
}
STEPS_IN_PLAIN_WORDS = {
    Status.NEW: gettext_lazy("Waiting for somebody to pick it up"),
    Status.IN_PROGRESS: gettext_lazy("Somebody is working on it"),
    Status.CLOSED: gettext_lazy("Dealt with"),
    Status.WITHDRAWN: gettext_lazy("Taken back by whoever reported it"),
}


@dataclass(frozen=True)
class Moment:
    """One line of a timeline: when, what, by whom (a name), words if there are any, and its icon."""

    at: datetime
    what: str | Promise
    by: str
    text: str = ""
    icon: str = "notes"


@dataclass(frozen=True)
class Row:
    """A row of history: when, by whom (a name), and what its table has besides."""

    at: datetime
    by: str
    first: str
    second: str
    text: Any  # words, or what a closed field of another kind holds


@dataclass(frozen=True)
class Part:
    """One table of history: how a row of it reads, and from which of its columns."""

    table: type[History]
    tell: Callable[[Row], Moment]
    first: str = ""
    second: str = ""
    text: str = ""

    def rows(self, incidents: Sequence[Incident], number: int) -> QuerySet[History, tuple[Any, ...]]:
        """Its rows about incidents: whose, `number`, the key, and the columns of Row, with words still closed."""
        codes = [F(name) if name else Value("", CharField()) for name in (self.first, self.second)]
        words = F(self.text) if self.text else Value(None, BinaryField())
        rows = self.table._default_manager.filter(incident__in=incidents).order_by()
        return rows.values_list("incident_id", Value(number, IntegerField()), "pk", "at", "by__name", *codes, words)

    def moment(self, key: UUID, at: datetime, by: str, first: str, second: str, closed: object) -> Moment:
        """One of these rows as a line of the story; its words open for the row in which they lie."""
        words = getattr(self.table(**{"pk": key, self.text: closed}), self.text) if self.text else ""
        return self.tell(Row(at, by, first, second, words))


def _added(row: Row) -> Moment:
    return Moment(row.at, _("Details added"), row.by, row.text, "plus")


def _corrected(row: Row) -> Moment:
    before = "\n".join(f"{NAMES[name]}: {_in_words(name, text)}" for name, text in row.text.items() if name in NAMES)
    return Moment(row.at, _("Set right. Before, it said:"), row.by, before, "history")


def _in_words(name: str, text: str) -> str:
    """What stood in a field of a report, as its reader knows it."""
    if name == "occurred_at":
        return moment_in_words(datetime.fromisoformat(text))
    codes = {"kind": CodeList.KINDS, "channel": CodeList.CHANNELS}
    return word_for(codes[name], text) if name in codes else text or _("nothing")


def _answered(row: Row) -> Moment:
    return Moment(row.at, _("Feedback to the reporter"), row.by, row.text, "message")


def _assigned(row: Row) -> Moment:
    return Moment(row.at, _("Assigned to %(name)s") % {"name": row.first}, row.by, icon="user-check")


def _stepped(row: Row) -> Moment:
    step = {"from": Status(row.first).label, "to": Status(row.second).label}
    return Moment(row.at, _("Status from %(from)s to %(to)s") % step, row.by, row.text, "arrow-right")


def _stepped_in_plain_words(row: Row) -> Moment:
    return Moment(row.at, STEPS_IN_PLAIN_WORDS[Status(row.second)], row.by, icon="arrow-right")


def _reacted(row: Row) -> Moment:
    return Moment(row.at, _("The municipality reacted to the person it is about"), row.by, icon="scale")


BOTH = (
    Part(Addition, _added, text="text"),
    Part(Feedback, _answered, text="text"),
    Part(Correction, _corrected, text="before"),
    Part(ReactionSent, _reacted),
)
FOR_HANDLERS = (
    *BOTH,
    Part(Assignment, _assigned, "to__name"),
    Part(StatusChange, _stepped, "from_status", "to_status", "reason"),
)
FOR_REPORTERS = (*BOTH, Part(StatusChange, _stepped_in_plain_words, second="to_status"))


def _told(incidents: Sequence[Incident], parts: tuple[Part, ...]) -> list[list[Moment]]:
    """The whole stories in one question to the database: a page that opens often may not ask one per table.

    The first part must be one with words: a union reads every column as its first table has it.
    """
    stories = {
        incident.pk: [Moment(incident.reported_at, _("Reported"), incident.reporter.name, icon="send")]
        for incident in incidents
    }
    first, *others = [part.rows(incidents, number) for number, part in enumerate(parts)]
    for incident_id, number, *columns in first.union(*others, all=True):
        stories[incident_id].append(parts[number].moment(*columns))
    return [sorted(story, key=lambda moment: moment.at, reverse=True) for story in stories.values()]


def stories_for_handlers(incidents: Sequence[Incident]) -> list[list[Moment]]:
    """Everything that happened to each of some incidents, newest first, with the reasons meant for colleagues."""
    return _told(incidents, FOR_HANDLERS)


def story_for_handlers(incident: Incident) -> list[Moment]:
    """Everything that happened to an incident, newest first, with the reasons meant for colleagues."""
    return stories_for_handlers([incident])[0]


def story_for_reporter(incident: Incident) -> list[Moment]:
    """What the reporter sees: steps in plain words and feedback; no reasons meant for colleagues."""
    return _told([incident], FOR_REPORTERS)[0]
