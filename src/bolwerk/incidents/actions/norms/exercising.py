"""Exercises on a screen: opened with a code, answered by phones without a name, closed into words."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.incidents.models import NormBehaviour, NormExercise, NormItem, NormMeeting, NormSeat, NormTally
from bolwerk.incidents.rules.norm_meetings import (
    CODE_LENGTH,
    CODE_SIGNS,
    FEWEST_ANSWERS,
    MOST_PRESENT,
    OPEN_FOR,
    Exercise,
    check_behaviours,
    check_items,
    choices_of,
    result_of,
)
from bolwerk.incidents.rules.norms import NormError


@transaction.atomic
def open_exercise(
    *, meeting: NormMeeting, exercise: Exercise, lines: Sequence[str], by: Person, at: datetime
) -> NormExercise:
    """Open an exercise with a code of its own. Raises NormError when the meeting is over or another one is open."""
    items = [] if exercise is Exercise.COLLECT else check_items(list(lines))
    found = NormMeeting.objects.select_for_update().get(pk=meeting.pk)
    if found.over_at:
        raise NormError(_("This meeting is over."))
    if found.exercises.filter(closed_at=None).exists():
        raise NormError(_("An exercise is still open. Close it first."))
    code = "".join(secrets.choice(CODE_SIGNS) for _sign in range(CODE_LENGTH))
    opened = NormExercise.objects.create(
        meeting=found, exercise=exercise, code=code, opened_at=at, expires_at=at + OPEN_FOR
    )
    rows = [NormItem(exercise=opened, position=position, text=text) for position, text in enumerate(items)]
    NormItem.objects.bulk_create(rows)
    NormTally.objects.bulk_create(NormTally(item=row, choice=choice) for row in rows for choice in choices_of(exercise))
    record("incidents.norm_exercise.opened", subject=found.urn, actor=by.urn, at=at)
    return opened


@transaction.atomic
def answer_exercise(*, exercise: NormExercise, token: str, answers: Mapping[UUID, str], at: datetime) -> None:
    """Count the answers of one phone, once. No line in the trail: it would say who answered when.

    Raises NormError when it is closed, full, or this phone answered before.
    """
    found = _taking_answers(exercise, at=at)
    known = set(choices_of(Exercise(found.exercise)))
    if not answers or not set(answers.values()) <= known:
        raise NormError(_("Choose an answer."))
    _take_seat(found, token)
    for item, choice in answers.items():
        NormTally.objects.filter(item=item, item__exercise=found, choice=choice).update(count=F("count") + 1)


def _taking_answers(exercise: NormExercise, *, at: datetime) -> NormExercise:
    """The exercise, locked, while it takes answers. Raises NormError when it is closed or full."""
    found = NormExercise.objects.select_for_update().get(pk=exercise.pk)
    if found.closed_at or found.expires_at <= at:
        raise NormError(_("This exercise is closed."))
    if found.seats.count() >= MOST_PRESENT:
        raise NormError(_("Everybody has answered already."))
    return found


def _take_seat(exercise: NormExercise, token: str) -> None:
    """Let a phone answer once. Raises NormError the second time."""
    _seat, new = NormSeat.objects.get_or_create(exercise=exercise, token=sha256(token.encode()).hexdigest())
    if not new:
        raise NormError(_("You have answered already. Thank you."))


@transaction.atomic
def send_behaviours(*, exercise: NormExercise, token: str, lines: Sequence[str], at: datetime) -> None:
    """Take in what one phone wrote, once; nothing joins it to the phone, and no line in the trail says who and when.

    Raises NormError when it is closed, full, empty or too long, or this phone sent before.
    """
    found = _taking_answers(exercise, at=at)
    if found.exercise != Exercise.COLLECT:
        raise NormError(_("Choose an answer."))
    written = check_behaviours(list(lines))
    _take_seat(found, token)
    NormBehaviour.objects.bulk_create(NormBehaviour(exercise=found, text=line) for line in written)


@transaction.atomic
def close_exercise(*, exercise: NormExercise, by: Person, at: datetime) -> None:
    """Close it: answers become words where enough people answered; counts, seats and code go."""
    found = NormExercise.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=exercise.pk)
    if found.closed_at:
        return
    kind = Exercise(found.exercise)
    if kind is Exercise.COLLECT and found.seats.count() < FEWEST_ANSWERS:
        found.behaviours.all().delete()  # so few lines would point at people
    items = list(found.items.prefetch_related("tallies"))
    for item in items:
        result = result_of(kind, {tally.choice: tally.count for tally in item.tallies.all()})
        if result:
            item.leading, item.agreement = result.leading, result.agreement
    NormItem.objects.bulk_update(items, ["leading", "agreement"])
    NormTally.objects.filter(item__exercise=found).delete()
    found.seats.all().delete()
    found.code, found.closed_at = None, at
    found.save(update_fields=["code", "closed_at"])
    record("incidents.norm_exercise.closed", subject=found.meeting.urn, actor=by.urn, at=at)
