"""Meetings about the norm, and their exercises. No row says what one person answered."""

import uuid
from typing import ClassVar

from django.db import models

from bolwerk.incidents.models.norms import Norm
from bolwerk.incidents.rules.norm_meetings import (
    ITEM_LIMIT,
    OUTCOME_LIMIT,
    WHY_LIMIT,
    Agreement,
    Exercise,
    MeetingEvent,
)
from bolwerk.vault.fields import ProtectedTextField, classes


class NormMeeting(models.Model):
    """One meeting of one team: planned, and held once something was agreed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    norm = models.ForeignKey(Norm, models.SET_NULL, null=True, related_name="+")  # the version that was discussed
    planned_on = models.DateField()
    prepared = models.JSONField(default=list)
    present = models.PositiveSmallIntegerField(null=True)
    outcomes = ProtectedTextField(max_length=OUTCOME_LIMIT, blank=True)
    held_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)  # held or cancelled: from then on its retention runs
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    erased_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    protection = classes(
        internal="id department norm planned_on prepared present held_at cancelled_at over_at erased_at version",
        personal="outcomes by",
    )

    class Meta:
        ordering = ("-planned_on",)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["department", "planned_on"])]

    @property
    def urn(self) -> str:
        """The name by which clocks and the trail refer to this meeting."""
        return f"urn:bolwerk:incidents:norm_meeting:{self.pk}"


class NormMeetingChange(models.Model):
    """That a planned meeting was moved or cancelled, from which day, and why. Rows are only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(NormMeeting, models.CASCADE, related_name="changes")
    event = models.CharField(max_length=10, choices=MeetingEvent)
    was_on = models.DateField()
    why = ProtectedTextField(max_length=WHY_LIMIT, blank=True)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id meeting event was_on", personal="why by at")

    class Meta:
        ordering = ("at", "pk")


class NormExercise(models.Model):
    """One exercise on a screen. Its code goes when it closes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(NormMeeting, models.CASCADE, related_name="exercises")
    exercise = models.CharField(max_length=12, choices=Exercise)
    code = models.CharField(max_length=8, null=True, unique=True)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    protection = classes(internal="id meeting exercise code opened_at expires_at closed_at")

    class Meta:
        ordering = ("opened_at",)


class NormItem(models.Model):
    """One line of an exercise, and when it is closed what may be said of the answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exercise = models.ForeignKey(NormExercise, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=ITEM_LIMIT)
    leading = models.CharField(max_length=10, blank=True)
    agreement = models.CharField(max_length=12, choices=Agreement, blank=True)

    protection = classes(internal="id exercise position text leading agreement")

    class Meta:
        ordering = ("position",)


class NormBehaviour(models.Model):
    """A line that a phone wrote. Whose it is, is kept nowhere; its random key is the order in which lines are shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exercise = models.ForeignKey(NormExercise, models.CASCADE, related_name="behaviours")
    text = ProtectedTextField(max_length=ITEM_LIMIT)

    protection = classes(internal="id exercise", personal="text")

    class Meta:
        ordering = ("pk",)


class NormTally(models.Model):
    """How often an answer was given to a line. Only while the exercise is open; then it becomes words."""

    item = models.ForeignKey(NormItem, models.CASCADE, related_name="tallies")
    choice = models.CharField(max_length=10)
    count = models.PositiveSmallIntegerField(default=0)

    protection = classes(internal="id item choice count")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "choice"], name="one_tally_a_choice")
        ]


class NormSeat(models.Model):
    """That a phone answered, so that it does so once: a hash of a random number that only the phone has.

    Nothing joins it to answers: they are counted in the same moment, and seats go when the exercise closes.
    """

    exercise = models.ForeignKey(NormExercise, models.CASCADE, related_name="seats")
    token = models.CharField(max_length=64)

    protection = classes(internal="id exercise token")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["exercise", "token"], name="one_seat_a_phone")
        ]
