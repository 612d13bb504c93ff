"""Meetings of teams: the proof that the norm was discussed, and what an exercise may show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.main import QRCode  # type: ignore[import-untyped]  # it has no types

from bolwerk.accounts.models import Department
from bolwerk.incidents.models import NormExercise, NormItem, NormMeeting, NormMeetingChange
from bolwerk.incidents.queries.norms.versions import norm_in_force
from bolwerk.incidents.rules.norm_meetings import MOST_ITEMS, Exercise
from bolwerk.incidents.rules.norms import Line
from bolwerk.ui.dates import short_day
from bolwerk.ui.lists import Column, Filter, ListSpec, Rows

QUIET_ZONE = 4  # modules of white around a QR code (ISO/IEC 18004)


@dataclass(frozen=True)
class Picture:
    """A square drawing: its side and its path."""

    side: int
    path: str


TOLD_FOR = timedelta(days=30)
TALKED, PLANNED, PASSED, NOTHING = "talked", "planned", "passed", "nothing"
STANDS = [
    (NOTHING, gettext_lazy("nothing planned")),
    (PLANNED, gettext_lazy("planned")),
    (PASSED, gettext_lazy("the day has passed")),
    (TALKED, gettext_lazy("spoken about")),
]


def proofs(departments: QuerySet[Department]) -> QuerySet[Department]:
    """Teams with when they last spoke about the norm, with how many, about which version; and when they do so again."""
    mine = NormMeeting.objects.filter(department=OuterRef("pk"))
    last = mine.exclude(held_at=None).order_by("-planned_on")
    coming = mine.filter(over_at=None).order_by("planned_on")
    return departments.annotate(
        last_id=Subquery(last.values("pk")[:1]),
        last_on=Subquery(last.values("planned_on")[:1]),
        present=Subquery(last.values("present")[:1]),
        about=Subquery(last.values("norm__number")[:1]),
        coming_id=Subquery(coming.values("pk")[:1]),
        coming_on=Subquery(coming.values("planned_on")[:1]),
    )


def _discussed(row: Any, on: date) -> str:
    if row.last_on is None:
        return _("not yet")
    told = _("%(day)s, %(n)s people") % {"day": short_day(row.last_on, on=on), "n": row.present}
    return f"{told}, {_('version %(number)s') % {'number': row.about}}" if row.about else told


def _next(row: Any, on: date) -> str:
    if row.coming_on is None:
        return _("nothing planned")
    day = short_day(row.coming_on, on=on)
    return f"{day}, {_('the day has passed')}" if row.coming_on < on else day


def _narrowed(rows: Rows, code: str, on: date) -> Rows:
    if code == TALKED:
        return rows.exclude(last_on=None)
    if code == NOTHING:
        return rows.filter(coming_on=None)
    return rows.filter(coming_on__lt=on) if code == PASSED else rows.filter(coming_on__gte=on)


def meetings_spec(*, leads: frozenset[UUID], on: date) -> ListSpec:
    """The list of teams; whoever leads a team gets to its meeting, or plans one."""

    def address(row: Any) -> str:
        if row.pk not in leads:
            return ""
        if row.coming_id:
            return reverse("incidents:norm_meeting", args=[row.coming_id])
        return reverse("incidents:plan_norm_meeting", args=[row.pk])

    def earlier(row: Any) -> str:
        seen = row.pk in leads and row.last_id
        return reverse("incidents:norm_meeting", args=[row.last_id]) if seen else ""

    return ListSpec(
        name="incidents.norm_meetings",
        columns=(
            Column("team", gettext_lazy("Team"), lambda row: row.name, ("name",), href=address),
            Column(
                "discussed",
                gettext_lazy("Discussed"),
                lambda row: _discussed(row, on),
                ("last_on", "name"),
                href=earlier,
            ),
            Column("next", gettext_lazy("Next"), lambda row: _next(row, on), ("coming_on", "name")),
        ),
        filters=(Filter("stands", gettext_lazy("Show"), STANDS, lambda rows, code: _narrowed(rows, code, on)),),
        search=lambda rows, words: rows.filter(name__icontains=words.strip()),
        sort="team",
        downloadable=False,
    )


def coming_meeting(department: Department) -> NormMeeting | None:
    """The meeting that a team has planned."""
    return NormMeeting.objects.filter(department=department, over_at=None).order_by("planned_on").first()


def change_lately(department: Department, *, on: date) -> NormMeetingChange | None:
    """The last time that a meeting of this team was moved or cancelled, for as long as people look for it."""
    rows = NormMeetingChange.objects.filter(meeting__department=department, at__date__gte=on - TOLD_FOR)
    return rows.filter(meeting__held_at=None).order_by("-at").first()


def changes_of(meeting: NormMeeting) -> list[NormMeetingChange]:
    """How often a meeting was moved, or that it was cancelled, in order."""
    return list(meeting.changes.select_related("by"))


def behaviours(exercise: NormExercise) -> list[str]:
    """What the phones wrote, in an order by chance; nothing while it is open. Fewer than five phones leave nothing."""
    return [row.text for row in exercise.behaviours.all()] if exercise.closed_at else []


def meetings_of(department: Department) -> list[NormMeeting]:
    """Every meeting of a team, newest first."""
    return list(NormMeeting.objects.filter(department=department).select_related("norm"))


def exercises_of(meeting: NormMeeting) -> list[NormExercise]:
    """The exercises of a meeting with their lines."""
    return list(meeting.exercises.prefetch_related("items", "behaviours"))


def answered(exercise: NormExercise) -> int:
    """How many phones answered. Nothing is said of what they answered while it is open."""
    return exercise.seats.count()


def lines_to_start_with(meeting: NormMeeting, exercise: Exercise, *, on: date) -> list[str]:
    """Lines for an exercise: what the phones wrote in this meeting, then the norm of the team, orange first."""
    department = meeting.department
    collected = NormExercise.objects.filter(meeting=meeting, exercise=Exercise.COLLECT).exclude(closed_at=None)
    written = [line for one in collected.prefetch_related("behaviours") for line in behaviours(one)]
    norm = norm_in_force(on=on, scope=str(department.pk)) or norm_in_force(on=on)
    rules = norm.texts() if norm else []
    wanted = [rule for rule in rules if exercise is Exercise.TRAFFIC_LIGHT or rule.line is not Line.GREEN]
    middle = sorted(wanted, key=lambda rule: abs(rule.line.number - 1))
    return list(dict.fromkeys([*written, *(rule.behaviour[:160] for rule in middle)]))[:MOST_ITEMS]


def ranked(items: Iterable[NormItem]) -> list[NormItem]:
    """The lines of a top 10 that was closed, the riskiest first; without results in their own order."""
    return sorted(items, key=lambda item: -int(item.leading or 0))


def shown(exercise: NormExercise) -> list[tuple[NormItem, str]]:
    """The lines of an exercise with what leads, in words; nothing of it while it is open or when too few answered."""
    items = list(exercise.items.all())
    top = exercise.exercise == Exercise.TOP_TEN
    words = {line.value: str(line.label) for line in Line}
    return [(item, item.leading if top else words.get(item.leading, "")) for item in (ranked(items) if top else items)]


def qr(text: str) -> Picture:
    """A code that a phone reads, as the path of a drawing: no picture, no script, no style."""
    code = QRCode(border=QUIET_ZONE)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Picture(len(rows), path)
