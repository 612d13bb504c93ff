"""A run of a case by a method: where the group is, what was sent, what was chosen, and who was there (ADR 34)."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.models.cases import Case
from bolwerk.circle.models.circles import Circle, Participant
from bolwerk.circle.models.sessions import Session
from bolwerk.circle.rules.intervision import SENT_LIMIT, RunState, Sent, Timer
from bolwerk.circle.rules.methods import OPTION_LIMIT, SLUG_LIMIT
from bolwerk.vault.fields import ProtectedJSONField, ProtectedTextField, classes


class Intervision(models.Model):
    """One run. `version` changes with every step, and every screen asks for it; `kept` is the method as it was.

    `sent` counts what came in during this phase, so that a screen can say how many without asking for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="runs")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="runs")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="runs")  # empty: still to choose
    method = models.SlugField(max_length=SLUG_LIMIT)
    kept = models.JSONField()  # by language: title and phases
    state = models.CharField(max_length=10, choices=RunState, default=RunState.READY)
    phase = models.PositiveSmallIntegerField(default=0)
    ends_at = models.DateTimeField(null=True, blank=True)
    left = models.IntegerField(null=True, blank=True)  # seconds, while it is paused
    led_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    sent = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    protection = classes(
        internal="id circle session case method kept state phase ends_at left version sent planned_at began_at "
        "ended_at",
        personal="led_by",
    )

    class Meta:
        ordering = ("-planned_at",)

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this run."""
        return f"urn:bolwerk:circle:intervision:{self.pk}"

    @property
    def timer(self) -> Timer:
        """When the phase ends, or what is left of it."""
        return Timer(self.ends_at, self.left)


class Present(models.Model):
    """That somebody was there: whoever was may look back at a red case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    intervision = models.ForeignKey(Intervision, models.CASCADE, related_name="present")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")

    protection = classes(internal="id intervision", personal="person")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["intervision", "person"], name="present_once"),
        ]


class Contribution(models.Model):
    """What somebody sent in a phase. What is written without a name has no author and no moment.

    `id` is made where it is sent: words that are sent again after a lost connection arrive once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    intervision = models.ForeignKey(Intervision, models.CASCADE, related_name="contributions")
    phase = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Sent)
    text = ProtectedTextField(_("text"), max_length=SENT_LIMIT)
    by = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    protection = classes(internal="id intervision phase kind at", personal="text by")

    class Meta:
        ordering = ("phase", "at", "id")

    @property
    def urn(self) -> str:
        """The name by which tasks refer to an advice."""
        return f"urn:bolwerk:circle:contribution:{self.pk}"


class Tally(models.Model):
    """How many chose an option. There is no row for a vote: nothing to lay beside who voted, in whatever order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    intervision = models.ForeignKey(Intervision, models.CASCADE, related_name="tallies")
    phase = models.PositiveSmallIntegerField()
    option = models.CharField(max_length=OPTION_LIMIT)  # the key of a case, or the place of an option in its list
    votes = models.PositiveIntegerField(default=0)

    protection = classes(internal="id intervision phase option votes")

    class Meta:
        ordering = ("option",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["intervision", "phase", "option"], name="one_tally_an_option"),
        ]


class Voted(models.Model):
    """Who took part in a phase without names: one sorted list, so that neither a moment nor an order is kept.

    `closed`: the phase was left, counts were shown, and nobody chooses any more; also not when the group comes back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    intervision = models.ForeignKey(Intervision, models.CASCADE, related_name="voted")
    phase = models.PositiveSmallIntegerField()
    who = ProtectedJSONField[list[str]](default=list)  # keys of participants
    closed = models.BooleanField(default=False)

    protection = classes(internal="id intervision phase closed", personal="who")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["intervision", "phase"], name="one_list_a_phase"),
        ]
