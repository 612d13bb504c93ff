"""What a case may be: how long, how far it may travel, its states. Pure: no database, no clock (ADR 34)."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.rules.circles import CircleError, Level

TITLE_WORDS = 15  # IMI (Buijssen): the incident in one sentence of at most fifteen words
TITLE_LIMIT, SITUATION_LIMIT, QUESTION_LIMIT = 200, 4_000, 600
REASON_LIMIT, OWN_WORD_LIMIT, MOST_OWN_WORDS = 500, 80, 500
METHOD_LIMIT = 40
CASE_LEVELS = [(level.value, level.label) for level in (Level.ORANGE, Level.RED)]  # a case is never green


class CaseState(models.TextChoices):
    """How far a case is."""

    SHARED = "shared", _("shared")
    PLANNED = "planned", _("planned")
    DONE = "done", _("worked on")
    WITHDRAWN = "withdrawn", _("taken back")


ALLOWED_STEPS: dict[CaseState, frozenset[CaseState]] = {
    CaseState.SHARED: frozenset({CaseState.PLANNED, CaseState.DONE, CaseState.WITHDRAWN}),
    CaseState.PLANNED: frozenset({CaseState.SHARED, CaseState.PLANNED, CaseState.DONE, CaseState.WITHDRAWN}),
    CaseState.DONE: frozenset({CaseState.PLANNED, CaseState.WITHDRAWN}),  # a group may come back to a case
    CaseState.WITHDRAWN: frozenset(),
}


def check_step(now: CaseState, to: CaseState) -> None:
    """Raises CircleError when a case cannot go from one state to another."""
    if to not in ALLOWED_STEPS[now]:
        raise CircleError(gettext("This case is %(state)s. That cannot be done any more.") % {"state": now.label})


def check_title(title: str) -> None:
    """Raises CircleError for a title that is empty or too long to hear at once."""
    count = len(title.split())
    if count == 0:
        raise CircleError(gettext("Give the case a title: what is it about, in one sentence?"), field="title")
    if count > TITLE_WORDS:
        words = {"most": TITLE_WORDS, "count": count}
        said = gettext("A title has at most %(most)s words; this one has %(count)s. Keep the heart of it.") % words
        raise CircleError(said, field="title")
