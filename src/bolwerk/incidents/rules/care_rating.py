"""How whoever got care rates it: three questions, kept as counts of which none points at a person. Pure."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.rules.care import CareState

AT_THE_END = frozenset({CareState.DONE, CareState.DECLINED})


class Question(models.TextChoices):
    """What is asked; the words stand in `content/care_rating.*.yaml`."""

    ON_TIME = "on_time"
    HEARD = "heard"
    HELPED = "helped"


class Rating(models.TextChoices):
    """An answer."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class RatedAlreadyError(Exception):
    """The care was rated by this person before, or it is not over yet."""


def may_rate(state: CareState, *, rated: bool) -> bool:
    """Whether somebody can rate the own care: once, and when it is over."""
    return state in AT_THE_END and not rated
