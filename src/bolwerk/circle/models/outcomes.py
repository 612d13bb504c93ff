"""What came of a card over all municipalities that told it, as it was shown. Made once a quarter, never changed."""

import uuid
from typing import ClassVar

from django.db import models

from bolwerk.circle.models.cards import Card
from bolwerk.vault.fields import classes


class OutcomeRelease(models.Model):
    """The figures of one card up to the end of a quarter; `memory` is what the gate needs for the next."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(Card, models.CASCADE, related_name="outcomes")
    before = models.CharField(max_length=6)  # the first quarter that is not in it
    cells = models.JSONField()
    memory = models.JSONField()
    made_at = models.DateTimeField()

    protection = classes(internal="id card before cells memory made_at")

    class Meta:
        ordering = ("-before",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["card", "before"], name="outcomes_once_a_quarter"),
        ]
