"""Taking a card over, and saying what became of it; wishes for cards that are not there."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.actions.cards import municipality_for
from bolwerk.circle.models import Adoption, Card, CardVersion, Wish, WishVoice
from bolwerk.circle.queries.names import TELL_RESULT
from bolwerk.circle.rules.adoptions import (
    TELL_AFTER_WORKING_DAYS,
    AdoptionError,
    Plan,
    Result,
    State,
    Step,
    check_move,
    check_result,
)
from bolwerk.deadlines.actions import complete, queue_mail, start_clock
from bolwerk.deadlines.models import Message
from bolwerk.deadlines.queries import Owner
from bolwerk.deadlines.rules import Clock, Term, Unit

RESULT = "result"
WISHES_PATH = "/leerkring/kaarten/gezocht/"
TERM = Term(TELL_AFTER_WORKING_DAYS, Unit.WORKING_DAYS, "Choice of Bolwerk: about three months after the start.")


class AdoptionChangedError(Exception):
    """Somebody else changed it since it was read."""


@transaction.atomic
def take_over(*, card: Card, version: CardVersion, plan: Plan, by: Person, at: datetime) -> Adoption:
    """Copy a card, with where it came from, to the list of the own municipality.

    Raises AdoptionError when nobody knows which municipality that is, or when it took this card over before.
    """
    home = municipality_for(person=by, at=at)
    if home is None:
        raise AdoptionError(_("Only a municipality takes a card over, and you are here for none."))
    content = version.card_content
    values = {
        "number": version.number,
        "source": content.provenance,
        "content": version.content,
        "adapted": plan.adapted,
        "planned_on": plan.planned_on,
        "shared": plan.shared,
        "by": by,
        "at": at,
        "over_at": at,
    }
    adoption, new = Adoption.objects.get_or_create(card=card, municipality=home, defaults=values)
    if not new:
        raise AdoptionError(_("Your municipality took this card over already."))
    record("circle.adoption.begun", subject=adoption.urn, actor=by.urn, at=at, shared=plan.shared)
    return adoption


def _locked(adoption: Adoption, *, seen: int) -> Adoption:
    found = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    if found.version != seen:
        raise AdoptionChangedError
    found.version += 1
    return found


@transaction.atomic
def change_plan(*, adoption: Adoption, plan: Plan, by: Person, at: datetime, seen: int) -> Adoption:
    """Write down anew what was changed in it, when it begins and whether others may see it."""
    found = _locked(adoption, seen=seen)
    found.planned_on, found.adapted, found.shared = plan.planned_on, plan.adapted, plan.shared
    found.save(update_fields=["planned_on", "adapted", "shared", "version"])
    record("circle.adoption.planned", subject=found.urn, actor=by.urn, at=at, shared=plan.shared)
    return found


@transaction.atomic
def move_adoption(*, adoption: Adoption, step: Step, by: Person, at: datetime, seen: int) -> Adoption:
    """Start it, stop it or begin again. After a start somebody is asked what came of it.

    Raises AdoptionError for what is not allowed, AdoptionChangedError when somebody else was first.
    """
    found = _locked(adoption, seen=seen)
    state = check_move(step, now=State(found.state), on=timezone.localdate(at))
    found.state = state
    if state == State.RUNNING:
        found.started_on, found.stopped_on, found.why_stopped, found.over_at = step.day, None, "", None
        clock = Clock(f"{RESULT}:{found.version}", TELL_RESULT, TERM, "circle:adoption_result")
        start_clock(subject=found.urn, clock=clock, owner=Owner(person=by), by=by.urn, at=at)
    else:
        found.stopped_on, found.why_stopped, found.over_at = step.day, step.why, at
    found.save(update_fields=["state", "started_on", "stopped_on", "why_stopped", "over_at", "version"])
    record(f"circle.adoption.{step.move.value}", subject=found.urn, actor=by.urn, at=at)
    return found


@transaction.atomic
def tell_result(*, adoption: Adoption, result: Result, by: Person, at: datetime, seen: int) -> Adoption:
    """Say what came of it, and how that is known. It can be said anew. Raises AdoptionError before a start."""
    found = _locked(adoption, seen=seen)
    check_result(now=State(found.state))
    found.outcome, found.known_by, found.result = result.outcome, result.known_by, result.words
    found.told_at = found.over_at = at
    found.save(update_fields=["outcome", "known_by", "result", "told_at", "over_at", "version"])
    _tick_off(found, by=by, at=at)
    record("circle.adoption.told", subject=found.urn, actor=by.urn, at=at)
    return found


def _tick_off(adoption: Adoption, *, by: Person, at: datetime) -> None:
    for number in range(2, adoption.version + 1):
        complete(subject=adoption.urn, key=f"{RESULT}:{number}", by=by.urn, at=at)


@transaction.atomic
def wish_for(*, words: str, why: str, by: Person, at: datetime) -> Wish:
    """Ask for a card that is not there."""
    wish = Wish.objects.create(words=words, why=why, by=by, at=at)
    WishVoice.objects.create(wish=wish, by=by)
    record("circle.wish.made", subject=wish.urn, actor=by.urn, at=at)
    return wish


@transaction.atomic
def second_wish(*, wish: Wish, by: Person, at: datetime) -> None:
    """Look for the same. Twice is once."""
    _voice, new = WishVoice.objects.get_or_create(wish=wish, by=by)
    if new:
        record("circle.wish.seconded", subject=wish.urn, actor=by.urn, at=at)


@transaction.atomic
def fulfil_wish(*, wish: Wish, card: Card, by: Person, at: datetime) -> bool:
    """Say which card is the answer: everybody who looked for it gets a neutral mail, and finds it there.

    Returns False when somebody answered it a moment before.
    """
    if not Wish.objects.filter(pk=wish.pk, closed_at=None).update(card=card, closed_at=at):
        return False
    for voice in WishVoice.objects.filter(wish=wish, by__is_active=True).exclude(by=by).select_related("by"):
        cause = f"{wish.urn}:{at.isoformat()}"
        queue_mail(person=voice.by, kind=Message.Kind.NEWS, path=WISHES_PATH, cause=cause, at=at)
    record("circle.wish.fulfilled", subject=wish.urn, actor=by.urn, at=at, card=str(card.pk))
    return True


@transaction.atomic
def reopen_wish(*, wish: Wish, by: Person, at: datetime) -> None:
    """Whoever looked for it says that the card is not the answer: it is looked for again."""
    if Wish.objects.filter(pk=wish.pk).exclude(closed_at=None).update(card=None, closed_at=None):
        record("circle.wish.reopened", subject=wish.urn, actor=by.urn, at=at)
