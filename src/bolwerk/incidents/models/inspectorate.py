"""That an accident at work must be reported to the labour inspectorate, and that it was."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.models.incident import Incident
from bolwerk.incidents.rules.inspectorate import NUMBER_LIMIT, Harm
from bolwerk.vault.fields import ProtectedTextField, classes


class InspectorateCase(models.Model):
    """Somebody died, was admitted to a hospital, or may be injured for good; also when that shows later."""

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="inspectorate", primary_key=True)
    harm = models.CharField(_("harm"), max_length=20, choices=Harm)
    reported_on = models.DateField(_("reported on"), null=True)
    number = ProtectedTextField(_("number"), max_length=NUMBER_LIMIT, blank=True)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="incident", personal="by at", special="harm reported_on number")

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("at",)
