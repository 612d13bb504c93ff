"""The norm in versions: of the organisation, and of each team."""

import uuid
from dataclasses import fields
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.rules.norms import (
    BEHAVIOUR_LIMIT,
    HOUSE_RULE_LIMIT,
    PROTOCOL_LIMIT,
    REACTION_LIMIT,
    Line,
    NormState,
    Police,
    RuleText,
)
from bolwerk.vault.fields import classes

ORGANISATION = "organisation"  # the scope of the organisation's norm; that of a team is the id of its department


class Norm(models.Model):
    """One version. Once adopted nothing in it changes any more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope = models.CharField(max_length=36, default=ORGANISATION)
    department = models.ForeignKey("accounts.Department", models.PROTECT, null=True, related_name="+")
    base = models.ForeignKey("self", models.SET_NULL, null=True, related_name="derived")  # which version a team's is of
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=NormState, default=NormState.DRAFT)
    protocol = models.TextField(_("team protocol"), max_length=PROTOCOL_LIMIT, blank=True)
    valid_from = models.DateField(_("holds from"), null=True)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)  # when the next version was adopted: its retention runs from then on
    version = models.PositiveIntegerField(default=1)

    protection = classes(
        open="number state valid_from adopted_at",
        internal="id scope department base protocol ended_at version",
        personal="adopted_by",
    )

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scope", "number"], name="one_norm_a_number"),
            models.UniqueConstraint(
                fields=["scope"], condition=~models.Q(state=NormState.ADOPTED), name="one_open_norm_a_scope"
            ),
        ]

    @property
    def urn(self) -> str:
        """The name by which tasks and the trail refer to this version."""
        return f"urn:bolwerk:incidents:norm:{self.pk}"

    @property
    def open(self) -> bool:
        """Whether it can still be written in."""
        return self.state == NormState.DRAFT

    def texts(self) -> list[RuleText]:
        """Its rules in words, in order."""
        return [row.text for row in self.rules.all()]

    def waits_for_its_day(self, *, on: date) -> bool:
        """Adopted, and not in force yet."""
        return self.valid_from is not None and self.valid_from > on


class NormRule(models.Model):
    """One rule of one version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    norm = models.ForeignKey(Norm, models.CASCADE, related_name="rules")
    code = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    line = models.CharField(max_length=10, choices=Line)
    behaviour = models.CharField(max_length=BEHAVIOUR_LIMIT)
    employee = models.CharField(max_length=REACTION_LIMIT, blank=True)
    manager = models.CharField(max_length=REACTION_LIMIT, blank=True)
    management = models.CharField(max_length=REACTION_LIMIT, blank=True)
    police = models.CharField(max_length=10, choices=Police, default=Police.NONE)
    house_rule = models.CharField(max_length=HOUSE_RULE_LIMIT, blank=True)
    house_rule_en = models.CharField(max_length=HOUSE_RULE_LIMIT, blank=True)

    protection = classes(
        open="line behaviour police house_rule house_rule_en",
        internal="id norm code position employee manager management",
    )

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["norm", "code"], name="one_norm_rule_a_code")
        ]

    @property
    def urn(self) -> str:
        """The name by which a response refers to the rule that was broken."""
        return f"urn:bolwerk:incidents:norm_rule:{self.pk}"

    @property
    def text(self) -> RuleText:
        """The rule in words."""
        values = {field.name: getattr(self, field.name) for field in fields(RuleText)}
        return RuleText(**(values | {"line": Line(self.line), "police": Police(self.police)}))


class NormEvent(models.Model):
    """Who did what with a version. Rows are only ever added; whoever wrote in it does not adopt it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    norm = models.ForeignKey(Norm, models.CASCADE, related_name="events")
    event = models.CharField(
        max_length=10,
        choices=[
            ("begin", _("Begun")),
            ("write", _("Changed")),
            ("offer", _("Offered to the board")),
            ("send_back", _("Sent back")),
            ("adopt", _("Adopted")),
        ],
    )
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.CharField(max_length=400, blank=True)

    protection = classes(internal="id norm event words", personal="by at")

    class Meta:
        ordering = ("at", "pk")
