"""Sessions of a circle: their blocks, the day poll, what was written down in them, and how they were rated."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.models.circles import Circle, Member, Participant
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.sessions import (
    BLOCK_LIMIT,
    MINUTES_LIMIT,
    PLACE_LIMIT,
    THEME_LIMIT,
    WORDS_LIMIT,
    Answer,
    Captured,
    Consent,
    Kept,
    SessionState,
    Worth,
)
from bolwerk.vault.fields import ProtectedTextField, classes


class Session(models.Model):
    """A meeting of a circle. `current` is the block that is going on, and `version` changes with every step."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="sessions")
    theme = models.CharField(_("theme"), max_length=THEME_LIMIT)
    host = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    place = models.CharField(_("place"), max_length=PLACE_LIMIT, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)  # empty while the poll for a day runs
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    current = models.PositiveSmallIntegerField(default=0)
    block_began_at = models.DateTimeField(null=True, blank=True)
    led_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    notes_by = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    time_by = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    minutes = ProtectedTextField(_("minutes"), max_length=MINUTES_LIMIT, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    attended_at = models.DateTimeField(null=True, blank=True)  # when the list of who was there was kept
    cancelled_why = ProtectedTextField(_("why it does not take place"), max_length=WORDS_LIMIT, blank=True)
    rated = models.JSONField(default=dict, blank=True)  # figures that passed the gate when rating was closed
    rating_closed_at = models.DateTimeField(null=True, blank=True)

    protection = classes(
        internal="id circle theme host place starts_at state current block_began_at version ended_at rated "
        "rating_closed_at attended_at",
        personal="led_by notes_by time_by minutes cancelled_why",
    )

    class Meta:
        ordering = ("-starts_at",)

    def __str__(self) -> str:
        return self.theme

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this session."""
        return f"urn:bolwerk:circle:session:{self.pk}"


class Attended(models.Model):
    """That somebody was at a session, as whoever leads it wrote down. Red items are for them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="attended")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")

    protection = classes(internal="id session", personal="participant")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "participant"], name="there_once_a_session"),
        ]


class Block(models.Model):
    """A part of a session, with how long it may take."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=BLOCK_LIMIT)

    protection = classes(internal="id session position minutes title")

    class Meta:
        ordering = ("position",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "position"], name="one_block_at_a_place"),
        ]


class PollDay(models.Model):
    """A day that is proposed for a session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="days")
    starts_at = models.DateTimeField()

    protection = classes(internal="id session starts_at")

    class Meta:
        ordering = ("starts_at",)


class PollAnswer(models.Model):
    """Whether a proposed day suits a participant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.ForeignKey(PollDay, models.CASCADE, related_name="answers")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer)

    protection = classes(internal="id day answer", personal="participant")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "participant"], name="one_answer_per_day"),
        ]


class Harvest(models.Model):
    """What is written down in a session: a lesson, a quote of somebody, or what somebody promised to do."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="harvest")
    kind = models.CharField(max_length=10, choices=Captured)
    text = ProtectedTextField(_("text"), max_length=WORDS_LIMIT)
    level = models.CharField(_("how far it may travel"), max_length=10, choices=Level, default=Level.ORANGE)
    of = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    consent = models.CharField(max_length=10, choices=Consent, blank=True)
    kept = models.CharField(max_length=10, choices=Kept, blank=True)
    kept_how = ProtectedTextField(_("what came of it"), max_length=WORDS_LIMIT, blank=True)

    protection = classes(
        internal="id session kind level written_at consent kept", personal="text of written_by kept_how"
    )

    class Meta:
        ordering = ("written_at",)

    @property
    def urn(self) -> str:
        """The name by which a publication refers to what stands in it."""
        return f"urn:bolwerk:circle:harvest:{self.pk}"


class Rating(models.Model):
    """One answer sheet about a session. Whose it is stands nowhere, also not in the order in which rows lie on the
    disk: with each sheet all of a session are laid anew, by chance."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="ratings")
    worth = models.CharField(max_length=10, choices=Worth)
    takes_home = ProtectedTextField(max_length=WORDS_LIMIT, blank=True)
    better = ProtectedTextField(max_length=WORDS_LIMIT, blank=True)

    protection = classes(internal="id session worth", personal="takes_home better")

    class Meta:
        ordering = ("id",)  # by chance: not in the order in which they came in


class RatedBy(models.Model):
    """That a participant rated a session, so that nobody does so twice. Not what, and not when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")

    protection = classes(internal="id session", personal="participant")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "participant"], name="one_rating_per_session"),
        ]
