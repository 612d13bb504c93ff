"""Sealed notes: the smallest thing that lives in an envelope."""

import uuid

from django.db import models

from bolwerk.vault.fields import classes
from bolwerk.vault.models.envelopes import Envelope


class Note(models.Model):
    """A note for a few people. Subject and text are in its envelope; here is only who wrote it and when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="note")
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    protection = classes(internal="id envelope", personal="author written_at")

    class Meta:
        ordering = ("-written_at",)

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this note."""
        return f"urn:bolwerk:vault:note:{self.pk}"
