"""Meetings of teams: the proof that the norm was discussed, and what an exercise may show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qrcode.main import QRCode  # type: ignore[import-untyped]  # it has no types

from bolwerk.accounts.models import Department
from bolwerk.incidents.models import NormExercise, NormItem, NormMeeting
from bolwerk.incidents.queries.norms.versions import norm_in_force
from bolwerk.incidents.rules.norm_meetings import MOST_ITEMS, Exercise
from bolwerk.incidents.rules.norms import Line

QUIET_ZONE = 4  # modules of white around a QR code (ISO/IEC 18004)


@dataclass(frozen=True)
class Picture:
    """A square drawing: its side and its path."""

    side: int
    path: str


@dataclass(frozen=True)
class Proof:
    """When a team last spoke about the norm, with how many, about which version; and when it does so again."""

    department: Department
    last: NormMeeting | None
    coming: NormMeeting | None


def proofs(departments: Iterable[Department]) -> list[Proof]:
    """One row a team. One query."""
    teams = list(departments)
    rows = NormMeeting.objects.filter(department__in=teams).select_related("norm").order_by("planned_on")
    last: dict[object, NormMeeting] = {}
    coming: dict[object, NormMeeting] = {}
    for row in rows:
        if row.held_at:
            last[row.department_id] = row
        else:
            coming.setdefault(row.department_id, row)
    return [Proof(team, last.get(team.pk), coming.get(team.pk)) for team in teams]


def meetings_of(department: Department) -> list[NormMeeting]:
    """Every meeting of a team, newest first."""
    return list(NormMeeting.objects.filter(department=department).select_related("norm"))


def exercises_of(meeting: NormMeeting) -> list[NormExercise]:
    """The exercises of a meeting with their lines."""
    return list(meeting.exercises.prefetch_related("items"))


def answered(exercise: NormExercise) -> int:
    """How many phones answered. Nothing is said of what they answered while it is open."""
    return exercise.seats.count()


def lines_to_start_with(department: Department, exercise: Exercise, *, on: date) -> list[str]:
    """Lines for an exercise from the norm that holds in the team: what is orange there comes first."""
    norm = norm_in_force(on=on, scope=str(department.pk)) or norm_in_force(on=on)
    rules = norm.texts() if norm else []
    wanted = [rule for rule in rules if exercise is Exercise.TRAFFIC_LIGHT or rule.line is not Line.GREEN]
    middle = sorted(wanted, key=lambda rule: abs(rule.line.number - 1))
    return [rule.behaviour[:160] for rule in middle][:MOST_ITEMS]


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
