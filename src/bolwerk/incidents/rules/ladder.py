"""The ladder of reactions: which steps there are, who may decide each, and what it needs. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.rules import Role
from bolwerk.deadlines.rules import Term, add_months

FOUR_EYES_FROM = 3  # from this step up, whoever proposes does not decide
MANY = 2  # earlier incidents of the same person, from which the matrix counts no further


class Step(models.TextChoices):
    """The steps of the ladder, from light to heavy; their numbers are their places here."""

    SPOKEN_TO = "spoken_to", _("Spoken to")
    WARNING = "warning", _("Written warning")
    ORDER_TALK = "order_talk", _("Order talk with agreements")
    CONTACT = "contact", _("Contact arrangement")
    BAN = "ban", _("Ban on entry")
    SUSPENSION = "suspension", _("Suspension of service")
    BENEFIT = "benefit", _("Lower benefit")

    @property
    def number(self) -> int:
        """Its place on the ladder: 0 is the lightest."""
        return list(Step).index(self)


class Severity(models.TextChoices):
    """How serious it was by the norm of the organisation, whatever the colleague felt."""

    LIGHT = "light", _("Light")
    MEDIUM = "medium", _("Medium")
    HEAVY = "heavy", _("Heavy")


class Need(models.TextChoices):
    """What a step can ask for before it may be decided."""

    FACTS = "facts", _("Facts established")
    NORM = "norm", _("Rule that was broken")
    HEARD = "heard", _("Person heard")
    WARNED = "warned", _("Warned before")
    REASONS = "reasons", _("Reasons")
    END = "end", _("End date")
    REVIEW = "review", _("Review date")
    ROUTE = "route", _("Objection or complaint named")
    HOUSE_RULES = "house_rules", _("House rules visible")
    POLICE = "police", _("Police informed")
    OTHER_CHANNEL = "other_channel", _("Statutory services by another way")
    WAY = "way", _("Contact point and ways of contact named")


MISSING: dict[Need, str | Promise] = {
    Need.FACTS: _("The facts are not established yet."),
    Need.NORM: _("It does not say which rule was broken."),
    Need.HEARD: _("The person was not heard yet, and it does not say why not."),
    Need.WARNED: _("It does not say whether the person was warned before, or why not."),
    Need.REASONS: _("The reasons are missing."),
    Need.END: _("The end date is missing."),
    Need.REVIEW: _("The review date is missing."),
    Need.ROUTE: _("It does not say how the person can object or complain."),
    Need.HOUSE_RULES: _("It does not say that the house rules are visible and name a ban."),
    Need.POLICE: _("The police were not informed yet."),
    Need.OTHER_CHANNEL: _("It does not say how services that the law demands go on."),
    Need.WAY: _("It does not say with whom the person has contact, and by which ways."),
}

# What no municipality can leave out from step 3 up: the fairness gate (domain note 2.6, from the ombudsmen's advice).
FAIRNESS = frozenset({Need.FACTS, Need.NORM, Need.HEARD, Need.WARNED, Need.REASONS, Need.END, Need.REVIEW, Need.ROUTE})
DECIDERS = (Role.MANAGER, Role.AGGRESSION_COORDINATOR, Role.BOARD)


@dataclass(frozen=True)
class Rung:
    """One step as it holds here: who decides, how soon, for how long at most, what it needs, and who says so."""

    step: Step
    decider: Role
    needs: frozenset[Need]
    source: str
    within: Term | None = None
    most_months: int | None = None
    about: str = ""
    verified: bool = False
    own: bool = False

    @property
    def needs_in_order(self) -> list[Need]:
        """The needs as a list reads them."""
        return [need for need in Need if need in self.needs]


class PlanError(ValueError):
    """A plan for a measure cannot be: `field` is where, the text says why."""

    def __init__(self, field: str, text: str | Promise) -> None:
        super().__init__(field)
        self.field, self.text = field, text


def needs_of(step: Step, chosen: Iterable[Need]) -> frozenset[Need]:
    """What a step needs: what was chosen, and from step 3 up always the whole fairness gate."""
    return frozenset(chosen) | (FAIRNESS if step.number >= FOUR_EYES_FROM else frozenset())


def missing(needs: Iterable[Need], met: Iterable[Need]) -> list[Need]:
    """What stands between this measure and a decision, in the order of the needs. The gate is open for none of it."""
    open_needs = set(needs) - set(met)
    return [need for need in Need if need in open_needs]


def proposed_step(matrix: Mapping[str, Mapping[str, str]], *, severity: Severity, earlier: int, warned: bool) -> Step:
    """What the proportionality matrix proposes. A proposal and no more: a person decides."""
    row = "warned" if warned else str(min(earlier, MANY))
    return Step(matrix[severity.value][row])


def check_plan(rung: Rung, *, starts_on: date | None, ends_on: date | None, review_on: date | None) -> None:
    """Raise PlanError when days cross, or a measure would last longer than the ladder allows."""
    if ends_on and not starts_on:
        raise PlanError("starts_on", _("Choose the first day as well."))
    if starts_on and ends_on and ends_on < starts_on:
        raise PlanError("ends_on", _("The last day lies before the first day."))
    if starts_on and ends_on and rung.most_months and ends_on > add_months(starts_on, rung.most_months):
        text = _("On the ladder this step lasts %(n)s months at most.") % {"n": rung.most_months}
        raise PlanError("ends_on", text)
    if review_on and ((starts_on and review_on < starts_on) or (ends_on and review_on > ends_on)):
        raise PlanError("review_on", _("Choose a review date between the first and the last day."))
