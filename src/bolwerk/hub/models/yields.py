"""How often a rule is right: its life, the work lists with random controls among them, and what looking gave.

A work list does not show which objects a rule found and which were drawn at random, until the outcome is in.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.hub.models.findings import LISTED, Finding
from bolwerk.hub.rules.reviews import REASON_LENGTH
from bolwerk.hub.rules.stages import Looked, Stage
from bolwerk.vault.fields import ProtectedTextField, classes


class RuleStage(models.Model):
    """Where a rule is in its life. A rule without a row is in development."""

    code = models.CharField(primary_key=True, max_length=10)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.DEVELOPMENT)
    counts_from = models.DateTimeField(null=True)  # outcomes before it no longer count: the rule was brought back
    version = models.PositiveIntegerField(default=0)

    protection = classes(internal="code stage counts_from version")

    def __str__(self) -> str:
        return f"{self.code} {self.stage}"

    @property
    def urn(self) -> str:
        """The name by which the trail refers to the rule."""
        return f"urn:bolwerk:hub:source:{self.code}"


class StageChange(models.Model):
    """That a rule was moved, by whom and why; by nobody when it went off by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.ForeignKey(RuleStage, models.PROTECT, related_name="changes")
    number = models.PositiveIntegerField()  # the version that the stage got by it
    was = models.CharField(max_length=12, choices=Stage)
    stage = models.CharField(max_length=12, choices=Stage)
    reason = models.CharField(max_length=400)
    by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id rule number was stage reason", personal="by at")

    class Meta:
        ordering = ("rule", "number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["rule", "number"], name="stage_number_once"),
        ]


class WorkList(models.Model):
    """Objects to look at for one rule: found ones with random controls among them, drawn with a seed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.CharField(_("rule"), max_length=10)
    rule_version = models.PositiveSmallIntegerField()
    as_of = models.DateField(_("as of"))
    seed = models.PositiveBigIntegerField()  # draws the controls again, for who checks
    size = models.PositiveIntegerField()
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)  # since then nothing says which objects stood on it

    protection = classes(internal="id rule rule_version as_of seed size erased_at", personal="by at")

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.rule} {self.as_of}"

    @property
    def urn(self) -> str:
        """The name by which other apps refer to this list."""
        return f"urn:bolwerk:hub:worklist:{self.pk}"


class WorkItem(models.Model):
    """One object of a work list, and what looking at it gave. An outcome is given once: after it, it is not blind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    list = models.ForeignKey(WorkList, models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    object_id = models.CharField(max_length=16)
    place = models.CharField(_("place"), max_length=200)
    is_control = models.BooleanField()
    finding = models.ForeignKey(Finding, models.SET_NULL, null=True, related_name="+")
    looked = models.CharField(max_length=12, choices=Looked, blank=True)
    reason = ProtectedTextField(max_length=REASON_LENGTH, blank=True)
    by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    protection = classes(
        internal="id list number is_control finding", personal="object_id place by at", special="looked reason"
    )
    open_because: ClassVar[dict[str, str]] = dict.fromkeys(("object_id", "place"), LISTED)

    class Meta:
        ordering = ("list", "number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["list", "number"], name="work_item_number_once"),
            models.UniqueConstraint(fields=["list", "object_id"], name="work_item_object_once"),
        ]

    def __str__(self) -> str:
        return self.place
