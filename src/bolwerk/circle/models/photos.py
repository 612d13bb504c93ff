"""Photos of a session and who is on them; and what people prepare for it."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.models.circles import Participant
from bolwerk.circle.models.sessions import Session
from bolwerk.circle.rules.sessions import WORDS_LIMIT, Consent
from bolwerk.vault.fields import ProtectedTextField, classes


class Photo(models.Model):
    """A photo of a session; the picture itself is a document that belongs to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="photos")
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id session at", personal="by")

    class Meta:
        ordering = ("at",)

    @property
    def urn(self) -> str:
        """The name by which its document and the trail refer to it."""
        return f"urn:bolwerk:circle:photo:{self.pk}"


class Recognised(models.Model):
    """Somebody who can be recognised on a photo, and whether that person lets the whole circle see it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="recognised")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    consent = models.CharField(max_length=10, choices=Consent, default=Consent.ASKED)

    protection = classes(internal="id photo consent", personal="participant")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["photo", "participant"], name="once_on_a_photo"),
        ]


class Preparation(models.Model):
    """What to read or do before a session: for everybody in the circle, or for one participant. Files belong to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="preparations")
    to = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="+")  # empty: everybody
    words = ProtectedTextField(_("what to prepare"), max_length=WORDS_LIMIT)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id session at", personal="to words by")

    class Meta:
        ordering = ("at",)

    @property
    def urn(self) -> str:
        """The name by which its documents and the trail refer to it."""
        return f"urn:bolwerk:circle:preparation:{self.pk}"
