"""Cards that municipalities took over, with where they came from and what came of them; and what they wish for."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.models.cards import Card
from bolwerk.circle.models.circles import Municipality
from bolwerk.circle.rules.adoptions import WHY_LIMIT, WISH_LIMIT, WORDS_LIMIT, KnownBy, Outcome, State
from bolwerk.circle.rules.cards import TITLE_LIMIT, CardContent, read_card
from bolwerk.vault.fields import ProtectedTextField, classes


class Adoption(models.Model):
    """A card in use by a municipality: a copy, so that it stays what it was whatever becomes of the card."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(Card, models.PROTECT, related_name="adoptions")
    number = models.PositiveIntegerField()  # of the version that was copied
    source = models.CharField(max_length=TITLE_LIMIT)  # whose card it was
    content = models.JSONField()  # CardContent as plain values
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="adoptions")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    adapted = ProtectedTextField(_("changed how"), max_length=WORDS_LIMIT, blank=True)
    planned_on = models.DateField(_("planned on"), null=True)
    started_on = models.DateField(_("started on"), null=True)
    stopped_on = models.DateField(_("stopped on"), null=True)
    why_stopped = ProtectedTextField(_("why stopped"), max_length=WORDS_LIMIT, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    known_by = models.CharField(max_length=10, choices=KnownBy, blank=True)
    result = ProtectedTextField(_("what came of it"), max_length=WORDS_LIMIT, blank=True)
    told_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)  # when it was told or stopped last; while it runs untold there is none
    shared = models.BooleanField(default=False)  # others may see it
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)  # two people who change it at once: the second is told

    protection = classes(
        internal="id card number source content municipality state planned_on started_on stopped_on outcome known_by "
        "told_at over_at shared at version",
        personal="adapted why_stopped result by",
    )

    class Meta:
        ordering = ("-at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["card", "municipality"], name="one_adoption_a_card_and_municipality"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="adoption_state_known"),
        ]

    @property
    def urn(self) -> str:
        """The name by which tasks and the trail refer to it."""
        return f"urn:bolwerk:circle:adoption:{self.pk}"

    @property
    def card_content(self) -> CardContent:
        """The card as it was when it was taken over."""
        return read_card(self.content)


class Wish(models.Model):
    """Something that municipalities look for and that no card tells yet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    words = models.CharField(_("what is missing"), max_length=WISH_LIMIT)
    why = models.CharField(_("why"), max_length=WHY_LIMIT, blank=True)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    card = models.ForeignKey(Card, models.SET_NULL, null=True, related_name="wishes")  # the card that fulfils it
    closed_at = models.DateTimeField(null=True)

    protection = classes(internal="id words why at card closed_at", personal="by")

    class Meta:
        ordering = ("-at",)

    @property
    def urn(self) -> str:
        """The name by which the trail refers to it."""
        return f"urn:bolwerk:circle:wish:{self.pk}"


class WishVoice(models.Model):
    """Somebody who looks for the same."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wish = models.ForeignKey(Wish, models.CASCADE, related_name="voices")
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    protection = classes(internal="id wish", personal="by")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["wish", "by"], name="one_voice_a_wish"),
        ]
