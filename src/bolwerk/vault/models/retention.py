"""How long things are kept, what must stay, and the ledger of what went. Records are known by URN, never by key."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from bolwerk.crypto.classes import classes
from bolwerk.crypto.fields import ProtectedTextField
from bolwerk.vault.rules.retention import Stage


class OwnTerm(models.Model):
    """The municipality's own periods for a kind of record; absent means the default of its room."""

    kind = models.CharField(primary_key=True, max_length=80)
    personal = models.CharField(max_length=20, blank=True)  # a period such as P2Y; empty: goes with the record
    record = models.CharField(max_length=20, blank=True)  # empty: kept for ever
    source = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    protection = classes(open="kind personal record source", internal="set_at")


class HoldQuerySet(models.QuerySet["Hold"]):
    """Questions about holds."""

    def in_force(self) -> "HoldQuerySet":
        """Holds that nobody lifted."""
        return self.filter(lifted_at=None)


class Hold(models.Model):
    """A record that must stay, whatever its period says, for as long as the reason lasts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=200)
    reason = ProtectedTextField(max_length=400)
    placed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    protection = classes(
        internal="id subject placed_at lifted_at",
        personal="reason placed_by lifted_by",
    )

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ("-placed_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subject"], condition=Q(lifted_at=None), name="one_hold_a_record"),
        ]

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this hold."""
        return f"urn:bolwerk:vault:hold:{self.pk}"


class Ledger(models.Model):
    """The number of the last erasure. Whoever erases, holds or replays locks this row, so that none passes another."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last_number = models.BigIntegerField(default=0)

    protection = classes(internal="id last_number")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=1), name="one_ledger"),
        ]


class Erasure(models.Model):
    """Proof that something went: which record, what of it, by which rule and when. Nothing of what it was."""

    number = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=200)
    kind = models.CharField(max_length=80)
    stage = models.CharField(max_length=10, choices=Stage)
    code = models.CharField(max_length=20)
    period = models.CharField(max_length=20)
    erased_at = models.DateTimeField()
    replayed = models.BooleanField(default=False)  # done again, in what a backup brought back

    protection = classes(internal="number subject kind stage code period erased_at replayed")

    class Meta:
        ordering = ("number",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "stage", "erased_at"]),
            models.Index(fields=["subject"]),
        ]
