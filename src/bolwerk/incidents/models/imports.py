"""What comes from an older register."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.models.incident import Incident
from bolwerk.incidents.rules import NUMBER_LIMIT, REGISTER_LIMIT
from bolwerk.vault.fields import ProtectedBytesField, classes


class RegisterFile(models.Model):
    """A file of an older register between choosing and reading in. It goes when it is used, or after a day.

    `columns` is the heading of each field, `codes` per coded field what each of its words means.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField(max_length=REGISTER_LIMIT)
    content = ProtectedBytesField()
    columns = models.JSONField(default=dict)
    codes = models.JSONField(default=dict)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id register columns codes at", personal="by", special="content")


class ImportedReport(models.Model):
    """From which register a report came, and its number there: the same row is never read in twice."""

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="imported", primary_key=True)
    register = models.CharField(_("older register"), max_length=REGISTER_LIMIT)
    number = models.CharField(_("number there"), max_length=NUMBER_LIMIT)
    at = models.DateTimeField()

    protection = classes(internal="incident register number at")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["register", "number"], name="old_report_once"),
        ]
