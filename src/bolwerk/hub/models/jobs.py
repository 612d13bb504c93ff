"""Jobs: what a worker does with the vault, and how far it is."""

import uuid
from typing import ClassVar

from django.db import models

from bolwerk.hub.rules.jobs import ENDED, JobKind, JobState, Step, Trouble
from bolwerk.vault.fields import classes

OVER = sorted(state.value for state in ENDED)  # in one order, so that the constraint stays the same


class Job(models.Model):
    """One piece of work. While it is not ended it holds the one slot there is, so two never write to the vault."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=JobKind)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    slot = models.CharField(max_length=10, null=True, unique=True)
    task = models.CharField(max_length=64, blank=True)  # of the queue

    register = models.CharField(max_length=10, blank=True)
    delivery = models.CharField(max_length=255, blank=True)  # the file's name, below the folder of deliveries
    uploaded = models.BooleanField(default=False)
    mapping = models.CharField(max_length=255, blank=True)
    municipality = models.CharField(max_length=4, blank=True)
    keep_going = models.BooleanField(default=False)
    as_of = models.DateField(null=True)
    about = models.CharField(max_length=10, blank=True)  # of a study: the code of a rule, or reports

    step = models.CharField(max_length=20, choices=Step, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    summary = models.JSONField(default=dict)
    refusal = models.JSONField(null=True)  # file, line, reason
    trouble = models.CharField(max_length=20, choices=Trouble, blank=True)

    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    protection = classes(
        internal="id kind state slot task register delivery uploaded mapping municipality keep_going as_of about step "
        "done total summary refusal trouble started_at ended_at",
        personal="by asked_at",
    )

    class Meta:
        ordering = ("-asked_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(slot__isnull=True, state__in=OVER)
                | models.Q(slot__isnull=False) & ~models.Q(state__in=OVER),
                name="job_holds_the_slot_until_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.delivery}"

    @property
    def urn(self) -> str:
        """The name by which other apps refer to this job."""
        return f"urn:bolwerk:hub:job:{self.pk}"

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return JobState(self.state) in ENDED
