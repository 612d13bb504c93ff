"""How care was rated: counts that no person belongs to, and what passed the gate of them."""

from typing import ClassVar

from django.db import models

from bolwerk.incidents.rules.care_rating import Question, Rating
from bolwerk.vault.fields import classes


class CareTally(models.Model):
    """How often a question was answered in a way in a quarter. Of whom an answer is, is kept nowhere."""

    quarter = models.CharField(max_length=6)
    question = models.CharField(max_length=10, choices=Question)
    answer = models.CharField(max_length=10, choices=Rating)
    count = models.PositiveIntegerField(default=0)

    protection = classes(internal="id quarter question answer count")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["quarter", "question", "answer"], name="care_tally_once"),
        ]


class CareRatingRelease(models.Model):
    """What the gate let through of the closed quarters of a year. Never changed.

    `cells` are [question, answer, quarter, figure], null where it is hidden; `memory` is by question.
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
            models.UniqueConstraint(fields=["year", "last_quarter"], name="care_ratings_released_once"),
        ]
