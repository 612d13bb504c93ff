"""Figures of several municipalities together, as they were shown. Made once, never changed."""

import uuid
from typing import ClassVar

from django.db import models

from bolwerk.circle.models.circles import Circle
from bolwerk.vault.fields import classes


class PooledRelease(models.Model):
    """The pooled figures of a circle and a year: once, so that no later one differs from it by who joined or left.

    `cells` has a figure for each kind, null where it is hidden; `panel` the ids of the municipalities in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    panel = models.JSONField()
    cells = models.JSONField()
    employees = models.PositiveIntegerField(null=True)
    off_by = models.PositiveIntegerField()  # how far rounding may have moved a figure
    made_at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    protection = classes(internal="id circle year panel cells employees off_by made_at", personal="by")

    class Meta:
        ordering = ("-year",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["circle", "year"], name="pooled_once_a_year"),
        ]

    @property
    def urn(self) -> str:
        """The name by which the trail refers to it."""
        return f"urn:bolwerk:circle:pooled:{self.pk}"
