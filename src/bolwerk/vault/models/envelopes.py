"""An envelope: sheets that a few people can read. Each envelope has a key pair of its own, sealed to every reader."""

import uuid
from typing import ClassVar

from django.db import models

from bolwerk.vault.fields import classes
from bolwerk.vault.models.keys import PersonalKey
from bolwerk.vault.rules.ring import Place


class Envelope(models.Model):
    """Anybody can add a sheet with the public half. The private half is nowhere but sealed, once for each reader.

    `generation` counts how often the pair was made anew: taking a reader away does that.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    public = models.BinaryField()
    generation = models.PositiveIntegerField(default=1)
    sealed_at = models.DateTimeField()

    protection = classes(open="public", internal="id generation sealed_at")

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this envelope."""
        return f"urn:bolwerk:vault:envelope:{self.pk}"


class Reader(models.Model):
    """Somebody who can open an envelope: its private half, sealed to this person's vault."""

    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="readers")
    key = models.ForeignKey(PersonalKey, models.PROTECT, related_name="reads")
    box = models.BinaryField()
    since = models.DateTimeField()

    protection = classes(internal="id envelope", personal="key since", sealed="box")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["envelope", "key"], name="vault_reader_once"),
        ]

    @property
    def place(self) -> Place:
        """Where the box lies: it opens for this reader of this envelope only."""
        return Place("vault_reader", "box", f"{self.envelope_id}:{self.key_id}")


class Sheet(models.Model):
    """One piece of content of an envelope, padded and sealed to its public half."""

    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="sheets")
    name = models.CharField(max_length=60)  # a code of the room, such as "report": never content
    content = models.BinaryField()

    protection = classes(internal="id envelope name", sealed="content")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["envelope", "name"], name="vault_sheet_once"),
        ]

    @property
    def place(self) -> Place:
        """Where the content lies: it opens as this sheet of this envelope only."""
        return Place("vault_sheet", "content", f"{self.envelope_id}:{self.name}")
