"""What people send from their phones: words, advice, votes. It arrives once, also after a lost connection (ADR 34)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.models import Contribution, Intervision, Participant, Present, Tally, Voted
from bolwerk.circle.queries.methods import phases_of
from bolwerk.circle.queries.runs import hat_of, options_of
from bolwerk.circle.rules import intervision as rules
from bolwerk.circle.rules.circles import CircleError
from bolwerk.circle.rules.intervision import RunState, Sent
from bolwerk.circle.rules.methods import Phase


@dataclass(frozen=True)
class Words:
    """What somebody sends: made with a key of its own where it was typed, for the phase in which it was begun."""

    key: UUID
    phase: int
    text: str


@transaction.atomic
def join_run(*, run: Intervision, by: Person, at: datetime) -> None:
    """Somebody is there, and may look back later. Twice is once. Raises CircleError once it is over."""
    if run.state in rules.OVER:
        raise CircleError(_("This intervision is over."))
    _row, is_new = Present.objects.get_or_create(intervision=run, person=by)
    if is_new:
        waiting = Intervision.objects.filter(pk=run.pk, state=RunState.READY)
        waiting.update(sent=F("sent") + 1)  # the wall counts who is there until it begins
        record("circle.intervision.joined", subject=run.urn, actor=by.urn, at=at)


def send(*, run: Intervision, words: Words, me: Participant, by: Person, at: datetime) -> Contribution:
    """Send words in a phase, or after it: what was being typed when the group went on still counts.

    The same key again is the same words. Nameless words leave no name, no moment and no line in the trail. What can be
    known beforehand is asked before the database is locked: sixty may be waiting for it.
    Raises CircleError when this phase asks nothing of this person, or enough was sent.
    """
    found = Intervision.objects.select_related("case").get(pk=run.pk)
    known = Contribution.objects.filter(pk=words.key, intervision=run, phase=words.phase).first()
    if known is not None:
        return known
    rules.check_sent(RunState(found.state), words.text)
    phase = _phase(found, words.phase)
    kind = rules.sends(phase, hat_of(found, me))
    if kind is None:
        raise CircleError(_("In this phase you write nothing."), field="text")
    if kind is Sent.NAMELESS:
        return _send_nameless(found, words, me)
    if Contribution.objects.filter(intervision=run, phase=words.phase, by=me).count() >= rules.MOST_SENT:
        raise CircleError(_("You sent %(most)d times in this phase. That is enough.") % {"most": rules.MOST_SENT})
    is_here = Present.objects.filter(intervision=found, person=by).exists()
    with transaction.atomic():
        row, is_new = _keep(found, words, kind=kind, by=me, at=at)
        if is_new and not is_here:
            Present.objects.get_or_create(intervision=found, person=by)
        if is_new:
            record("circle.contribution.sent", subject=run.urn, actor=by.urn, at=at, kind=kind.value)
    return row


@transaction.atomic
def _send_nameless(found: Intervision, words: Words, me: Participant) -> Contribution:
    _once(found, words.phase, me, over=_("You sent your words in this phase already. Thank you."))
    return _keep(found, words, kind=Sent.NAMELESS, by=None, at=None)[0]


def _keep(
    found: Intervision, words: Words, *, kind: Sent, by: Participant | None, at: datetime | None
) -> tuple[Contribution, bool]:
    """The words, and whether they are new: two tries at the same moment are one."""
    what = {"kind": kind, "text": words.text.strip(), "by": by, "at": at}
    row, is_new = Contribution.objects.get_or_create(
        pk=words.key, defaults={"intervision": found, "phase": words.phase, **what}
    )
    if is_new:
        _came_in(found, words.phase)
    return row, is_new


@transaction.atomic
def vote(*, run: Intervision, option: str, phase: int, me: Participant, on: date) -> None:
    """Choose one option, once, while the phase goes on. Only a count is kept, and that somebody took part.

    Raises CircleError when one cannot choose now, or not this, or not again.
    """
    found = Intervision.objects.select_related("case").get(pk=run.pk)
    asked = _phase(found, phase)
    if found.state not in rules.LIVE or phase != found.phase or not rules.may_vote(asked, hat_of(found, me)):
        raise CircleError(_("The group went on. You cannot choose any more."))
    if option not in options_of(found, asked, on=on):
        raise CircleError(_("Choose one of these."), field="option")
    _once(found, phase, me, over=_("You chose already. Thank you."))
    Tally.objects.get_or_create(intervision=found, phase=phase, option=option)
    Tally.objects.filter(intervision=found, phase=phase, option=option).update(votes=F("votes") + 1)
    _came_in(found, phase)


def _phase(found: Intervision, number: int) -> Phase:
    """A phase that goes on or went by. Raises CircleError."""
    phases = phases_of(found.kept)
    if not 0 <= number <= min(found.phase, len(phases) - 1):
        raise CircleError(_("There is no such phase now."))
    return phases[number]


def _once(found: Intervision, phase: int, me: Participant, *, over: str) -> None:
    """Write down that somebody took part in a phase without names. Raises CircleError the second time."""
    Voted.objects.get_or_create(intervision=found, phase=phase)
    row = Voted.objects.select_for_update().get(intervision=found, phase=phase)
    if row.closed or str(me.pk) in row.who:
        raise CircleError(over)
    row.who = sorted([*row.who, str(me.pk)])
    row.save(update_fields=["who"])


def _came_in(found: Intervision, phase: int) -> None:
    Intervision.objects.filter(pk=found.pk, phase=phase).update(sent=F("sent") + 1)
