"""The eight measures of an employer as indicators: counted from what Bolwerk knows, stated by somebody, or open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from bolwerk.accounts.queries import tree
from bolwerk.incidents.queries import CONFIRMED, RECOVERED, Breakdown, Timed
from bolwerk.incidents.queries.norms import norm_told, teams_that_met
from bolwerk.overview.models import Statement
from bolwerk.overview.safety.queries.teams import TeamFigures
from bolwerk.overview.safety.rules import EmployerMeasure
from bolwerk.ui.dates import day_in_words
from knooppunt.disclosure import Policy

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Indicator:
    """One measure: how it is counted, what came out (None: nothing can be counted or told), and what was stated."""

    measure: EmployerMeasure
    how: str
    told: str | None
    stated: Statement | None

    @property
    def open(self) -> bool:
        """Whether nothing at all is known of it."""
        return self.told is None and self.stated is None


def indicators(whole: TeamFigures | None, *, on: date) -> list[Indicator]:
    """All eight, in order. `whole` are the published figures of the whole municipality."""
    last: dict[str, Statement] = {}
    for row in Statement.objects.select_related("by"):
        last.setdefault(row.measure, row)
    return [Indicator(one, HOW[one](), COUNTED[one](whole, on), last.get(one.value)) for one in EmployerMeasure]


def _norm(_whole: TeamFigures | None, on: date) -> str | None:
    norm = norm_told(on=on)
    if norm is None:
        return None
    words = {"number": norm.number, "day": day_in_words(norm.valid_from) if norm.valid_from else ""}
    if not norm.house_rules:
        return _("Version %(number)s of the norm holds since %(day)s; it has no house rules for visitors.") % words
    return _("Version %(number)s of the norm holds since %(day)s. Its house rules are open to everybody.") % words


def _encourage(whole: TeamFigures | None, on: date) -> str | None:
    words = {"met": teams_that_met(since=on - YEAR), "all": len(tree())}
    said = _("%(met)s of %(all)s teams spoke about the norm in the last 12 months.") % words
    feedback = _in_time(whole, Timed.FEEDBACK)
    return f"{said} " + _("Reporters heard back: %(told)s.") % {"told": feedback} if feedback else said


def _register(whole: TeamFigures | None, _on: date) -> str | None:
    if whole is None or whole.total is None:
        return None
    said = _("About %(n)s reports this year, up to the last quarter that is over.") % {"n": whole.total}
    gap = "" if whole.gap else " " + _("How many are not reported is unknown: there is no survey yet.")
    return said + gap


def _train(_whole: TeamFigures | None, _on: date) -> str | None:
    return None  # no room keeps training yet


def _react(whole: TeamFigures | None, _on: date) -> str | None:
    told = _in_time(whole, Timed.RESPONSE)
    return _("A first reaction: %(told)s.") % {"told": told} if told else None


def _police(whole: TeamFigures | None, _on: date) -> str | None:
    said = []
    if decided := _in_time(whole, Timed.POLICE):
        said.append(_("Decided about the police: %(told)s.") % {"told": decided})
    police = whole.parts.get(Breakdown.POLICE) if whole else None
    if police and police.total.figure is not None:
        said.append(_("About %(n)s reports to the police this year.") % {"n": police.total.figure})
        if (share := _share(whole, police.of(CONFIRMED).figure, police.total.figure)) is not None:
            said.append(_("Of these %(share)s%% have the VPT code.") % {"share": share})
    return " ".join(said) or None


def _recover(whole: TeamFigures | None, _on: date) -> str | None:
    damage = whole.parts.get(Breakdown.DAMAGE) if whole else None
    if damage is None or damage.total.figure is None:
        return None
    said = _("About %(n)s items of damage this year.") % {"n": damage.total.figure}
    share = _share(whole, damage.of(RECOVERED).figure, damage.total.figure)
    return said + (" " + _("Of these %(share)s%% are settled.") % {"share": share} if share is not None else "")


def _aftercare(whole: TeamFigures | None, _on: date) -> str | None:
    asked = (Timed.CONTACT, Timed.RECEPTION_TALK, Timed.SECOND_TALK, Timed.THIRD_TALK)
    told = [f"{one.label.lower()}: {share}" for one in asked if (share := _in_time(whole, one))]
    return "; ".join(told).capitalize() + "." if told else None


def _in_time(whole: TeamFigures | None, what: Timed) -> str | None:
    clocks = whole.parts.get(Breakdown.CLOCK) if whole else None
    part = clocks.of(what.value) if clocks else None
    if part is None or part.share is None:
        return None
    return _("%(share)s%% in time (of about %(n)s)") % {"share": part.share, "n": part.figure}


def _share(whole: TeamFigures | None, part: int | None, total: int) -> int | None:
    """A percentage of published figures, above the base of the gate."""
    if whole is None or part is None or total < Policy().percent_base:
        return None
    return min(100, round(100 * part / total))


COUNTED: dict[EmployerMeasure, Callable[[TeamFigures | None, date], str | None]] = {
    EmployerMeasure.NORM: _norm,
    EmployerMeasure.ENCOURAGE: _encourage,
    EmployerMeasure.REGISTER: _register,
    EmployerMeasure.TRAIN: _train,
    EmployerMeasure.REACT: _react,
    EmployerMeasure.POLICE: _police,
    EmployerMeasure.RECOVER: _recover,
    EmployerMeasure.AFTERCARE: _aftercare,
}
HOW: dict[EmployerMeasure, Callable[[], str]] = {
    EmployerMeasure.NORM: lambda: _("Whether an adopted norm holds, and its house rules are open without signing in."),
    EmployerMeasure.ENCOURAGE: lambda: _(
        "Teams that spoke about the norm in the last 12 months, and the part of the reporters who heard back in time."
    ),
    EmployerMeasure.REGISTER: lambda: _("Published number of reports; beside it a survey, once there is one."),
    EmployerMeasure.TRAIN: lambda: _("Bolwerk does not keep who was trained: the programme lead states it."),
    EmployerMeasure.REACT: lambda: _("The part of first reactions within the term that was set, of terms that ended."),
    EmployerMeasure.POLICE: lambda: _(
        "The part of decisions about the police within the term; reports to the police, and how many have the VPT code."
    ),
    EmployerMeasure.RECOVER: lambda: _("Items of damage and how many are settled. Amounts do not pass the gate."),
    EmployerMeasure.AFTERCARE: lambda: _("The part of contacts and talks that were in time. Never what was said."),
}
