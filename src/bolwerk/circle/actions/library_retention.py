"""How long cards, adoptions and wishes are kept, and how they go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import nameless
from bolwerk.accounts.models import NAMELESS
from bolwerk.circle.models import Adoption, Caller, Card, CardVersion, Question
from bolwerk.deadlines.actions import forget_subjects
from bolwerk.vault.actions import present_in
from bolwerk.vault.fields import protected_field
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage

SOURCE = _("Choice of Bolwerk: as long as a circle and the one after it can learn from it.")


def cards_waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Card]:
    """Cards that were withdrawn before a moment; whole only when nobody took them over."""
    over = Card.objects.filter(withdrawn_at__lt=began_before)
    if stage is Stage.PERSONAL:
        return over.filter(Q(made_by__isnull=False) & ~Q(made_by=NAMELESS))
    return over.exclude(pk__in=Adoption.objects.order_by().values("card"))


def erase_cards(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Take out who wrote and who may be called, or destroy cards whole."""
    Caller.objects.filter(card__in=keys).delete()
    if stage is Stage.RECORD:
        Card.objects.filter(pk__in=keys).delete()
        return
    CardVersion.objects.filter(card__in=keys, by__isnull=False).update(by=nameless())
    Card.objects.filter(pk__in=keys, made_by__isnull=False).update(made_by=nameless())


CARD_RETENTION = Kind(
    code="circle.card",
    name=_("Cards of the library"),
    begins=_("the day on which the card was taken out of the library"),
    goes=_("Who wrote it and who may be called go; the card and its versions stay."),
    default=Rule(code="19.1", personal=Period(years=2), record=Period(years=10), source=SOURCE, verified=False),
    began_field="withdrawn_at",
    waiting=cards_waiting,
    present=present_in(model=Card),
    erase=erase_cards,
)


def adoptions_waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Adoption]:
    """Adoptions that were told, stopped, or planned and never begun, before a moment."""
    over = Adoption.objects.filter(over_at__lt=began_before)
    return over.exclude(by=NAMELESS) if stage is Stage.PERSONAL else over


def erase_adoptions(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Take out the words and who wrote them, or destroy adoptions whole."""
    forget_subjects(subjects=[f"urn:bolwerk:circle:adoption:{key}" for key in keys])
    if stage is Stage.RECORD:
        Adoption.objects.filter(pk__in=keys).delete()
        return
    for name in ("adapted", "why_stopped", "result"):
        protected_field(Adoption, name).store(dict.fromkeys(present_in(model=Adoption)(keys=keys), ""))
    Adoption.objects.filter(pk__in=keys).update(by=nameless())


ADOPTION_RETENTION = Kind(
    code="circle.adoption",
    name=_("Cards that were taken over"),
    begins=_("the day on which it was told what came of it, it stopped, or it was planned and never begun"),
    goes=_("Who took it over and the words go; municipality, card, days and outcome stay."),
    default=Rule(code="19.1", personal=Period(years=5), record=Period(years=10), source=SOURCE, verified=False),
    began_field="over_at",
    waiting=adoptions_waiting,
    present=present_in(model=Adoption),
    erase=erase_adoptions,
)


def questions_waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Question]:
    """Questions and offers that were over before a moment. They go at once: nothing of them is worth keeping apart."""
    over = Question.objects.filter(ends_at__lt=began_before)
    return over.none() if stage is Stage.PERSONAL else over


def erase_questions(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Destroy questions with their answers."""
    forget_subjects(subjects=[f"urn:bolwerk:circle:question:{key}" for key in keys])
    Question.objects.filter(pk__in=keys).delete()


QUESTION_RETENTION = Kind(
    code="circle.question",
    name=_("Questions and offers of a circle"),
    begins=_("the day on which the question was solved or over"),
    goes=_("The question goes with all answers."),
    default=Rule(code="19.1", personal=Period(years=2), record=Period(years=2), source=SOURCE, verified=False),
    began_field="ends_at",
    waiting=questions_waiting,
    present=present_in(model=Question),
    erase=erase_questions,
)
