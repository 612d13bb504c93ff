"""Caring: on which day somebody was spoken to, by whom, what they need and what was agreed. Never what was said."""

from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.incidents.actions.care.clocks import start_moments, stop_moments, with_talk
from bolwerk.incidents.actions.care.noting import note
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.models import Care, CareMoment, Concerned
from bolwerk.incidents.rules import Duty
from bolwerk.incidents.rules.care import AFTER_THE_TALK, CareState, Spoken, all_moments


@transaction.atomic
def record_care_moment(*, concerned: Concerned, duty: Duty, spoken: Spoken, by: Person, at: datetime) -> CareMoment:
    """Write down that a moment took place (or was not wanted), and stop its clock.

    Saying it twice keeps the first: nobody has to be told that a colleague was quicker. After the reception talk the
    clocks of the later talks start; with the last moment the care for this person is done. Raises
    ChangedMeanwhileError when the track was erased.
    """
    care = Care.objects.select_for_update().get(pk=concerned.incident_id)
    if care.erased_at is not None:
        raise ChangedMeanwhileError
    moment, is_new = CareMoment.objects.get_or_create(
        concerned=concerned,
        duty=duty,
        defaults={
            "incident": concerned.incident,
            "by": by,
            "at": at,
            "held_on": spoken.held_on,
            "outcome": spoken.outcome,
            "need": spoken.need,
            "agreed": spoken.agreed,
            "reason": spoken.reason,
        },
    )
    if is_new:
        _clocks(concerned, duty, by=by, at=at)
        people = [concerned.person]
        note(
            "incidents.care_moment.recorded", incident=concerned.incident, by=by, at=at, people=people, duty=duty.value
        )
    return moment


def _clocks(concerned: Concerned, duty: Duty, *, by: Person, at: datetime) -> None:
    """Its own clock stops; the later talks follow from the reception talk."""
    done = set(CareMoment.objects.filter(concerned=concerned).values_list("duty", flat=True))
    if duty is Duty.RECEPTION_TALK and concerned.state == CareState.RUNNING:
        later = [one for one in AFTER_THE_TALK if one not in done]
        start_moments(concerned=concerned, duties=later, by=by, at=at)
    stop_moments(concerned=concerned, duties=[duty], by=by, at=at)
    owed = set(all_moments(talk=with_talk(incident=concerned.incident))) - done
    if not owed:
        Concerned.objects.filter(pk=concerned.pk, state=CareState.RUNNING).update(state=CareState.DONE)
