"""Who may see which note, request, trusteeship and hold. What a person may not see does not exist for that person."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.vault.models import EscrowRequest, Hold, Note, Trustee
from bolwerk.vault.rules.steps import OPEN, WAITING, Outcome, Purpose

# Appointing trustees and naming a successor opens nothing: that takes two trustees with their phrases.
MANAGERS = frozenset({Role.FUNCTIONAL_ADMINISTRATOR})


def notes_for(person: Person) -> QuerySet[Note]:
    """The notes that are sealed to this person, newest first."""
    return Note.objects.filter(envelope__readers__key__person=person).select_related("author", "envelope")


def note_to_read(request: SignedInRequest, note_id: UUID) -> Note:
    """Return a note that is sealed to this person, or 404 — never 403, which would confirm that it exists."""
    return notes_for(request.user).filter(pk=note_id).first() or deny(request, subject=_note(note_id))


def note_to_manage(request: SignedInRequest, note_id: UUID) -> Note:
    """Return a note of which this person decides who reads it: whoever wrote it and still reads it. Else 404."""
    mine = notes_for(request.user).filter(author=request.user)
    return mine.filter(pk=note_id).first() or deny(request, subject=_note(note_id))


def other_reader(request: SignedInRequest, note: Note, person_id: UUID) -> Person:
    """Return a reader of this note who did not write it, or 404."""
    reading = Person.objects.filter(vault_key__reads__envelope=note.envelope_id).exclude(pk=note.author_id)
    return reading.filter(pk=person_id).first() or deny(request, subject=note.urn)


def trusteeship(request: SignedInRequest) -> Trustee:
    """Return the running trusteeship of this person, accepted or not, or 404."""
    return Trustee.objects.filter(person=request.user, ended_at=None).first() or deny(request)


def _in_time() -> Q:
    """What waits for trustees no longer than it may: the rest counts as closed before a worker closes it."""
    oldest = timezone.now() - timedelta(days=settings.VAULT_REQUEST_DAYS)
    return Q(outcome=Outcome.OPENED) | Q(asked_at__gt=oldest)


def requests_to_judge(person: Person) -> QuerySet[EscrowRequest]:
    """The requests that wait for trustees, of which this trustee is neither the owner nor the receiver."""
    accepted = Trustee.objects.filter(person=person, ended_at=None).exclude(accepted_at=None)
    waiting = EscrowRequest.objects.filter(_in_time(), outcome__in=WAITING)
    waiting = waiting if accepted.exists() else EscrowRequest.objects.none()
    others = waiting.exclude(Q(receiver=person) | Q(key__person=person))
    return others.select_related("key__person", "receiver", "asked_by", "first").order_by("asked_at")


def request_to_judge(request: SignedInRequest, request_id: UUID) -> EscrowRequest:
    """Return a request that this trustee may agree with, or 404."""
    return requests_to_judge(request.user).filter(pk=request_id).first() or deny(request, subject=_request(request_id))


def open_requests_of(person: Person) -> QuerySet[EscrowRequest]:
    """The open requests that this person made, or that are about this person's own vault."""
    mine = Q(asked_by=person) | Q(key__person=person)
    found = EscrowRequest.objects.filter(mine, _in_time(), outcome__in=OPEN)
    return found.select_related("key__person", "receiver", "asked_by", "first").order_by("asked_at")


def request_to_withdraw(request: SignedInRequest, request_id: UUID) -> EscrowRequest:
    """Return an open request that this person may take back, or 404."""
    mine = open_requests_of(request.user).filter(pk=request_id).first()
    return mine or deny(request, subject=_request(request_id))


def requests_to_receive(person: Person) -> QuerySet[EscrowRequest]:
    """What two trustees opened for this person as a successor, and was not received yet."""
    opened = EscrowRequest.objects.filter(outcome=Outcome.OPENED, receiver=person, purpose=Purpose.SUCCESSOR)
    return opened.select_related("key__person")


def request_to_receive(request: SignedInRequest, request_id: UUID) -> EscrowRequest:
    """Return what was opened for this successor, or 404."""
    mine = requests_to_receive(request.user).filter(pk=request_id).first()
    return mine or deny(request, subject=_request(request_id))


def trustee_or_404(trustee_id: UUID) -> Trustee:
    """The running trusteeship, or 404. For pages that are open to the functional administrator only."""
    return get_object_or_404(Trustee.objects.select_related("person"), pk=trustee_id, ended_at=None)


def hold_in_force(request: SignedInRequest, hold_id: UUID) -> Hold:
    """Return a hold that nobody lifted, or 404. Whoever opens the page of holds may see each of them."""
    found = Hold.objects.in_force().select_related("placed_by").filter(pk=hold_id).first()
    return found or deny(request, subject=f"urn:bolwerk:vault:hold:{hold_id}")


def _note(note_id: UUID) -> str:
    return f"urn:bolwerk:vault:note:{note_id}"


def _request(request_id: UUID) -> str:
    return f"urn:bolwerk:vault:request:{request_id}"
