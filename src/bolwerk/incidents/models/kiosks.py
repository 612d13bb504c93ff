"""Kiosks, and what was reported at them without an account."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.models.incident import Incident
from bolwerk.incidents.rules.kiosks import NAME_LIMIT, PLACE_LIMIT
from bolwerk.vault.fields import ProtectedTextField, classes


class Kiosk(models.Model):
    """A place where people report without an account: a poster with a code to scan, or a screen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    place = models.CharField(_("place"), max_length=PLACE_LIMIT)
    address = ProtectedTextField(max_length=60)  # the secret part, to print the poster again
    address_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    protection = classes(internal="id department place address_digest made_at revoked_at", personal="made_by address")

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("revoked_at", "place")

    def __str__(self) -> str:
        return self.place

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this kiosk."""
        return f"urn:bolwerk:incidents:kiosk:{self.pk}"


class KioskReport(models.Model):
    """What belongs to a report from a kiosk: where, the name if one was given, and the code that opens it."""

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="kiosk_report", primary_key=True)
    kiosk = models.ForeignKey(Kiosk, models.PROTECT, related_name="+")
    name = ProtectedTextField(_("name"), max_length=NAME_LIMIT, blank=True)
    code_digest = models.CharField(max_length=64, unique=True)  # of the code that was not used yet
    code_ends_at = models.DateTimeField()

    protection = classes(internal="incident kiosk code_digest code_ends_at", special="name")
