"""The track of police and damage: what was reported to the police, or why not, and what became of it."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.models.incident import Incident
from bolwerk.incidents.rules.police import (
    ADDRESS_LIMIT,
    NUMBER_LIMIT,
    Filer,
    Outcome,
    Privacy,
    ReportKind,
    State,
    Vpt,
    ela_apply,
)
from bolwerk.vault.fields import ProtectedJSONField, ProtectedTextField, classes

REASON_LIMIT = 1000


class Police(models.Model):
    """The track of one incident. It has readers, a clock and a retention of its own."""

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="police", primary_key=True)
    no_report_because = ProtectedTextField(_("why nothing was reported"), max_length=REASON_LIMIT, blank=True)
    # Why the track may end while damage is open; nothing until somebody chose so, and again when damage is added.
    damage_left_because = ProtectedJSONField[str | None](null=True)  # text, or null in rows of before
    ended_at = models.DateTimeField(null=True)  # from then on its retention runs; None while something is open
    erased_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    protection = classes(
        internal="incident ended_at erased_at version", special="no_report_because damage_left_because"
    )

    @property
    def urn(self) -> str:
        """The name by which clocks and papers refer to this track: it ends with the id of the incident."""
        return f"urn:bolwerk:incidents:police:{self.pk}"


class PoliceReport(models.Model):
    """One notice or complaint to the police."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="police_reports")
    kind = models.CharField(_("kind"), max_length=20, choices=ReportKind)
    filer = models.CharField(_("by"), max_length=20, choices=Filer)
    reported_on = models.DateField(_("reported on"))
    privacy = models.CharField(_("privacy"), max_length=20, choices=Privacy)
    vpt = models.CharField(_("VPT code"), max_length=20, choices=Vpt, default=Vpt.NOT_ASKED)
    offences = ProtectedTextField(_("offences"), max_length=200, blank=True)  # codes of content/offences.*.yaml
    number = ProtectedTextField(_("number of the police report"), max_length=NUMBER_LIMIT, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.MADE)
    state_on = models.DateField(_("since"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    protection = classes(
        internal="id incident vpt version",
        personal="by at",
        special="kind filer reported_on privacy offences number state state_on outcome",
    )

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("-at", "pk")

    @property
    def ela(self) -> bool:
        """Whether the ELA apply."""
        return ela_apply(Vpt(self.vpt))

    @property
    def over(self) -> bool:
        """Whether nothing more is expected of it."""
        return self.state == State.OVER

    @property
    def codes(self) -> list[str]:
        """The codes of its offences."""
        return self.offences.split()


class PoliceSetting(models.Model):
    """What the municipality set for reports to the police: one row. Absent means the defaults of `rules.police`."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    address = models.TextField(max_length=ADDRESS_LIMIT, blank=True)  # of the organisation, never of a person
    contact = models.CharField(max_length=120, blank=True)  # a function or a desk, with a number
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20)
    source = models.CharField(max_length=200)

    protection = classes(open="id address contact amount unit source")
