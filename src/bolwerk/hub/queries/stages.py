"""How often rules were right, where each is in its life, and the work lists that tell."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.hub.models import RuleStage, StageChange, WorkItem, WorkList
from bolwerk.hub.queries.catalogue import rule_title
from bolwerk.hub.queries.history import Moment
from bolwerk.hub.rules.stages import Looked, Stage, figures_of, is_right, no_better_than_chance
from bolwerk.ui.dates import short_day, short_moment
from bolwerk.ui.lists import Column, Filter, ListSpec, Rows
from knooppunt.findings import RULES
from knooppunt.findings.stages import ALLOWED_MOVES
from knooppunt.findings.stages import Stage as Known
from knooppunt.findings.yields import Outcome, RuleYield, yields

TONES = {Stage.MATURE: "good", Stage.OFF: "attention", Stage.DEVELOPMENT: "quiet"}


def stage_now(code: str) -> RuleStage:
    """Where a rule is in its life; a rule that was never moved is in development."""
    return RuleStage.objects.filter(pk=code).first() or RuleStage(code=code)


def stages_now() -> dict[str, RuleStage]:
    """Where every rule is. One query."""
    rows = {row.code: row for row in RuleStage.objects.all()}
    return {code: rows.get(code) or RuleStage(code=code) for code in RULES}


def steps_from(stage: Stage) -> list[Stage]:
    """Where a person may move a rule from here, in the order of a life."""
    return [one for one in Stage if Known(one) in ALLOWED_MOVES[Known(stage)]]


def yield_of(code: str) -> RuleYield | None:
    """The yield of one rule, of the version there is now, since it was last brought back."""
    return yields_now([code]).get(code)


def yields_now(codes: Iterable[str] | None = None, stages: dict[str, RuleStage] | None = None) -> dict[str, RuleYield]:
    """The yield of every rule with an outcome, over the version there is now. One query, two without `stages`."""
    return yields(outcomes_now(codes, stages))


def outcomes_now(codes: Iterable[str] | None = None, stages: dict[str, RuleStage] | None = None) -> list[Outcome]:
    """What looking gave, oldest first, as far as it counts for the version of a rule that there is now."""
    known = stages_now() if stages is None else stages
    since = {code: row.counts_from for code, row in known.items() if row.counts_from is not None}
    rows = WorkItem.objects.exclude(looked="").select_related("list").order_by("at", "pk")
    if codes is not None:
        rows = rows.filter(list__rule__in=list(codes))
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


def lives(*, codes: Iterable[str] | None = None) -> list[Life]:
    """Every rule with its stage and its yield, those that were looked at first. Three queries."""
    stages = stages_now()
    told = yields_now(codes, stages)
    open_ones = WorkItem.objects.filter(looked="").values_list("list__rule")
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


OPEN, DONE = "open", "done"


def worklists() -> QuerySet[WorkList]:
    """Every work list with how many of its objects wait."""
    return (
        WorkList.objects.filter(erased_at=None)
        .select_related("by")
        .annotate(waiting=Count("items", filter=Q(items__looked="")))
    )


# What stands before a number or a day on a phone, where no heading stands over it.
OBJECTS, LEFT, AS_OF = gettext_lazy("objects:"), gettext_lazy("still to look at:"), gettext_lazy("as of")


def worklists_spec(*, on: date) -> ListSpec:
    """The list of work lists, those with something left to look at first."""

    def in_state(rows: Rows, code: str) -> Rows:
        return rows.filter(waiting__gt=0) if code == OPEN else rows.filter(waiting=0)

    return ListSpec(
        name="hub.worklists",
        columns=(
            Column("rule", gettext_lazy("Rule"), lambda one: rule_title(one.rule), href=_address),
            Column("size", gettext_lazy("Objects"), lambda one: one.size, kind="number", before=OBJECTS),
            Column("left", gettext_lazy("Still to look at"), lambda one: one.waiting, kind="number", before=LEFT),
            Column("as_of", gettext_lazy("As of"), lambda one: short_day(one.as_of, on=on), kind="short", before=AS_OF),
            Column("by", gettext_lazy("Drawn by"), lambda one: one.by.name, kind="quiet"),
            Column("at", gettext_lazy("When"), lambda one: short_moment(one.at, on=on), ("-at",), kind="quiet"),
        ),
        filters=(
            Filter(
                "state",
                gettext_lazy("State"),
                [(OPEN, gettext_lazy("something left")), (DONE, gettext_lazy("done"))],
                in_state,
                default=OPEN,
            ),
        ),
        sort="at",
        downloadable=False,
    )


def _address(one: WorkList) -> str:
    return reverse("hub:worklist", args=[one.pk])


@dataclass(frozen=True)
class Looking:
    """One object of a list, as its line shows it: where it came from only once the outcome is in."""

    item: WorkItem
    said: str
    origin: str


def lines_of(made: WorkList) -> list[Looking]:
    """The objects of a list in their order. One query."""
    return [_looking(item) for item in made.items.select_related("by")]


def _looking(item: WorkItem) -> Looking:
    if not item.looked:
        return Looking(item, "", "")
    origin = _("drawn at random") if item.is_control else _("found by the rule")
    return Looking(item, str(Looked(item.looked).label), origin)


def next_item(made: WorkList, after: int) -> UUID | None:
    """The next object of a list that waits, after this number or else from the start."""
    waiting = list(made.items.filter(looked="").values_list("number", "pk"))
    later = [pk for number, pk in waiting if number > after]
    return next(iter([*later, *(pk for _number, pk in waiting)]), None)


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
