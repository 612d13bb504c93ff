"""When the labour inspectorate must hear of it at once (Arbowet article 9, paragraph 1). Pure."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

NUMBER_LIMIT = 60


class Harm(models.TextChoices):
    """What makes an accident at work one to report. Treatment without a stay in hospital does not."""

    DEATH = "death", _("Somebody died")
    ADMISSION = "admission", _("Admitted to a hospital")
    PERMANENT = "permanent", _("Injury that may be permanent, of the body or the mind")


class InspectorateEvent(models.TextChoices):
    """What happened with the duty to report."""

    DUE = "due", _("It must be reported")
    TOLD = "told", _("It was reported to the inspectorate")
    UNDONE = "undone", _("Taken back: it was written down by mistake")


class AlreadyReportedError(Exception):
    """It was reported to the inspectorate already."""


@dataclass(frozen=True)
class Notice:
    """That the inspectorate was told: the day, and the number it gave (empty while it gave none)."""

    reported_on: date
    number: str = ""
