"""Questions and offers of a circle, and what others answered. They exist for that circle only."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.models.cards import Card
from bolwerk.circle.models.circles import Circle, Municipality
from bolwerk.circle.rules.questions import ANSWER_LIMIT, ASK_LIMIT, MORE_LIMIT, QuestionKind
from bolwerk.vault.fields import ProtectedTextField, classes


class Question(models.Model):
    """A short question, or an offer of help: to the whole circle, or to one municipality in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=10, choices=QuestionKind, default=QuestionKind.ASK)
    to = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    card = models.ForeignKey(Card, models.SET_NULL, null=True, related_name="+")  # what it is about, if a card
    words = ProtectedTextField(_("in one sentence"), max_length=ASK_LIMIT)
    more = ProtectedTextField(_("more about it"), max_length=MORE_LIMIT, blank=True)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ends_at = models.DateTimeField()  # when it is over: its last day, or the moment on which it was solved
    solved = models.BooleanField(default=False)

    protection = classes(internal="id circle kind to card at ends_at solved", personal="words more by")

    class Meta:
        ordering = ("-at",)

    @property
    def urn(self) -> str:
        """The name by which tasks and the trail refer to it."""
        return f"urn:bolwerk:circle:question:{self.pk}"


class Answer(models.Model):
    """What somebody of the circle answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    words = ProtectedTextField(_("answer"), max_length=ANSWER_LIMIT)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id question", personal="words by at")

    class Meta:
        ordering = ("at",)
