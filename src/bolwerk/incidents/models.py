"""Incidents and everything that is written down about them. Rows of history are only ever added."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.rules import NEVER, WORDS_LIMIT, Channel, Duty, Kind, Outcome, Safety, Status
from bolwerk.vault.fields import ProtectedTextField, classes


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Questions about incidents."""

    def with_people(self) -> "IncidentQuerySet":
        """Fetch in the same query whom and what a row shows."""
        return self.select_related("reporter", "happened_to", "department", "assigned_to")

    def with_handler(self) -> "IncidentQuerySet":
        """Fetch what the row of a worklist shows, and nothing of what was told or who told it.

        Neither join drops a row, so that the database reads no more than one page in the order of an index.
        """
        return self.select_related("department", "assigned_to").defer("place", "words", "assigned_to__password")


class Incident(models.Model):
    """Something that happened to a colleague at work."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # To name the incident on the phone. It opens nothing: addresses carry the id, and rows decide.
    reference = models.CharField(_("number"), max_length=9, unique=True, editable=False)
    # Made by the form: sending it twice is one report.
    submission_key = models.UUIDField(editable=False)

    reporter = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    happened_to = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    # Of the person it happened to, at that time: who moves takes no report along.
    department = models.ForeignKey("accounts.Department", models.PROTECT, null=True, related_name="+")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    channel = models.CharField(_("where or how"), max_length=20, choices=Channel)
    place = ProtectedTextField(_("place"), max_length=200, blank=True)
    occurred_at = models.DateTimeField(_("moment"))
    occurred_uncertain = models.BooleanField(_("moment is uncertain"), default=False)
    safety = models.CharField(_("safe at the time of reporting"), max_length=10, choices=Safety)
    words = ProtectedTextField(_("in own words"), blank=True, max_length=WORDS_LIMIT)

    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.NEW)
    assigned_to = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField(_("reported"))
    closed_at = models.DateTimeField(
        null=True, editable=False
    )  # from then on its retention runs; None while it is open
    erased_at = models.DateTimeField(null=True, editable=False)  # since then it holds no people and no words
    # The first moment at which something is due, or NEVER. The clocks themselves are in `deadlines`; lists sort on this
    # copy, and a moment that is always there sorts the same way, by index, on every database.
    next_due_at = models.DateTimeField(default=NEVER)
    # Counts the changes by handlers, so that two of them cannot overwrite each other unseen.
    version = models.PositiveIntegerField(default=1)

    protection = classes(
        internal="id reference submission_key department kind channel occurred_uncertain status closed_at erased_at "
        "next_due_at version",
        personal="reporter place occurred_at safety assigned_to reported_at",
        special="happened_to words",
    )

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ("-reported_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reporter", "submission_key"], name="incident_sent_once"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="incident_status_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["status", "next_due_at"]),
            models.Index(fields=["department", "reported_at"]),
            models.Index(fields=["reported_at"]),
            models.Index(fields=["closed_at"]),
            models.Index(fields=["next_due_at", "-reported_at"]),
            models.Index(fields=["department", "next_due_at", "-reported_at"]),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def urn(self) -> str:
        """The name by which other apps refer to this incident."""
        return f"urn:bolwerk:incidents:incident:{self.pk}"

    @property
    def due_at(self) -> datetime | None:
        """The first moment at which something is due; None when nothing is."""
        return None if self.next_due_at == NEVER else self.next_due_at

    @property
    def for_colleague(self) -> bool:
        """Whether somebody else reported it than the person it happened to."""
        return self.reporter_id != self.happened_to_id


class History(models.Model):
    """A row about an incident: who wrote it and when. Never changed, never removed by hand."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="%(class)s_rows")
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id incident", personal="by at")

    class Meta:
        abstract = True
        ordering = ("at", "pk")


class StatusChange(History):
    """A step from one status to another."""

    from_status = models.CharField(max_length=20, choices=Status)
    to_status = models.CharField(max_length=20, choices=Status)
    reason = ProtectedTextField(max_length=400, blank=True)

    protection = History.protection | classes(internal="from_status to_status", personal="reason")


class Assignment(History):
    """Who was asked to handle it."""

    to = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    protection = History.protection | classes(personal="to")


class CareMoment(History):
    """That somebody was spoken to, when and by whom. What was said is nowhere in Bolwerk."""

    duty = models.CharField(max_length=20, choices=Duty)
    held_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome)

    protection = History.protection | classes(internal="duty", personal="held_on outcome")

    class Meta(History.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "duty"], name="care_moment_once"),
        ]


class Feedback(History):
    """What the reporter was told about what was done."""

    text = ProtectedTextField(max_length=WORDS_LIMIT)

    protection = History.protection | classes(special="text")


class Addition(History):
    """What the reporter, or the person it happened to, remembered later."""

    text = ProtectedTextField(max_length=WORDS_LIMIT)

    protection = History.protection | classes(special="text")


class DutyTerm(models.Model):
    """The municipality's own term for a duty; absent means the default of `rules.DEFAULT_TERMS`."""

    duty = models.CharField(max_length=20, choices=Duty, unique=True)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20)
    source = models.CharField(max_length=200)

    protection = classes(open="id duty amount unit source")


class FiguresRelease(models.Model):
    """Figures that may leave the house: what the gate let through of the closed quarters of a year. Never changed.

    `cells` are [department, kind, quarter, figure]; the figure is null where it is hidden. No count that was not
    published stands here. `memory` is what the gate needs to keep later releases from opening this one.
    """

    year = models.PositiveSmallIntegerField()
    last_quarter = models.PositiveSmallIntegerField()
    smallest_group = models.PositiveSmallIntegerField()
    rounding_base = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    cells = models.JSONField()
    memory = models.JSONField()

    protection = classes(open="id year last_quarter smallest_group rounding_base made_at cells memory")

    class Meta:
        ordering = ("-year", "-last_quarter")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["year", "last_quarter"], name="figures_released_once"),
        ]
