"""Writing, publishing and withdrawing cards, reading in the starting library, and who may be called."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.access.cards import home_of
from bolwerk.circle.models import Caller, Card, CardVersion, LibraryStamp, Municipality, Origin, Participant
from bolwerk.circle.rules.cards import CardContent, CardError, check_evidence, check_whole, read_card
from bolwerk.documents.actions import FileRefusedError, Upload, keep_upload
from bolwerk.documents.cleaning.outcome import Reason
from bolwerk.documents.rules import Kind


class CardChangedError(Exception):
    """Somebody else wrote in this draft since it was read."""


def municipality_for(*, person: Person, at: datetime) -> Municipality | None:
    """The municipality for which somebody acts, made when this is the first time; None for who leads circles only."""
    name = home_of(person, on=timezone.localdate(at))
    return Municipality.objects.get_or_create(name=name)[0] if name else None


@transaction.atomic
def begin_card(*, content: CardContent, by: Person, at: datetime) -> Card:
    """Begin a card as a draft that nobody else of the library sees yet. Raises CardError when it claims too much."""
    check_evidence(content)
    home = municipality_for(person=by, at=at)
    card = Card.objects.create(code=f"own-{uuid4().hex[:20]}", municipality=home, made_by=by, made_at=at)
    content = replace(content, code=card.code, number=1, provenance=home.name if home else by.name)
    CardVersion.objects.create(card=card, number=1, content=content.as_dict(), by=by, at=at)
    record("circle.card.begun", subject=card.urn, actor=by.urn, at=at)
    return card


@transaction.atomic
def write_card(*, card: Card, content: CardContent, by: Person, at: datetime, seen: int) -> CardVersion:
    """Write in the draft of a card; the first time after a publication a new version begins.

    Raises CardError when it claims too much, CardChangedError when somebody else was first.
    """
    check_evidence(content)
    found = Card.objects.select_for_update(of=("self",)).get(pk=card.pk)
    draft = found.versions.filter(published_at=None).first()
    if seen != (draft.version if draft else 0):
        raise CardChangedError
    number = draft.number if draft else (found.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    first = found.versions.order_by("number")[0].card_content
    content = replace(content, code=found.code, number=number, provenance=first.provenance)
    if draft:
        draft.content, draft.by, draft.at = content.as_dict(), by, at
        draft.version += 1
        draft.save(update_fields=["content", "by", "at", "version"])
    else:
        draft = CardVersion.objects.create(card=found, number=number, content=content.as_dict(), by=by, at=at)
    record("circle.card.written", subject=card.urn, actor=by.urn, at=at, number=number)
    return draft


@transaction.atomic
def publish_card(*, card: Card, by: Person, at: datetime) -> CardVersion:
    """Put the draft of a card in the library. Raises CardError when there is none, or when something is missing."""
    found = Card.objects.select_for_update(of=("self",)).get(pk=card.pk)
    draft = found.versions.filter(published_at=None).first()
    if draft is None:
        raise CardError(_("There is nothing new to publish."))
    check_whole(draft.card_content)
    draft.published_at = at
    draft.save(update_fields=["published_at"])
    found.current = draft.number
    found.save(update_fields=["current"])
    library_changed()
    record("circle.card.published", subject=card.urn, actor=by.urn, at=at, number=draft.number)
    return draft


@transaction.atomic
def withdraw_card(*, card: Card, by: Person, at: datetime) -> None:
    """Take a card out of the library. Who took it over keeps the copy."""
    Card.objects.filter(pk=card.pk, withdrawn_at=None).update(withdrawn_at=at)
    library_changed()
    record("circle.card.withdrawn", subject=card.urn, actor=by.urn, at=at)


@transaction.atomic
def receive_card(*, content: CardContent, origin: Origin, by: str, at: datetime) -> Card | None:
    """Put a whole card of a file or a bundle in the library, as the next version of the card with its code.

    `by` is the URN of whoever reads it in. Returns None when the library has these words already.
    Raises CardError when it is not whole, or when its code is that of a card that was written here.
    """
    check_whole(content)
    card, new = Card.objects.select_for_update().get_or_create(
        code=content.code, defaults={"origin": origin, "made_at": at}
    )
    if not new and card.origin == Origin.OWN:
        raise CardError(_("This library has a card of its own with this code."), field="code")
    last = card.versions.first()
    number = (last.number if last else 0) + 1
    words = replace(content, number=number).as_dict()
    if last and read_card(words | {"number": last.number}) == last.card_content:
        return None
    CardVersion.objects.create(card=card, number=number, content=words, at=at, published_at=at)
    Card.objects.filter(pk=card.pk).update(current=number, withdrawn_at=None)
    library_changed()
    record("circle.card.received", subject=card.urn, actor=by, at=at, number=number)
    return card


def load_library(*, cards: Iterable[CardContent], by: str, at: datetime) -> int:
    """Read in the starting library; return how many cards are new or changed. Safe to do again."""
    return sum(receive_card(content=one, origin=Origin.SHIPPED, by=by, at=at) is not None for one in cards)


def library_changed() -> None:
    """Let every process read the library anew. Call it inside the transaction of the change."""
    LibraryStamp.objects.update_or_create(pk=1, defaults={"stamp": uuid4()})


def add_materials(*, card: Card, uploads: Sequence[Upload], by: Person, at: datetime) -> dict[int, Reason]:
    """Add files to a card; return which were refused, and why. Not inside a transaction: each takes a moment."""
    refused: dict[int, Reason] = {}
    for number, upload in enumerate(uploads, start=1):
        try:
            keep_upload(upload=upload, subject=card.urn, kind=Kind.FILE, by=by, at=at)
        except FileRefusedError as refusal:
            refused[number] = refusal.reason
    return refused


@transaction.atomic
def offer_to_be_called(*, card: Card, participant: Participant, words: str, by: Person, at: datetime) -> Caller:
    """Say that the others of one's circle may call about a card, and how. Only about oneself."""
    circle = participant.member.circle
    caller, _new = Caller.objects.update_or_create(
        card=card, participant=participant, defaults={"circle": circle, "words": words, "since": at}
    )
    record("circle.card.may_call", subject=card.urn, actor=by.urn, at=at, circle=str(circle.pk))
    return caller


@transaction.atomic
def stop_being_called(*, card: Card, by: Person, at: datetime) -> None:
    """Take that back in every circle: the words go."""
    gone, _rows = Caller.objects.filter(card=card, participant__person=by).delete()
    if gone:
        record("circle.card.no_calls", subject=card.urn, actor=by.urn, at=at)
