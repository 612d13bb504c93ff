"""The response track: what is established, which measures were taken, and what the person did against them."""

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.rules import Role
from bolwerk.incidents.models.codes import word_for
from bolwerk.incidents.models.history import History
from bolwerk.incidents.models.incident import Incident
from bolwerk.incidents.rules.codes import CodeList
from bolwerk.incidents.rules.ladder import Severity, Step
from bolwerk.incidents.rules.measures import Event, Route, State, state_on
from bolwerk.incidents.rules.objections import ObjectionState, Period, Verdict
from bolwerk.incidents.rules.reports import WORDS_LIMIT
from bolwerk.vault.fields import ProtectedJSONField, ProtectedTextField, classes

REASON_LIMIT = 1000


class Response(models.Model):
    """What is established about one incident for the reaction to the person. It has readers of its own."""

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="response", primary_key=True)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, blank=True)
    facts = ProtectedTextField(_("facts"), max_length=WORDS_LIMIT, blank=True)
    facts_on = models.DateField(_("established on"), null=True)
    norm = ProtectedTextField(_("rule that was broken"), max_length=400, blank=True)
    norm_urn = models.CharField(max_length=200, blank=True)  # of the rule, where norms are kept; the words are a copy
    warned_on = models.DateField(_("warned before on"), null=True)
    not_warned_because = ProtectedTextField(max_length=REASON_LIMIT, blank=True)
    heard_on = models.DateField(_("heard on"), null=True)
    heard_words = ProtectedTextField(_("what the person said"), max_length=WORDS_LIMIT, blank=True)
    not_heard_because = ProtectedTextField(max_length=REASON_LIMIT, blank=True)
    ended_at = models.DateTimeField(null=True)  # from then on its retention runs; None while something is open
    erased_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    protection = classes(
        internal="incident severity norm_urn ended_at erased_at version",
        special="facts facts_on norm warned_on not_warned_because heard_on heard_words not_heard_because",
    )

    def get_severity_display(self) -> str:  # type: ignore[no-redef, unused-ignore]  # ours instead of Django's
        """How serious, in the municipality's words."""
        return word_for(CodeList.SEVERITY, self.severity)

    @property
    def urn(self) -> str:
        """The name by which clocks refer to this track: it ends with the id of the incident, as its address does."""
        return f"urn:bolwerk:incidents:response:{self.pk}"

    @property
    def norm_rule_id(self) -> str:
        """The id of the rule that was broken, when it was chosen from the norm."""
        return self.norm_urn.rpartition(":")[2]


class Measure(models.Model):
    """One reaction: proposed, decided, sent, and over on its day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="measures")
    step = models.CharField(_("step"), max_length=20, choices=Step)
    proposed_step = models.CharField(max_length=20, choices=Step)  # by the matrix, on that day
    # As the ladder was on the day of the proposal: whoever changes the ladder later changes no running measure.
    decider = models.CharField(max_length=30, choices=Role)
    deviation = ProtectedTextField(max_length=REASON_LIMIT, blank=True)
    reasons = ProtectedTextField(_("reasons"), max_length=WORDS_LIMIT, blank=True)
    starts_on = models.DateField(_("first day"), null=True)
    ends_on = models.DateField(_("last day"), null=True)
    review_on = models.DateField(_("review"), null=True)
    route = models.CharField(max_length=20, choices=Route, blank=True)
    house_rules_shown = models.BooleanField(default=False)
    police_informed = models.BooleanField(default=False)
    other_channel = ProtectedTextField(max_length=REASON_LIMIT, blank=True)
    # Where it holds, as the places were on the day of the proposal: name, address, outline.
    areas = ProtectedJSONField[list[dict[str, Any]] | None](null=True)
    # Of a contact arrangement: with whom the person has contact, and by which ways.
    arrangement = ProtectedJSONField[dict[str, Any] | None](null=True)
    state = models.CharField(max_length=20, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    sent_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    protection = classes(
        internal="id incident proposed_step decider route house_rules_shown police_informed version",
        personal="proposed_by proposed_at decided_by",
        special="step deviation reasons starts_on ends_on review_on other_channel areas arrangement state sent_on",
    )

    class Meta:
        ordering = ("-proposed_at",)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "ends_on"])]

    @property
    def urn(self) -> str:
        """The name by which letters refer to this measure."""
        return f"urn:bolwerk:incidents:measure:{self.pk}"

    @property
    def contact(self) -> str:
        """With whom the person has contact, in an arrangement."""
        return str((self.arrangement or {}).get("contact", ""))

    @property
    def ways(self) -> list[str]:
        """By which ways of contact, in an arrangement."""
        return [str(way) for way in (self.arrangement or {}).get("ways") or ()]

    def stands(self, *, on: date) -> State:
        """Where it stands on a day."""
        return state_on(State(self.state), ends_on=self.ends_on, on=on)


class MeasureEvent(models.Model):
    """What happened to a measure. Rows are only ever added; `by` is empty where time did it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="events")
    event = models.CharField(max_length=20, choices=[("propose", _("Proposed")), *Event.choices])
    by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    words = ProtectedTextField(max_length=WORDS_LIMIT, blank=True)

    protection = classes(internal="id measure event", personal="by at", special="words")

    class Meta:
        ordering = ("at", "pk")


class ReactionSent(History):
    """That a reaction went out, and when: all that the reporter and the victim hear of this track."""


class Objection(models.Model):
    """An objection or complaint against a measure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="objections")
    route = models.CharField(max_length=20, choices=Route)
    received_on = models.DateField()
    committee = models.BooleanField(default=False)
    words = ProtectedTextField(max_length=WORDS_LIMIT, blank=True)
    state = models.CharField(max_length=20, choices=ObjectionState, default=ObjectionState.RUNNING)
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True)
    answer = ProtectedTextField(max_length=WORDS_LIMIT, blank=True)
    decided_on = models.DateField(null=True)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(
        internal="id measure route committee state verdict",
        personal="by at",
        special="received_on words answer decided_on",
    )

    class Meta:
        ordering = ("-at",)

    def begins_after(self, *, sent_on: date | None, weeks: int) -> date:
        """After which day the term to answer runs: a complaint on the day it came in; an objection when the term to
        object has passed, which began the day after the letter was sent (Awb articles 6:8, 7:10).
        """
        if self.route == Route.COMPLAINT or sent_on is None:
            return self.received_on
        return max(self.received_on, sent_on + timedelta(weeks=weeks))


class LadderStep(models.Model):
    """The municipality's own rung of the ladder; absent means the default of `content/ladder.*.yaml`."""

    step = models.CharField(max_length=20, choices=Step, unique=True)
    decider = models.CharField(max_length=30, choices=Role)
    most_months = models.PositiveSmallIntegerField(null=True)
    within_days = models.PositiveSmallIntegerField(null=True)
    needs = models.JSONField(default=list)
    source = models.CharField(max_length=200)

    protection = classes(open="id step decider most_months within_days needs source")


class ResponseTerm(models.Model):
    """The municipality's own term in this track; absent means the default of `rules.objections`."""

    period = models.CharField(max_length=30, choices=Period, unique=True)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20)
    source = models.CharField(max_length=200)

    protection = classes(open="id period amount unit source")
