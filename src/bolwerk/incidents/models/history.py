"""What is written down about an incident, in the order in which it happened. Rows are only ever added."""

import uuid
from typing import ClassVar

from django.db import models

from bolwerk.incidents.models.care import Concerned
from bolwerk.incidents.models.incident import Incident
from bolwerk.incidents.rules import WORDS_LIMIT, Duty, Outcome, Status
from bolwerk.incidents.rules.care import WISH_LIMIT
from bolwerk.vault.fields import ProtectedJSONField, ProtectedTextField, classes


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
    """That somebody was spoken to, when, by whom, what they need and what was agreed. Never what was said."""

    concerned = models.ForeignKey(Concerned, models.CASCADE, related_name="moments")
    duty = models.CharField(max_length=20, choices=Duty)
    held_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    need = ProtectedTextField(max_length=WISH_LIMIT, blank=True)
    agreed = ProtectedTextField(max_length=WISH_LIMIT, blank=True)
    reason = ProtectedTextField(max_length=WISH_LIMIT, blank=True)  # why it was declined

    protection = History.protection | classes(
        internal="duty concerned", personal="held_on outcome", special="need agreed reason"
    )

    class Meta(History.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["concerned", "duty"], name="care_moment_once"),
        ]


class Feedback(History):
    """What the reporter was told about what was done."""

    text = ProtectedTextField(max_length=WORDS_LIMIT)

    protection = History.protection | classes(special="text")


class Correction(History):
    """What a report said before its reporter set it right."""

    before = ProtectedJSONField[dict[str, str]]()  # name of a field → what stood there: codes, words, or a moment

    protection = History.protection | classes(special="before")


class Addition(History):
    """What the reporter, or the person it happened to, remembered later."""

    text = ProtectedTextField(max_length=WORDS_LIMIT)

    protection = History.protection | classes(special="text")
