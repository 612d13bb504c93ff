"""The care track: where it stands, and everybody who is concerned by an incident. It has readers of its own."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.models.incident import Incident
from bolwerk.incidents.rules import NEVER
from bolwerk.incidents.rules.care import NAME_LIMIT, WISH_LIMIT, Capacity, CareState
from bolwerk.vault.fields import ProtectedTextField, classes


class Care(models.Model):
    """The care around one incident."""

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="care", primary_key=True)
    next_due_at = models.DateTimeField(default=NEVER)  # a copy of the first clock, so that the list sorts by index
    ended_at = models.DateTimeField(null=True)  # from then on its retention runs; None while a clock runs
    erased_at = models.DateTimeField(null=True)

    protection = classes(internal="incident next_due_at ended_at erased_at")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["next_due_at"])]

    @property
    def urn(self) -> str:
        """The name by which clocks refer to this track: it ends with the id of the incident, as its address does."""
        return f"urn:bolwerk:incidents:care:{self.pk}"


class Concerned(models.Model):
    """Somebody who is concerned by an incident: a colleague, or somebody without an account, by name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="people_concerned")
    capacity = models.CharField(_("how concerned"), max_length=10, choices=Capacity)
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    name = ProtectedTextField(_("name"), max_length=NAME_LIMIT, blank=True)  # of whom has no account
    state = models.CharField(max_length=10, choices=CareState, default=CareState.RUNNING)
    reason = ProtectedTextField(max_length=WISH_LIMIT, blank=True)  # why no care is wanted
    rated = models.BooleanField(default=False)  # that this person rated the care; how, is kept nowhere
    added_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    protection = classes(
        internal="id incident version", personal="capacity added_by added_at rated", special="person name state reason"
    )

    class Meta:
        ordering = ("added_at", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "person"], name="concerned_once"),
        ]

    @property
    def called(self) -> str:
        """Who this is, as carers say it."""
        return self.person.name if self.person else self.name
