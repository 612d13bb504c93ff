"""Figures that passed the gate."""

from typing import ClassVar

from django.db import models

from bolwerk.incidents.rules import Breakdown
from bolwerk.vault.fields import classes


class FiguresRelease(models.Model):
    """Figures that may leave the house: what the gate let through of the closed quarters of a year. Never changed.

    `cells` are [department, code, period, figure] and, of clocks, the share in time; null where it is hidden. The code
    is of the breakdown. No count that was not published stands here. `memory` is what the gate needs to keep later
    releases from opening this one.
    """

    breakdown = models.CharField(max_length=10, choices=Breakdown, default=Breakdown.KIND)
    year = models.PositiveSmallIntegerField()
    last_quarter = models.PositiveSmallIntegerField()
    smallest_group = models.PositiveSmallIntegerField()
    rounding_base = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    cells = models.JSONField()
    memory = models.JSONField()

    protection = classes(open="id breakdown year last_quarter smallest_group rounding_base made_at cells memory")

    class Meta:
        ordering = ("-year", "-last_quarter")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["breakdown", "year", "last_quarter"], name="figures_released_once"),
        ]
