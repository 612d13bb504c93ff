"""Figures that passed the gate."""

from typing import ClassVar

from django.db import models

from bolwerk.vault.fields import classes


class FiguresRelease(models.Model):
    """Figures that may leave the house: what the gate let through of the closed quarters of a year. Never changed.

    `cells` are [department, kind, quarter, figure]; the figure is null where it is hidden. No count that was not
    published stands here. `memory` is what the gate needs to keep later releases from opening this one.
    """

    year = models.PositiveSmallIntegerField()
    last_quarter = models.PositiveSmallIntegerField()
    smallest_group = models.PositiveSmallIntegerField()
    rounding_base = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    cells = models.JSONField()
    memory = models.JSONField()

    protection = classes(open="id year last_quarter smallest_group rounding_base made_at cells memory")

    class Meta:
        ordering = ("-year", "-last_quarter")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["year", "last_quarter"], name="figures_released_once"),
        ]
