"""Who is concerned: adding somebody, and care that somebody does not want, or wants after all."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.deadlines.actions import queue_mail
from bolwerk.deadlines.models import Message
from bolwerk.incidents.actions.care.clocks import settle, start_moments, stop_moments, with_talk
from bolwerk.incidents.actions.care.noting import note
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.models import Care, CareMoment, Concerned, Incident
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.rules import CARE_DUTIES, Duty, Hat
from bolwerk.incidents.rules.care import Capacity, CareEvent, CareState, PersonTwiceError, first_moments, moved

OWN_REPORTS = "/meldingen/mijn/"  # mail leads to the list, never to one track


@dataclass(frozen=True)
class Known:
    """Somebody concerned: a colleague, or the name of somebody without an account."""

    capacity: Capacity
    person: Person | None = None
    name: str = ""


@transaction.atomic
def add_concerned(*, incident: Incident, known: Known, by: Person, at: datetime) -> Concerned:
    """Put somebody in the care track, and start the clocks of the first moments from now.

    Raises PersonTwiceError when this colleague is in it already, ChangedMeanwhileError when the track was erased.
    """
    care, _new = Care.objects.select_for_update().get_or_create(incident=incident)
    if care.erased_at is not None:
        raise ChangedMeanwhileError
    if known.person and Concerned.objects.filter(incident=incident, person=known.person).exists():
        raise PersonTwiceError
    concerned = Concerned.objects.create(
        incident=incident,
        capacity=known.capacity,
        person=known.person,
        name="" if known.person else known.name,
        added_by=by,
        added_at=at,
    )
    start_moments(concerned=concerned, duties=first_moments(talk=with_talk(incident=incident)), by=by, at=at)
    settle(incident=incident, at=at)
    if known.person is not None:  # a neutral mail: care is there, and this person has a say in it
        cause = f"{care_urn(incident)}:added:{concerned.pk}"
        queue_mail(person=known.person, kind=Message.Kind.NEWS, path=OWN_REPORTS, cause=cause, at=at)
    capacity = known.capacity.value
    note("incidents.care.person_added", incident=incident, by=by, at=at, people=[known.person], capacity=capacity)
    return concerned


@dataclass(frozen=True)
class Step:
    """A step with the care for somebody, by whom in which capacity, and with which version on the screen."""

    event: CareEvent
    hats: frozenset[Hat]
    seen: int
    reason: str = ""


@transaction.atomic
def move_care(*, concerned: Concerned, step: Step, by: Person, at: datetime) -> Concerned:
    """Decline care, or take it up after all: its clocks stop, or start again from now.

    Raises CareMoveNotAllowedError, CareReasonMissingError, ChangedMeanwhileError.
    """
    now = Concerned.objects.select_for_update(of=("self",)).select_related("person").get(pk=concerned.pk)
    now.incident = concerned.incident
    if now.version != step.seen or Care.objects.filter(pk=now.incident_id).exclude(erased_at=None).exists():
        raise ChangedMeanwhileError
    now.state = moved(CareState(now.state), step.event, hats=step.hats, reason=step.reason)
    now.reason = step.reason
    now.version += 1
    now.save(update_fields=["state", "reason", "version"])
    if step.event is CareEvent.DECLINE:
        stop_moments(concerned=now, duties=CARE_DUTIES, by=by, at=at)
    else:
        start_moments(concerned=now, duties=_still_owed(now), by=by, at=at)
        settle(incident=now.incident, at=at)
    note("incidents.care.moved", incident=now.incident, by=by, at=at, people=[now.person], move=step.event.value)
    return now


def _still_owed(concerned: Concerned) -> list[Duty]:
    """What did not take place: all of it when the reception talk has been, else what comes first."""
    done = set(CareMoment.objects.filter(concerned=concerned).values_list("duty", flat=True))
    talk = with_talk(incident=concerned.incident)
    moments = CARE_DUTIES if talk and Duty.RECEPTION_TALK in done else first_moments(talk=talk)
    return [duty for duty in moments if duty not in done]
