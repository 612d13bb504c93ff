"""Sources (registers and rules), the assessments they rest on, and who switched them."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.hub.rules.assessments import Outcome, Standing, standing_of
from bolwerk.vault.fields import classes


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Questions about assessments."""

    def with_outcome(self) -> "AssessmentQuerySet":
        """Fetch in the same query who wrote each one and the last thing that was said about it."""
        last = Decision.objects.filter(assessment=models.OuterRef("pk")).order_by("-number")
        return self.select_related("written_by").annotate(last_outcome=models.Subquery(last.values("outcome")[:1]))


class Assessment(models.Model):
    """That a data protection impact assessment was done for one source. A change is a new version, never an edit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=10)  # code of a register or a rule
    version = models.PositiveIntegerField()
    purpose = models.TextField(_("purpose"))
    legal_basis = models.TextField(_("legal basis"))
    processing_activity = models.CharField(_("processing activity"), max_length=200)
    reference = models.CharField(_("where the document lies"), max_length=200)
    decided_by = models.CharField(_("decided by"), max_length=200)
    decided_on = models.DateField(_("decided on"))
    valid_until = models.DateField(_("valid until"))
    written_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    protection = classes(
        internal="id source version purpose legal_basis processing_activity reference decided_by decided_on "
        "valid_until",
        personal="written_by written_at",
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ("source", "-version")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "version"], name="assessment_version_once"),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("decided_on")), name="assessment_valid_after_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.version}"

    @property
    def urn(self) -> str:
        """The name by which other apps refer to this assessment."""
        return f"urn:bolwerk:hub:assessment:{self.pk}"

    def standing(self, *, on: date) -> Standing:
        """What it is worth on a day. Needs `with_outcome`."""
        last: str | None = self.last_outcome  # type: ignore[attr-defined]  # annotated
        return standing_of(Outcome(last) if last else None, valid_until=self.valid_until, on=on)


class Decision(models.Model):
    """What the privacy officer said about an assessment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()  # the last one counts, also of two at the same moment
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id assessment number outcome reason", personal="by at")

    class Meta:
        ordering = ("assessment", "number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assessment", "number"], name="decision_number_once"),
        ]


class Source(models.Model):
    """A register or a rule that was switched at least once. It is in use while `is_on` and what it rests on holds."""

    code = models.CharField(primary_key=True, max_length=10)
    is_on = models.BooleanField(default=False)
    rests_on = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    protection = classes(internal="code is_on rests_on version")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(is_on=False) | models.Q(rests_on__isnull=False), name="source_on_needs_assessment"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this source."""
        return f"urn:bolwerk:hub:source:{self.code}"


class SwitchChange(models.Model):
    """That a source was switched on or off, by whom and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="changes")
    number = models.PositiveIntegerField()  # the version that the source got by it
    is_on = models.BooleanField()
    reason = models.CharField(max_length=400)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id source number is_on reason", personal="by at")

    class Meta:
        ordering = ("source", "number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "number"], name="switch_number_once"),
        ]
