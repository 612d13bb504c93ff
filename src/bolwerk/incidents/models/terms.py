"""The terms that a municipality set itself."""

from django.db import models

from bolwerk.incidents.rules import Duty
from bolwerk.vault.fields import classes


class DutyTerm(models.Model):
    """The municipality's own term for a duty; absent means the default of `rules.DEFAULT_TERMS`."""

    duty = models.CharField(max_length=20, choices=Duty, unique=True)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20)
    source = models.CharField(max_length=200)

    protection = classes(open="id duty amount unit source")
