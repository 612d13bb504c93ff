"""Studies about areas: what is worked out, and of what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

REPORTS = "reports"
"""What a look ahead is about where it is not a rule: the register of reports."""

MONTHS = 36  # how far a study looks back


class StudyKind(models.TextChoices):
    """What was worked out."""

    AHEAD = "ahead", _("A look ahead by area")
    BIAS = "bias", _("How the rules fall over kinds of neighbourhoods")
