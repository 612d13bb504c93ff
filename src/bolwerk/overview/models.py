"""What the bridge keeps itself: what somebody states where Bolwerk cannot count."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.crypto.classes import classes
from bolwerk.overview.safety.rules.measures import PROOF_LIMIT, SAID_LIMIT, EmployerMeasure


class Statement(models.Model):
    """How a measure of the employer stands, as the programme lead states it. Rows are only ever added; the last counts.

    It is about the organisation, never about a person, and says so on the form; so it is kept as long as the house is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.CharField(max_length=12, choices=EmployerMeasure)
    said = models.TextField(_("how it stands"), max_length=SAID_LIMIT)
    as_of = models.DateField(_("on this day"))
    proof = models.CharField(_("where the proof lies"), max_length=PROOF_LIMIT)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id measure said as_of proof at", personal="by")

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("-at", "-pk")

    @property
    def urn(self) -> str:
        """The name by which the trail refers to the measure."""
        return f"urn:bolwerk:overview:measure:{self.measure}"
