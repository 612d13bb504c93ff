"""Tasks with their clocks, who is told when, the mail that waits to go, and what keeps the workers together."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.deadlines.rules import Term, TermData, term_from
from bolwerk.vault.fields import classes


class ClosingDay(models.Model):
    """A day on which this municipality is closed, besides weekends and holidays."""

    day = models.DateField(_("day"), unique=True)
    reason = models.CharField(_("reason"), max_length=80, blank=True)
    source = models.CharField(_("who decided so"), max_length=200, blank=True)

    protection = classes(open="id day reason source")

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this day."""
        return f"urn:bolwerk:deadlines:closing_day:{self.day:%Y-%m-%d}"


class TaskQuerySet(models.QuerySet["Task"]):
    """Questions about tasks."""

    def open(self) -> Self:
        """Tasks that still have to be done."""
        return self.filter(status=Task.Status.OPEN)

    def overdue(self, at: datetime) -> Self:
        """Open tasks whose last moment has passed."""
        return self.open().filter(due_at__lt=at)


class Task(models.Model):
    """Something that has to be done before a moment, by a person or by whoever has a role.

    A task that was handed from a role to a person keeps the role: its holders still see what became of it.
    """

    class Status(models.TextChoices):
        """What became of it."""

        OPEN = "open", pgettext_lazy("task", "Open")
        DONE = "done", pgettext_lazy("task", "Done")
        CANCELLED = "cancelled", pgettext_lazy("task", "Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=200)
    key = models.CharField(max_length=80)
    what = models.CharField(max_length=200)
    about = models.CharField(max_length=40, blank=True)
    page = models.CharField(max_length=100, blank=True)
    by_hand = models.BooleanField(default=False)
    term = models.JSONField[TermData, TermData]()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    owner_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    owner_role = models.CharField(max_length=30, choices=Role, blank=True)
    owner_department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)

    protection = classes(
        internal="id subject key what about page by_hand term started_at due_at status owner_role owner_department "
        "ended_at",
        personal="owner_person ended_by",
    )
    open_because: ClassVar[dict[str, str]] = {"ended_by": "A URN: an id, never a name."}

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("due_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subject", "key"], name="one_clock_per_subject_and_key"),
            models.CheckConstraint(
                condition=Q(owner_person__isnull=False) | ~Q(owner_role=""), name="task_has_an_owner"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["status", "due_at"]),
            models.Index(fields=["owner_person", "status", "due_at"]),
        ]

    def __str__(self) -> str:
        return gettext(self.what)

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this task."""
        return f"urn:bolwerk:deadlines:task:{self.pk}"

    @property
    def length(self) -> Term:
        """The term that this task was given."""
        return term_from(self.term)


class Step(models.Model):
    """A moment at which somebody is told about a task. The chain of a task is made when its clock starts."""

    class Kind(models.TextChoices):
        """Why somebody is told."""

        REMINDER = "reminder", _("Reminder")
        ESCALATION = "escalation", _("Escalation")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(Task, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=30, choices=Role, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    reached = models.PositiveSmallIntegerField(default=0)

    protection = classes(internal="id task position kind at role department taken_at reached", personal="person")

    class Meta:
        ordering = ("task", "position")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["task", "position"], name="one_step_per_position"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at"], name="step_to_take", condition=Q(taken_at=None)),
        ]

    @property
    def urn(self) -> str:
        """The name by which mail and the trail refer to this step."""
        return f"urn:bolwerk:deadlines:step:{self.pk}"


class KeptAway(models.Model):
    """Somebody who is named in a subject, and for whom its tasks therefore do not exist."""

    subject = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    protection = classes(internal="id subject", special="person")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subject", "person"], name="kept_away_once"),
        ]


class Message(models.Model):
    """A mail that waits to go: neutral words and a link, to one person. Written together with what causes it."""

    class Kind(models.TextChoices):
        """Which neutral text it carries."""

        TASK = "task", _("A task is waiting")
        REMINDER = "reminder", _("A task must be done soon")
        ESCALATION = "escalation", _("A task is late")
        NEWS = "news", _("There is news")

    class Status(models.TextChoices):
        """Where it is. `unsure` was handed over while the worker died: it may have gone, so it is never sent again."""

        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        UNSURE = "unsure", _("Perhaps sent")
        FAILED = "failed", _("Could not be sent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="messages")
    path = models.CharField(max_length=200)
    cause = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    send_after = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=80, blank=True)

    protection = classes(
        internal="id kind task path cause created_at send_after status attempts claimed_at ended_at trouble",
        personal="person",
    )

    class Meta:
        ordering = ("created_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cause", "person"], name="one_mail_per_cause_and_person"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["status", "send_after"])]


class Feed(models.Model):
    """A calendar address of one person. Only its hash is kept: the address itself is shown once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_read_at = models.DateTimeField(null=True)

    protection = classes(internal="id token_hash created_at revoked_at", personal="person last_read_at")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person"], condition=Q(revoked_at=None), name="one_feed_at_a_time"),
        ]


class Worker(models.Model):
    """A worker process, and when it last said that it is alive."""

    id = models.CharField(primary_key=True, max_length=64)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    protection = classes(internal="id started_at seen_at stopped_at")


class PeriodicJob(models.Model):
    """Work that comes back: whoever moves `next_at` has the turn, so two workers never do it both."""

    name = models.CharField(primary_key=True, max_length=80)
    next_at = models.DateTimeField()
    last_done_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=80, blank=True)

    protection = classes(internal="name next_at last_done_at trouble")
