"""The library: cards, their versions, and who can be called about them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.models.circles import Circle, Municipality, Participant
from bolwerk.circle.rules.cards import DRAFT, CardContent, read_card
from bolwerk.vault.fields import ProtectedTextField, classes

CALL_LIMIT = 300


class Origin(models.TextChoices):
    """Where a card came from."""

    OWN = "own", _("Written here")
    SHIPPED = "shipped", _("Starting library")
    BUNDLE = "bundle", _("From another installation")


class Card(models.Model):
    """An intervention: its code stays the same on every installation, its words stand in versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="cards")
    made_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    current = models.PositiveIntegerField(default=DRAFT)  # the number of the version that is read
    withdrawn_at = models.DateTimeField(null=True)

    protection = classes(internal="id code origin municipality made_at current withdrawn_at", personal="made_by")

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @property
    def urn(self) -> str:
        """The name by which files and the trail refer to this card."""
        return f"urn:bolwerk:circle:card:{self.pk}"


class CardVersion(models.Model):
    """One version of a card. Once published nothing in it changes any more, and it stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(Card, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()  # CardContent as plain values
    by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)  # two people who write at once: the second is told

    protection = classes(internal="id card number content at published_at version", personal="by")

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["card", "number"], name="one_card_version_a_number"),
            models.UniqueConstraint(fields=["card"], condition=Q(published_at=None), name="one_draft_a_card"),
        ]

    @property
    def card_content(self) -> CardContent:
        """What it says."""
        return read_card(self.content)


class Caller(models.Model):
    """Somebody who may be called about a card by the others of one circle: said by that person, until taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(Card, models.CASCADE, related_name="callers")
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    words = ProtectedTextField(_("how and when"), max_length=CALL_LIMIT)
    since = models.DateTimeField()

    protection = classes(internal="id card circle", personal="participant words since")

    class Meta:
        ordering = ("since",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["card", "participant"], name="one_caller_a_card_and_participant"),
        ]


class LibraryStamp(models.Model):
    """Changes with every change of what can be found, so that each process knows when its memory is old. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    stamp = models.UUIDField(default=uuid.uuid4)

    protection = classes(open="id stamp")
