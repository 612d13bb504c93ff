"""Cases: what an author writes and only the author reads, and what passed the check and the circle reads (ADR 34)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.models.circles import Circle, Member, Participant
from bolwerk.circle.models.sessions import Session
from bolwerk.circle.rules.cases import (
    METHOD_LIMIT,
    OWN_WORD_LIMIT,
    QUESTION_LIMIT,
    REASON_LIMIT,
    SITUATION_LIMIT,
    TITLE_LIMIT,
    CaseState,
)
from bolwerk.circle.rules.circles import Level
from bolwerk.vault.fields import ProtectedJSONField, ProtectedTextField, classes


class Case(models.Model):
    """A case as the circle reads it: words that passed the check. There is no field for what stood there before."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="cases")
    member = models.ForeignKey(Member, models.CASCADE, related_name="cases")
    author = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    title = ProtectedTextField(_("title"), max_length=TITLE_LIMIT)
    situation = ProtectedTextField(_("situation"), max_length=SITUATION_LIMIT)
    question = ProtectedTextField(_("what do you want to learn?"), max_length=QUESTION_LIMIT)
    method = models.SlugField(_("method"), max_length=METHOD_LIMIT, blank=True)  # empty: the circle chooses
    level = models.CharField(_("how far it may travel"), max_length=10, choices=Level, default=Level.ORANGE)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.SHARED)
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="cases")
    shared_at = models.DateTimeField()
    moved_at = models.DateTimeField()  # the last step of any kind: from here its period of keeping runs
    brought = models.UUIDField(null=True, blank=True)  # the item of the bundle, when it was written at home
    brought_sequence = models.PositiveIntegerField(default=0)
    withdrawn_because = ProtectedTextField(_("why it was taken back"), max_length=REASON_LIMIT, blank=True)
    version = models.PositiveIntegerField(default=1)

    protection = classes(
        internal="id circle member method level state session shared_at moved_at brought brought_sequence version",
        personal="author title situation question withdrawn_because",
    )

    class Meta:
        ordering = ("-shared_at",)

    def __str__(self) -> str:
        return self.title

    @property
    def urn(self) -> str:
        """The name by which tasks and the trail refer to this case."""
        return f"urn:bolwerk:circle:case:{self.pk}"


class CaseDraft(models.Model):
    """What somebody writes before it is checked: for the author alone. Destroyed when it is shared.

    It is for a circle here, or written at home for a circle elsewhere: then there is `at_home` in place of an author.
    `case` is the shared case of which this is a change. `answers` says of each hit what is done with it, by its words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.CASCADE, null=True, blank=True, related_name="+")
    author = models.ForeignKey(Participant, models.CASCADE, null=True, blank=True, related_name="+")
    at_home = models.ForeignKey("accounts.Person", models.CASCADE, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    title = ProtectedTextField(_("title"), max_length=TITLE_LIMIT, blank=True)
    situation = ProtectedTextField(_("situation"), max_length=SITUATION_LIMIT, blank=True)
    question = ProtectedTextField(_("what do you want to learn?"), max_length=QUESTION_LIMIT, blank=True)
    method = models.SlugField(_("method"), max_length=METHOD_LIMIT, blank=True)
    level = models.CharField(_("how far it may travel"), max_length=10, choices=Level, default=Level.ORANGE)
    answers = ProtectedJSONField[dict[str, dict[str, str]]](default=dict)
    brought = models.UUIDField(null=True, blank=True)
    brought_sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)  # the same author in two windows: the second is told

    protection = classes(
        internal="id circle case method level brought brought_sequence changed_at version",
        personal="author at_home",
        special="title situation question answers",
    )

    class Meta:
        ordering = ("-changed_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case"], condition=Q(case__isnull=False), name="one_change_a_case"),
            models.CheckConstraint(
                condition=Q(circle__isnull=False, author__isnull=False, at_home__isnull=True)
                | Q(circle__isnull=True, author__isnull=True, at_home__isnull=False),
                name="draft_for_a_circle_or_at_home",
            ),
        ]

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this draft."""
        return f"urn:bolwerk:circle:case_draft:{self.pk}"

    @property
    def form_name(self) -> str:
        """Under what the shell keeps what is typed, until it is sent."""
        return f"circle-case-{self.pk}"


class OwnWord(models.Model):
    """A word that the check of one municipality always finds: an alderman, a street, a nickname everybody knows.

    Without a member it is of the house itself, for cases that are written at home.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="own_words")
    words = ProtectedTextField(_("word or name"), max_length=OWN_WORD_LIMIT)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id member at", personal="words by")

    class Meta:
        ordering = ("at",)
