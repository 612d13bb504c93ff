"""The table of incidents."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.models.codes import word_for
from bolwerk.incidents.rules import (
    NEVER,
    READ_BY,
    REPORTED_AS,
    WORDS_LIMIT,
    ByWhom,
    Channel,
    Kind,
    Receiver,
    Safety,
    Status,
)
from bolwerk.incidents.rules.codes import CodeList
from bolwerk.vault.fields import ProtectedTextField, classes


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Questions about incidents."""

    def with_people(self) -> "IncidentQuerySet":
        """Fetch in the same query whom and what a row shows."""
        people = ("reporter", "happened_to", "department", "assigned_to", "imported", "chosen_manager", "kept_from")
        links = ("perpetrator_link__perpetrator__merged_into", "kiosk_report__kiosk")
        return self.select_related(*people, *links)

    def with_concerned(self) -> "IncidentQuerySet":
        """Fetch what the list of one's own reports shows: whom it happened to, and nothing of what was told."""
        return self.select_related("happened_to").defer("place", "words", "happened_to__password")

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

    by_whom = models.CharField(_("how it was reported"), max_length=20, choices=ByWhom, default=ByWhom.SELF)
    # Whoever reports chooses who reads it; who is said to have done it never does (access.incidents).
    receiver = models.CharField(_("read by"), max_length=20, choices=Receiver, default=Receiver.MANAGER)
    chosen_manager = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    kept_from = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    channel = models.CharField(_("where or how"), max_length=20, choices=Channel)
    # The municipality's own codes, if the reporter chose one: they count as `kind` and `channel` (ADR 28).
    kind_own = models.CharField(max_length=40, blank=True)
    channel_own = models.CharField(max_length=40, blank=True)
    # How a handler sorted it: codes of the lists of forms (with spaces between them) and motives.
    forms = models.CharField(_("forms"), max_length=600, blank=True)
    motive = models.CharField(_("motive"), max_length=40, blank=True)
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
        "next_due_at version kind_own channel_own forms motive by_whom receiver",
        personal="reporter place occurred_at safety assigned_to reported_at chosen_manager",
        special="happened_to words kept_from",
    )

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ("-reported_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reporter", "submission_key"], name="incident_sent_once"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="incident_status_known"),
            models.CheckConstraint(condition=models.Q(receiver__in=Receiver.values), name="incident_receiver_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["status", "next_due_at"]),
            models.Index(fields=["department", "reported_at"]),
            models.Index(fields=["reported_at"]),
            models.Index(fields=["closed_at"]),
            models.Index(fields=["next_due_at", "-reported_at"]),
            # A manager's worklist, counted and sorted without opening a row that is not shown.
            models.Index(fields=["department", "receiver", "next_due_at", "-reported_at", "id"]),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def urn(self) -> str:
        """The name by which other apps refer to this incident."""
        return f"urn:bolwerk:incidents:incident:{self.pk}"

    def get_kind_display(self) -> str:  # type: ignore[no-redef, unused-ignore]  # ours instead of Django's
        """The kind in the municipality's words."""
        return word_for(CodeList.KINDS, self.kind, own=self.kind_own)

    def get_channel_display(self) -> str:  # type: ignore[no-redef, unused-ignore]  # ours instead of Django's
        """Where or how, in the municipality's words."""
        return word_for(CodeList.CHANNELS, self.channel, own=self.channel_own)

    @property
    def kind_code(self) -> str:
        """The code that was chosen: one of the municipality's own, else one of ours."""
        return self.kind_own or self.kind

    @property
    def channel_code(self) -> str:
        """As `kind_code`, of where or how."""
        return self.channel_own or self.channel

    @property
    def reported_as(self) -> str:
        """In which part somebody reported for another; empty for a colleague among colleagues."""
        return str(REPORTED_AS.get(ByWhom(self.by_whom), ""))

    @property
    def read_by(self) -> str:
        """Who reads it, said to whoever reads it."""
        return str(READ_BY[Receiver(self.receiver)])

    @property
    def form_words(self) -> list[str]:
        """The forms in words."""
        return [word_for(CodeList.FORMS, code) for code in self.forms.split()]

    @property
    def motive_words(self) -> str:
        """The motive in words; empty when nobody said."""
        return word_for(CodeList.MOTIVES, self.motive) if self.motive else ""

    @property
    def due_at(self) -> datetime | None:
        """The first moment at which something is due; None when nothing is."""
        return None if self.next_due_at == NEVER else self.next_due_at

    @property
    def for_colleague(self) -> bool:
        """Whether somebody else reported it than the person it happened to."""
        return self.reporter_id != self.happened_to_id
