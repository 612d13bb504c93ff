"""How long cases, drafts of cases and own lists are kept, and how they go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.models import Case, CaseDraft, OwnWord
from bolwerk.deadlines.actions import forget_subjects
from bolwerk.vault.actions import kept_whole, present_in
from bolwerk.vault.fields import protected_field
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage


def cases_waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Case]:
    """Cases with which nothing was done since a moment."""
    still = Case.objects.filter(moved_at__lt=began_before)
    return still.exclude(author=None) if stage is Stage.PERSONAL else still


def erase_cases(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Take out who brought them, or destroy cases with everything that was written about them."""
    forget_subjects(subjects=[f"urn:bolwerk:circle:case:{key}" for key in keys])
    CaseDraft.objects.filter(case__in=keys).delete()
    if stage is Stage.RECORD:
        Case.objects.filter(pk__in=keys).delete()
        return
    protected_field(Case, "withdrawn_because").store(dict.fromkeys(present_in(model=Case)(keys=keys), ""))
    Case.objects.filter(pk__in=keys).update(author=None)


CASE_RETENTION = Kind(
    code="circle.case",
    name=_("Cases of a circle"),
    begins=_("the day on which something was done with the case for the last time"),
    goes=_("Who brought it goes first; then the case with its advice and what came of it."),
    default=Rule(
        code="19.1",
        personal=Period(years=1),
        record=Period(years=3),
        source=_("Choice of Bolwerk: a year to look back on the advice, and as long as a circle and the one after it."),
        verified=False,
    ),
    began_field="moved_at",
    waiting=cases_waiting,
    present=present_in(model=Case),
    erase=erase_cases,
)


CASE_DRAFT_RETENTION = Kind(
    code="circle.case_draft",
    name=_("Drafts of cases"),
    begins=_("the day on which the author last wrote in it"),
    goes=_("The draft goes whole. A draft that is shared is destroyed at once."),
    default=Rule(
        code="19.1",
        personal=None,
        record=Period(days=60),
        source=_("Choice of Bolwerk: two months, about the time between two sessions. It holds words nobody checked."),
        verified=False,
    ),
    **kept_whole(model=CaseDraft, began_field="changed_at"),
)
OWN_WORD_RETENTION = Kind(
    code="circle.own_word",
    name=_("Own lists for the check of cases"),
    begins=_("the day on which the word was written down"),
    goes=_("The word goes from the list. It goes earlier when its circle does."),
    default=Rule(
        code="19.1",
        personal=None,
        record=Period(years=4),
        source=_("Choice of Bolwerk: as long as a council sits; then the aldermen have changed."),
        verified=False,
    ),
    **kept_whole(model=OwnWord, began_field="at"),
)
