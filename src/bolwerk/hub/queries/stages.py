"""How often rules were right and where each is in its life: now, or as it was known at a moment before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from bolwerk.hub.models import RuleStage, StageChange, WorkItem
from bolwerk.hub.queries.catalogue import rule_title
from bolwerk.hub.queries.history import Moment
from bolwerk.hub.rules.stages import Looked, Stage, figures_of, is_right, no_better_than_chance
from knooppunt.findings import RULES
from knooppunt.findings.lifecycle import ALLOWED_MOVES
from knooppunt.findings.lifecycle import Stage as Known
from knooppunt.findings.yields import Outcome, RuleYield, yields

TONES = {Stage.MATURE: "good", Stage.OFF: "attention", Stage.DEVELOPMENT: "quiet"}


def stage_now(code: str) -> RuleStage:
    """Where a rule is in its life; a rule that was never moved is in development."""
    return RuleStage.objects.filter(pk=code).first() or RuleStage(code=code)


def stages_now() -> dict[str, RuleStage]:
    """Where every rule is. One query."""
    rows = {row.code: row for row in RuleStage.objects.all()}
    return {code: rows.get(code) or RuleStage(code=code) for code in RULES}


def stages_then(until: datetime) -> dict[str, RuleStage]:
    """Where every rule was just before a moment, not to be saved: as its moves up to then say. One query."""
    then = {code: RuleStage(code=code) for code in RULES}
    moves = StageChange.objects.filter(at__lt=until, rule__in=list(RULES)).order_by("number")
    for move in moves.only("rule_id", "number", "was", "stage", "at"):
        row = then[move.rule_id]
        row.stage, row.version = move.stage, move.number
        if move.was == Stage.OFF:
            row.counts_from = move.at
    return then


def steps_from(stage: Stage) -> list[Stage]:
    """Where a person may move a rule from here, in the order of a life."""
    return [one for one in Stage if Known(one) in ALLOWED_MOVES[Known(stage)]]


def yield_of(code: str) -> RuleYield | None:
    """The yield of one rule, of the version there is now, since it was last brought back."""
    return yields_now([code]).get(code)


def yields_now(codes: Iterable[str] | None = None) -> dict[str, RuleYield]:
    """The yield of every rule with an outcome, over the version there is now. Two queries."""
    return yields(outcomes_now(codes))


def outcomes_now(
    codes: Iterable[str] | None = None,
    stages: dict[str, RuleStage] | None = None,
    until: datetime | None = None,
) -> list[Outcome]:
    """What looking gave, oldest first, as far as it counts for the version of a rule that there is now.

    With `until` what it had given by then, for rules that stood as `stages` says. One query, two without `stages`.
    """
    known = stages_now() if stages is None else stages
    since = {code: row.counts_from for code, row in known.items() if row.counts_from is not None}
    rows = WorkItem.objects.exclude(looked="").select_related("list").order_by("at", "pk")
    if codes is not None:
        rows = rows.filter(list__rule__in=list(codes))
    if until is not None:
        rows = rows.filter(at__lt=until)
    given = []
    for item in rows.only("object_id", "is_control", "looked", "at", "list__rule", "list__rule_version", "list__at"):
        made = item.list
        right = is_right(made.rule, Looked(item.looked))
        counts = made.rule in RULES and made.rule_version == RULES[made.rule].version
        if right is not None and counts and (made.rule not in since or made.at > since[made.rule]):
            given.append(Outcome(made.rule, item.object_id, item.is_control, right))
    return given


@dataclass(frozen=True)
class Life:
    """A rule as the page of yields shows it."""

    code: str
    title: str
    stage: Stage
    version: int
    told: RuleYield | None
    open_items: int

    @property
    def tone(self) -> str:
        """How the stage looks."""
        return TONES.get(self.stage, "")

    @property
    def follows(self) -> str:
        """What follows from the yield, in a sentence."""
        return FOLLOWS[self.told.verdict if self.told else "too_early"]()

    @property
    def can_be_looked_at(self) -> bool:
        """Whether somebody can go and look at what it is about: an area is no place to visit."""
        return RULES[self.code].level != "area"


FOLLOWS = {
    "too_early": lambda: _("Too early to say: it takes twenty outcomes, and controls beside them."),
    "beats_chance": lambda: _("Clearly better than chance."),
    "unclear": lambda: _("Not clearly better than chance yet."),
    "suspended": lambda: _("No better than chance."),
}


def lives(*, codes: Iterable[str] | None = None, until: datetime | None = None) -> list[Life]:
    """Every rule with its stage and its yield, those that were looked at first; with `until` as it was just before.

    Three queries.
    """
    stages = stages_now() if until is None else stages_then(until)
    told = yields(outcomes_now(codes, stages, until))
    not_yet = Q(looked="") if until is None else Q(list__at__lt=until) & (Q(looked="") | Q(at__gte=until))
    open_ones = WorkItem.objects.filter(not_yet).values_list("list__rule")
    waiting = defaultdict(int, open_ones.annotate(number=Count("pk")))
    chosen = RULES if codes is None else [code for code in codes if code in RULES]
    found = [
        Life(code, rule_title(code), Stage(stages[code].stage), stages[code].version, told.get(code), waiting[code])
        for code in chosen
    ]
    return sorted(found, key=lambda one: (one.told is None, one.open_items == 0))


def moments_of(code: str) -> list[Moment]:
    """Every move of a rule, the newest first; without a name where it went by itself."""
    rows = StageChange.objects.filter(rule=code).select_related("by").order_by("-number")
    return [Moment(one.at, _moved(one), one.by, _why(one), "adjustments") for one in rows]


def _moved(change: StageChange) -> str:
    words = {"was": change.get_was_display(), "now": change.get_stage_display()}
    if change.by is None:
        return _("From “%(was)s” to “%(now)s”, by itself") % words
    return _("From “%(was)s” to “%(now)s”") % words


def _why(change: StageChange) -> str:
    """The reason somebody gave; what the rules themselves said, in the language of whoever reads."""
    figures = figures_of(change.reason) if change.by is None else None
    return no_better_than_chance(figures) if figures else change.reason


def share(part: int, whole: int) -> float:
    """A part of a whole; 0 without a whole."""
    return part / whole if whole else 0.0


def bounds(interval: tuple[float, float]) -> str:
    """An interval in whole percents."""
    return _("%(low)s to %(high)s%%") % {"low": round(100 * interval[0]), "high": round(100 * interval[1])}


def row_of(one: Life) -> list[Any]:
    """A rule with its yield as a row of a table."""
    told = one.told
    if told is None:
        return [one.title, "0", "", "0", "", str(one.stage.label)]
    return [
        one.title,
        _("%(right)s of %(all)s") % {"right": told.confirmed, "all": told.looked_at},
        bounds(told.interval),
        _("%(right)s of %(all)s") % {"right": told.controls_confirmed, "all": told.controls},
        bounds(told.chance) if told.controls else "",
        str(one.stage.label),
    ]
