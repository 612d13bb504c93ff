"""Circles, the municipalities in them, and who takes part."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.rules.circles import EMAIL_LIMIT, NAME_LIMIT, PERSON_NAME_LIMIT, PURPOSE_LIMIT, RULES_LIMIT
from bolwerk.vault.fields import ProtectedTextField, classes


class Municipality(models.Model):
    """A municipality, or another organisation that takes part as one: one row, however many circles it is in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=NAME_LIMIT, unique=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)  # WGS 84; where it stands on the map
    latitude = models.FloatField(_("latitude"), null=True, blank=True)

    protection = classes(open="id name longitude latitude")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Circle(models.Model):
    """A learning circle: why, how long, and the house rules that each participant accepts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=NAME_LIMIT)
    purpose = models.TextField(_("purpose"), max_length=PURPOSE_LIMIT)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    house_rules = models.TextField(_("house rules"), max_length=RULES_LIMIT)
    rules_version = models.PositiveSmallIntegerField(default=1)  # a new text is accepted anew
    founded_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    founded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # two people who change it at once: the second is told

    protection = classes(
        internal="id name purpose starts_on ends_on house_rules rules_version founded_at closed_at version",
        personal="founded_by",
    )

    class Meta:
        ordering = ("-starts_on", "name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="circle_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def urn(self) -> str:
        """The name by which the trail and other apps refer to this circle."""
        return f"urn:bolwerk:circle:circle:{self.pk}"


class Facilitator(models.Model):
    """Somebody who leads a circle: of a bureau, a province, or one of the municipalities."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="facilitators")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    protection = classes(internal="id circle since left_at", personal="person")

    class Meta:
        ordering = ("since",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["circle", "person"], condition=Q(left_at=None), name="one_facilitator_row_per_person"
            ),
        ]


class Member(models.Model):
    """A municipality in a circle, from the day it joined to the day it left."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="members")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="memberships")
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)  # the first day on which it is no member any more

    protection = classes(internal="id circle municipality joined_on left_on")

    class Meta:
        ordering = ("municipality__name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["circle", "municipality"], condition=Q(left_on=None), name="one_membership_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.municipality.name


class Participant(models.Model):
    """Somebody who takes part for a municipality: invited by mail, and in from the moment the house rules are accepted.

    `person` is empty until the invitation is taken up; name and address are what the facilitator wrote.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="participants")
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    name = ProtectedTextField(_("name"), max_length=PERSON_NAME_LIMIT)
    email = ProtectedTextField(_("e-mail address"), max_length=EMAIL_LIMIT)
    is_deputy = models.BooleanField(default=False)
    invited_at = models.DateTimeField()
    invitation_digest = models.CharField(max_length=64, blank=True)  # of the personal link; empty once it was used
    invitation_ends_at = models.DateTimeField(null=True, blank=True)
    accepted_version = models.PositiveSmallIntegerField(null=True, blank=True)  # of the house rules
    accepted_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    protection = classes(
        internal="id member is_deputy invited_at invitation_digest invitation_ends_at accepted_version accepted_at "
        "left_at",
        personal="person name email",
    )

    class Meta:
        ordering = ("invited_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "person"], condition=Q(left_at=None), name="one_participant_row_per_person"
            ),
        ]

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this participant."""
        return f"urn:bolwerk:circle:participant:{self.pk}"
