"""Rating: three answers go into counters, and a quarter later through the gate. Nobody's answers are kept."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from bolwerk.audit.actions import SYSTEM, record
from bolwerk.incidents.actions.care.help import lock_care
from bolwerk.incidents.models import CareRatingRelease, CareTally, Concerned
from bolwerk.incidents.queries.names import CARE_RATINGS
from bolwerk.incidents.rules import closed_quarters, quarter_of
from bolwerk.incidents.rules.care import CareState
from bolwerk.incidents.rules.care_rating import Question, RatedAlreadyError, Rating, may_rate
from knooppunt.disclosure import TOTAL, Axis, Figure, Memory, Policy, Row, Table, gate

Cell = list[str | int | None]


@transaction.atomic
def rate_care(*, concerned: Concerned, answers: Mapping[Question, Rating], at: datetime) -> None:
    """Count the answers of somebody whose care is over, once. No line in the trail: it would say who answered when.

    Raises RatedAlreadyError; ChangedMeanwhileError when the track was erased.
    """
    lock_care(concerned=concerned)
    now = Concerned.objects.select_for_update().get(pk=concerned.pk)
    if not may_rate(CareState(now.state), rated=now.rated):
        raise RatedAlreadyError
    now.rated = True
    now.save(update_fields=["rated"])
    quarter = quarter_of(timezone.localdate(at))
    for question, answer in answers.items():
        row, _new = CareTally.objects.get_or_create(quarter=quarter, question=question, answer=answer)
        CareTally.objects.filter(pk=row.pk).update(count=F("count") + 1)


def publish_due_ratings(*, at: datetime) -> list[CareRatingRelease]:
    """Publish what is due at a moment: the closed quarters of this year and of the year before."""
    year = timezone.localdate(at).year
    made = (publish_ratings(year=one, at=at) for one in (year - 1, year))
    return [one for one in made if one is not None]


def publish_ratings(*, year: int, at: datetime) -> CareRatingRelease | None:
    """Put the closed quarters of a year through the gate, question by question. None when that was done before."""
    quarters = closed_quarters(year, on=timezone.localdate(at))
    last = CareRatingRelease.objects.filter(year=year).first()
    if not quarters or (last and last.last_quarter >= len(quarters)):
        return None
    policy = Policy(smallest_group=settings.SMALLEST_GROUP)
    cells: list[Cell] = []
    memory = {}
    for question in Question:
        earlier = Memory.from_json(last.memory[question.value]) if last else None
        release = gate(_table(question, year=year, quarters=quarters), policy, earlier=earlier)
        memory[question.value] = release.memory.as_json()
        before = {tuple(cell[:3]): cell[3] for cell in last.cells} if last else {}
        for (answer, quarter), cell in release:
            said = before.get((question.value, answer, quarter)) if quarter != TOTAL else None
            figure = said or (cell.value if isinstance(cell, Figure) else None)
            cells.append([question.value, answer, quarter, figure])
    fresh = CareRatingRelease(
        year=year,
        last_quarter=len(quarters),
        smallest_group=policy.smallest_group,
        rounding_base=policy.rounding_base,
        made_at=at,
        cells=cells,
        memory=memory,
    )
    return _keep(fresh)


def _table(question: Question, *, year: int, quarters: list[str]) -> Table:
    rows = CareTally.objects.filter(question=question, quarter__in=quarters)
    counted = [Row((row.answer, row.quarter), row.count) for row in rows]
    axes = [Axis.flat("answer", list(Rating.values)), Axis.flat("quarter", quarters)]
    return Table.of(f"incidents.care_rating.{question.value}.{year}", axes, counted)


@transaction.atomic
def _keep(fresh: CareRatingRelease) -> CareRatingRelease | None:
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:  # another worker was first
        return None
    hidden = sum(cell[3] is None for cell in fresh.cells)
    shown = len(fresh.cells) - hidden
    event = "incidents.care_ratings.published"
    record(event, subject=CARE_RATINGS, actor=SYSTEM, at=fresh.made_at, shown=shown, hidden=hidden)
    return fresh
