"""The store of persons that reports are about. Criminal data can lie here (AVG article 10): readers of its own."""

import uuid
from typing import ClassVar

from django.db import models

from bolwerk.incidents.models.incident import Incident
from bolwerk.vault.fields import ProtectedTextField, classes

NAME_LIMIT, ADDRESS_LIMIT, TRAITS_LIMIT, WHY_LIMIT = 120, 300, 1000, 400


class Perpetrator(models.Model):
    """Somebody that reports are about: known by name, a colleague, or only described."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=9, unique=True)  # to name somebody without naming them
    name = ProtectedTextField(max_length=NAME_LIMIT, blank=True)
    address = ProtectedTextField(max_length=ADDRESS_LIMIT, blank=True)
    traits = ProtectedTextField(max_length=TRAITS_LIMIT, blank=True)  # of whom no name is known
    employee = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    # Merging keeps both rows: reading follows this link, and taking it away undoes it.
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")
    objection = ProtectedTextField(max_length=WHY_LIMIT, blank=True)  # against being kept here (AVG article 21)
    created_at = models.DateTimeField()

    protection = classes(internal="id number merged_into created_at", special="name address traits employee objection")

    @property
    def urn(self) -> str:
        """The name by which the logs refer to this person: an id, never a name."""
        return f"urn:bolwerk:incidents:perpetrator:{self.pk}"


class PersonToken(models.Model):
    """A keyed hash of one word by which a person is found, so that a search opens nobody who is not alike."""

    perpetrator = models.ForeignKey(Perpetrator, models.CASCADE, related_name="tokens")
    token = models.CharField(max_length=16)
    index_key = models.CharField(max_length=8)  # the key of the ring that it was made with

    protection = classes(internal="id perpetrator token index_key")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["token"]), models.Index(fields=["index_key"])]


class PerpetratorLink(models.Model):
    """That an incident is about this person."""

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="perpetrator_link", primary_key=True)
    perpetrator = models.ForeignKey(Perpetrator, models.PROTECT, related_name="links")
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="incident", personal="by at", special="perpetrator")


class PerpetratorChange(models.Model):
    """What was changed about a person: which field, what it said before, by whom and why. Rows are only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    perpetrator = models.ForeignKey(Perpetrator, models.CASCADE, related_name="changes")
    field = models.CharField(max_length=20)
    before = ProtectedTextField(max_length=TRAITS_LIMIT, blank=True)
    why = ProtectedTextField(max_length=WHY_LIMIT)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id perpetrator field", personal="by at", special="before why")

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("-at",)
