"""The norm: which behaviour is fine and which is not, what each then does, and how a team's may differ. Pure."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.rules import Role

BEHAVIOUR_LIMIT = 300
REACTION_LIMIT = 400
HOUSE_RULE_LIMIT = 160  # one line on a poster
PROTOCOL_LIMIT = 4000
MOST_RULES = 60
WORDS = ("behaviour", "employee", "manager", "management", "house_rule", "house_rule_en")
KEPT_ON_RED = ("employee", "manager", "management")


class Line(models.TextChoices):
    """The three lines, as a traffic light."""

    GREEN = "green", _("Green: this is fine")
    ORANGE = "orange", _("Orange: up to here")
    RED = "red", _("Red: never")

    @property
    def number(self) -> int:
        """The higher, the stricter."""
        return list(Line).index(self)


class Police(models.TextChoices):
    """Whether the police come in."""

    NONE = "none", _("No police")
    CONSIDER = "consider", _("Talk over whether to go to the police")
    ALWAYS = "always", _("Always to the police")

    @property
    def number(self) -> int:
        """The higher, the stricter."""
        return list(Police).index(self)


class NormState(models.TextChoices):
    """Where a version stands."""

    DRAFT = "draft", _("Draft")
    OFFERED = "offered", _("Waits for the board")
    ADOPTED = "adopted", _("Adopted")


class NormMove(models.TextChoices):
    """What can be done with a version."""

    OFFER = "offer", _("Offer to the board")
    SEND_BACK = "send_back", _("Send back")
    ADOPT = "adopt", _("Adopt")


@dataclass(frozen=True)
class NormStep:
    """One edge of the table of moves: from where to where, by whom."""

    now: NormState
    to: NormState
    roles: frozenset[Role]


# The organisation's norm: the coordinator writes, the board adopts (domain note 2.2: the norm is the board's).
MOVES: dict[NormMove, NormStep] = {
    NormMove.OFFER: NormStep(NormState.DRAFT, NormState.OFFERED, frozenset({Role.AGGRESSION_COORDINATOR})),
    NormMove.SEND_BACK: NormStep(NormState.OFFERED, NormState.DRAFT, frozenset({Role.BOARD})),
    NormMove.ADOPT: NormStep(NormState.OFFERED, NormState.ADOPTED, frozenset({Role.BOARD})),
}
# A team's norm: its manager writes it with the team and adopts it; it cannot fall below the organisation's.
TEAM_MOVES: dict[NormMove, NormStep] = {
    NormMove.ADOPT: NormStep(NormState.DRAFT, NormState.ADOPTED, frozenset({Role.MANAGER})),
}


@dataclass(frozen=True)
class RuleText:
    """One rule in words. `code` stays the same through versions and in the norms of teams."""

    code: str
    line: Line
    behaviour: str
    employee: str = ""
    manager: str = ""
    management: str = ""
    police: Police = Police.NONE
    house_rule: str = ""
    house_rule_en: str = ""


class Kind(models.TextChoices):
    """How a line of a team's norm differs from the organisation's."""

    ADDED = "added", _("Added by the team")
    STRICTER = "stricter", _("Stricter")
    REWORDED = "reworded", _("In the team's own words")
    LOOSER = "looser", _("Less strict")
    REMOVED = "removed", _("Left out by the team")


@dataclass(frozen=True)
class Compared:
    """A line of a team's norm beside that of the organisation; `kind` is None when they are the same."""

    rule: RuleText
    base: RuleText | None
    kind: Kind | None


class NormError(ValueError):
    """It cannot be so; `field` is where, `text` says why, for people."""

    def __init__(self, text: str | Promise, *, field: str | None = None) -> None:
        super().__init__(str(text))
        self.text, self.field = text, field


def check_move(move: NormMove, *, now: NormState, roles: Iterable[Role], team: bool, wrote: bool = False) -> NormState:
    """Return the state after it. Raises NormError when it cannot be done now, by these roles or by who wrote it."""
    step = (TEAM_MOVES if team else MOVES).get(move)
    if step is None or step.now is not now or not step.roles & set(roles):
        raise NormError(_("This can no longer be done with this version. Look at where it stands."))
    if move is NormMove.ADOPT and not team and wrote:
        raise NormError(_("You wrote or offered this version yourself. Somebody else of the board adopts it."))
    return step.to


def moves_now(*, now: NormState, roles: Iterable[Role], team: bool, wrote: bool) -> list[NormMove]:
    """What somebody with these roles can do with a version."""
    found = []
    for move in NormMove:
        try:
            check_move(move, now=now, roles=roles, team=team, wrote=wrote)
        except NormError:
            continue
        found.append(move)
    return found


def check_day(valid_from: date | None, *, on: date, after: date | None) -> None:
    """A version holds from today or later, and not before the version it follows."""
    if valid_from is None or valid_from < on:
        raise NormError(_("Choose today or a later day."), field="valid_from")
    if after and valid_from < after:
        raise NormError(_("The version before it begins later. Choose a later day."), field="valid_from")


def check_whole(rules: Iterable[RuleText]) -> None:
    """A norm that is adopted has a green, an orange and a red rule, and a reaction with each orange and red one."""
    rows = list(rules)
    if {rule.line for rule in rows} != set(Line):
        raise NormError(_("A norm has at least one green, one orange and one red rule."))
    for rule in rows:
        if rule.line is not Line.GREEN and not (rule.employee and rule.manager):
            raise NormError(_("“%(rule)s” does not say what employee and manager do.") % {"rule": rule.behaviour})


def looser_on_red(rule: RuleText, base: RuleText | None) -> NormError | None:
    """Why this line of a team falls below the organisation's on red; None when it does not.

    On red the team keeps every word of the organisation and puts its own behind them.
    """
    if base is None or base.line is not Line.RED:
        return None
    if rule.line is not Line.RED:
        return NormError(_("This is red for the whole organisation. A team cannot make it lighter."), field="line")
    if rule.police.number < base.police.number:
        return NormError(_("The organisation asks more of the police here. A team cannot ask less."), field="police")
    if rule.behaviour.strip() != base.behaviour.strip():
        return NormError(_("On red the words of the organisation stay as they are."), field="behaviour")
    for name in KEPT_ON_RED:
        if not getattr(rule, name).strip().startswith(getattr(base, name).strip()):
            text = _("On red the words of the organisation stay. Put those of your team behind them.")
            return NormError(text, field=name)
    return None


def check_team(rules: Iterable[RuleText], base: Iterable[RuleText]) -> None:
    """Raise NormError when a team's norm falls below the organisation's on red, or leaves a red rule out."""
    mine = {rule.code: rule for rule in rules}
    for one in base:
        if one.line is Line.RED and one.code not in mine:
            raise NormError(_("“%(rule)s” is red for the whole organisation and stays.") % {"rule": one.behaviour})
        if one.code in mine and (error := looser_on_red(mine[one.code], one)):
            raise error


def compared(rules: Iterable[RuleText], base: Iterable[RuleText]) -> list[Compared]:
    """A team's norm line by line beside the organisation's, in the order of the lines; what was left out comes last."""
    mine, theirs = list(rules), {rule.code: rule for rule in base}
    codes = {rule.code for rule in mine}
    rows = [Compared(rule, theirs.get(rule.code), _difference(rule, theirs.get(rule.code))) for rule in mine]
    return rows + [Compared(rule, rule, Kind.REMOVED) for code, rule in theirs.items() if code not in codes]


def _difference(rule: RuleText, base: RuleText | None) -> Kind | None:
    if base is None:
        return Kind.ADDED
    steps = (rule.line.number - base.line.number, rule.police.number - base.police.number)
    if min(steps) < 0:
        return Kind.LOOSER
    if max(steps) > 0:
        return Kind.STRICTER
    return None if rule == base else Kind.REWORDED


def derived(new: Iterable[RuleText], *, old: Iterable[RuleText], team: Iterable[RuleText]) -> list[RuleText]:
    """A team's next draft: the organisation's new version, with what the team had made of the old one.

    Where the team had words of its own they stay; where it had none, the new words come. What the team left out stays
    out, unless it is red now. Where the team's words would fall below the new red, the organisation's come instead.
    """
    before, mine = {rule.code: rule for rule in old}, {rule.code: rule for rule in team}
    rows = []
    for rule in new:
        if rule.code not in mine:
            if rule.code not in before or rule.line is Line.RED:
                rows.append(rule)
            continue
        kept = _own(mine[rule.code], before.get(rule.code))
        merged = replace(rule, **kept)
        rows.append(rule if looser_on_red(merged, rule) else merged)
    known = {rule.code for rule in new} | before.keys()
    return rows + [rule for code, rule in mine.items() if code not in known]


def _own(rule: RuleText, base: RuleText | None) -> dict[str, Any]:
    """The parts in which a team's line differs from what it was made of."""
    theirs = asdict(base) if base else {}
    return {name: value for name, value in asdict(rule).items() if value != theirs.get(name)}
