"""What somebody asks for the own care: another moment, somebody else, help. Carers answer it in time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from bolwerk.accounts.models import Person
from bolwerk.deadlines.actions import complete, queue_mail, start_clock
from bolwerk.deadlines.models import Message
from bolwerk.deadlines.rules import Clock
from bolwerk.incidents.actions.care.clocks import PAGE, chain, settle
from bolwerk.incidents.actions.care.help import lock_care
from bolwerk.incidents.actions.care.noting import note
from bolwerk.incidents.actions.care.people import OWN_REPORTS
from bolwerk.incidents.models import Care, CareWish, Concerned
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.queries.people import manager_of
from bolwerk.incidents.rules.care_help import WISH_TERM, AnsweredAlreadyError, WishKind

ANSWER = gettext_noop("Answer what a colleague asks for the own care")


def _key(wish: CareWish) -> str:
    return f"wish:{wish.concerned_id}:{wish.pk}"


@transaction.atomic
def ask_for_care(*, concerned: Concerned, kind: WishKind, words: str, by: Person, at: datetime) -> CareWish:
    """Somebody asks something for the own care: whoever gives it gets a task. Who wants somebody else, asks the team.

    Raises ChangedMeanwhileError when the track was erased.
    """
    lock_care(concerned=concerned)
    incident = concerned.incident
    wish = CareWish.objects.create(incident=incident, concerned=concerned, kind=kind, words=words, by=by, at=at)
    owner, *later = chain(incident=incident, manager=manager_of(incident, at=at))
    if kind is WishKind.OTHER_PERSON and len(later) > 1:
        owner, *later = later  # not first the one they may want to get away from
    clock = Clock(_key(wish), ANSWER, WISH_TERM, PAGE, about=incident.reference)
    start_clock(subject=care_urn(incident), clock=clock, owner=owner, escalate_to=later, by=by.urn, at=at)
    Care.objects.filter(pk=incident.pk).update(ended_at=None)
    settle(incident=incident, at=at)
    note("incidents.care.asked", incident=incident, by=by, at=at, people=[by])
    return wish


@transaction.atomic
def answer_wish(*, wish: CareWish, answer: str, by: Person, at: datetime) -> CareWish:
    """Say what comes of it: the task stops, and whoever asked gets a neutral mail. Raises AnsweredAlreadyError."""
    lock_care(concerned=wish.concerned)
    now = CareWish.objects.select_for_update().get(pk=wish.pk)
    if now.answered_at is not None:
        raise AnsweredAlreadyError
    incident, asker = wish.concerned.incident, wish.concerned.person
    now.answer, now.answered_by, now.answered_at = answer, by, at
    now.save(update_fields=["answer", "answered_by", "answered_at"])
    complete(subject=care_urn(incident), key=_key(now), by=by.urn, at=at)
    settle(incident=incident, at=at)
    note("incidents.care.answered", incident=incident, by=by, at=at, people=[asker])
    if asker is not None:
        cause = f"{care_urn(incident)}:answer:{now.pk}"
        queue_mail(person=asker, kind=Message.Kind.NEWS, path=OWN_REPORTS, cause=cause, at=at)
    return now
