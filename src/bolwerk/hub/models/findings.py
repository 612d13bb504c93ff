"""Findings as the list shows them, and what people said of them. All else about a finding stays in the vault.

There is no field about a person here, and no field that could hold one: a finding is about an address or a street.
"""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bolwerk.hub.rules.reviews import REASON_LENGTH, Verdict, is_expired
from bolwerk.vault.fields import ProtectedTextField, classes

# An address is about whoever lives or works there. It lies open, as it does in the vault that it comes from.
LISTED = "Lists sort, search and filter by it, and the registers beside the database hold the same."


class Batch(models.Model):
    """One run of the rules that was put in the list: for which day, on which deliveries, and what each rule gave."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.CharField(max_length=16)  # its name in the vault
    as_of = models.DateField()
    made_from = models.JSONField(default=dict)  # register → delivery
    outcomes = models.JSONField(default=list)  # per rule: version, findings, left out, why not
    taken_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)  # since then the vault no longer has what it found

    protection = classes(internal="id run as_of made_from outcomes taken_at erased_at")

    class Meta:
        ordering = ("-taken_at",)

    def __str__(self) -> str:
        return f"{self.as_of} {self.run}"


class FindingQuerySet(models.QuerySet["Finding"]):
    """Questions about findings."""

    def of_rules(self, rules: frozenset[str]) -> "FindingQuerySet":
        """Those of rules that are in use, with the address they are about: of an erased one nothing is left to read."""
        return self.filter(rule__in=rules, erased_at=None)

    def expired(self, *, on: date) -> "FindingQuerySet":
        """Those that may no longer be used on a day."""
        return self.filter(expires_on__lt=on)

    def live(self, *, on: date) -> "FindingQuerySet":
        """Those of the last run that may be used on a day and are not left out."""
        return self.filter(current=True, expires_on__gte=on).exclude(self._left_out(on))

    def left_out(self, *, on: date) -> "FindingQuerySet":
        """Those that somebody leaves out on a day, and said why."""
        return self.filter(self._left_out(on))

    @staticmethod
    def _left_out(on: date) -> Exists:
        same = Exclusion.objects.in_force(on=on).filter(rule=OuterRef("rule"), object_id=OuterRef("object_id"))
        return Exists(same)


class Finding(models.Model):
    """One object that a rule found on one day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=16, unique=True)  # its id in the vault: `knooppunt explain CODE`
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="findings")  # the last run that found it
    current = models.BooleanField(default=True)  # whether that is the last run there was

    rule = models.CharField(_("rule"), max_length=10)
    rule_version = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10)  # address or street
    object_id = models.CharField(max_length=16)
    part = models.CharField(max_length=40, blank=True)  # tells two findings about one object apart
    place = models.CharField(_("place"), max_length=200)
    street = models.CharField(max_length=100)
    area = models.CharField(max_length=4, blank=True)
    town = models.CharField(max_length=100)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    headline_nl = models.CharField(max_length=200)
    headline_en = models.CharField(max_length=200)
    match_quality = models.PositiveSmallIntegerField(null=True)
    as_of = models.DateField(_("as of"))
    expires_on = models.DateField(_("valid until"))

    verdict = models.CharField(max_length=20, choices=Verdict, default=Verdict.OPEN)
    version = models.PositiveIntegerField(default=1)
    erased_at = models.DateTimeField(null=True)  # since then nothing says which address it was about

    protection = classes(
        internal="id code batch current rule rule_version level match_quality as_of expires_on version erased_at",
        personal="object_id part place street area town longitude latitude headline_nl headline_en",
        special="verdict",
    )
    open_because: ClassVar[dict[str, str]] = dict.fromkeys(
        ("object_id", "part", "place", "street", "area", "town", "headline_nl", "headline_en"), LISTED
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ("place", "rule")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["current", "verdict", "place"]),
            models.Index(fields=["rule", "current", "place"]),
            models.Index(fields=["object_id", "rule", "part"]),
            models.Index(fields=["expires_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.place}"

    @property
    def urn(self) -> str:
        """The name by which other apps refer to this finding."""
        return f"urn:bolwerk:hub:finding:{self.pk}"

    def is_expired(self, *, on: date) -> bool:
        """Whether it may no longer be used on a day."""
        return is_expired(self.expires_on, on=on)


class Review(models.Model):
    """What somebody said of a finding, and why. A verdict that was carried over says from which finding."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=20, choices=Verdict)
    reason = ProtectedTextField(max_length=REASON_LENGTH)
    carried_from = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id finding carried_from", personal="by at", special="verdict reason")

    class Meta:
        ordering = ("at", "pk")


class ExclusionQuerySet(models.QuerySet["Exclusion"]):
    """Questions about exclusions."""

    def in_force(self, *, on: date) -> "ExclusionQuerySet":
        """Those that hold on a day; the last day still counts."""
        return self.filter(until__gte=on, ended_at=None)


class Exclusion(models.Model):
    """An object that a rule leaves out, because somebody looked and said why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.CharField(_("rule"), max_length=10)
    object_id = models.CharField(max_length=16)
    place = models.CharField(_("place"), max_length=200)
    reason = ProtectedTextField(_("reason"), max_length=REASON_LENGTH)
    until = models.DateField(_("until"))
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = ProtectedTextField(max_length=REASON_LENGTH, blank=True)

    protection = classes(
        internal="id rule until ended_at", personal="object_id place by at ended_by", special="reason end_reason"
    )
    open_because: ClassVar[dict[str, str]] = dict.fromkeys(("object_id", "place"), LISTED)

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        ordering = ("place", "rule")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["object_id", "rule"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["rule", "object_id"], condition=Q(ended_at=None), name="exclusion_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.place}"

    @property
    def urn(self) -> str:
        """The name by which other apps refer to this exclusion."""
        return f"urn:bolwerk:hub:exclusion:{self.pk}"
