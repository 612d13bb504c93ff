"""What came of advice: used or not, and what it did. Pure (ADR 34)."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.rules.adoptions import Outcome

SAID_LIMIT = 600


class Used(models.TextChoices):
    """What was done with an advice."""

    YES = "used", _("used")
    PARTLY = "partly", _("partly used")
    NO = "not", _("not used")


@dataclass(frozen=True)
class Said:
    """What the submitter says of an advice."""

    used: Used
    why: str = ""


@dataclass(frozen=True)
class Effect:
    """What came of a case, about three months later."""

    outcome: Outcome
    words: str = ""
