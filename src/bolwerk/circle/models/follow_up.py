"""What came of a case: which advice was used, and what it did (ADR 34)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.models.cases import Case
from bolwerk.circle.models.intervision import Contribution
from bolwerk.circle.rules.adoptions import Outcome
from bolwerk.circle.rules.follow_up import SAID_LIMIT, Used
from bolwerk.vault.fields import ProtectedTextField, classes


class FollowUp(models.Model):
    """What the submitter did with one advice, and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="follow_ups")
    advice = models.OneToOneField(Contribution, models.CASCADE, related_name="follow_up")
    used = models.CharField(max_length=10, choices=Used)
    why = ProtectedTextField(_("why"), max_length=SAID_LIMIT, blank=True)
    said_at = models.DateTimeField()

    protection = classes(internal="id case advice used said_at", personal="why")

    class Meta:
        ordering = ("said_at", "id")


class CaseOutcome(models.Model):
    """What came of the whole case, as its submitter says about three months later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="outcome")
    outcome = models.CharField(_("what came of it"), max_length=10, choices=Outcome)
    words = ProtectedTextField(_("in a few words"), max_length=SAID_LIMIT, blank=True)
    told_at = models.DateTimeField()

    protection = classes(internal="id case outcome told_at", personal="words")
