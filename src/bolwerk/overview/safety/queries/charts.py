"""The chart of rates: this year, the year before and teams that are alike, each with its interval."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bolwerk.incidents.queries import Breakdown, Broken, chart_of, charts_of
from bolwerk.overview.safety.queries.teams import TeamFigures
from bolwerk.overview.safety.rules import Change, Rate
from bolwerk.ui.charts import INK, QUIET, Chart, draw

SHOWN = (Breakdown.MONTH, Breakdown.CHANNEL, Breakdown.FORM, Breakdown.SEVERITY, Breakdown.POLICE, Breakdown.DAMAGE)
ROW = 48  # px of height for a rate and its name


def charts_of_team(team: TeamFigures) -> list[Chart]:
    """Rates when there are any, then when and what."""
    rates = [_rates(team)] if team.rate else []
    parts = [chart_of(one) for breakdown in SHOWN if (one := team.parts.get(breakdown)) and one.any]
    below = team.codes if team.department else None
    return [*rates, *charts_of(team.figures, department=team.code, below=below), *parts]


def timed_rows(broken: Broken | None) -> list[tuple[str, str, str]]:
    """What had to happen in time: how many clocks ended, and which part was in time, where that can be told."""
    rows = []
    for part in broken.parts if broken else ():
        if part.figure is not None:
            share = _("%(share)s%% in time") % {"share": part.share} if part.share is not None else _("too few to tell")
            rows.append((part.name, _("about %(n)s") % {"n": part.figure}, share))
    return rows


def in_words(number: float) -> str:
    """A rate in as many digits as it deserves."""
    return number_format(number, decimal_pos=1 if number < 10 else 0)


def said(rate: Rate) -> str:
    """A rate with its interval."""
    words = {"rate": in_words(rate.value), "low": in_words(rate.interval.low), "high": in_words(rate.interval.high)}
    return _("%(rate)s (between %(low)s and %(high)s)") % words


def message(team: TeamFigures) -> str:
    """What the rates say, as a sentence: never that fewer is better."""
    words = {"team": team.name, "year": team.figures.year - 1}
    if team.change is Change.HIGHER:
        return _("%(team)s: more reports per 100 full-time jobs than in the same months of %(year)s") % words
    if team.change is Change.LOWER:
        return _("%(team)s: fewer reports per 100 full-time jobs than in the same months of %(year)s") % words
    if team.change is Change.NOT_SHOWN:
        return _("%(team)s: not demonstrably changed since the same months of %(year)s") % words
    return _("%(team)s: reports per 100 full-time jobs") % words


def _rates(team: TeamFigures) -> Chart:
    year = team.figures.year
    rows: list[tuple[str, Rate | None]] = [
        (_("This team, %(year)s") % {"year": year}, team.rate),
        (_("This team, same months of %(year)s") % {"year": year - 1}, team.before),
        (_("Teams that are alike, %(year)s") % {"year": year}, team.alike.rate if team.alike else None),
    ]
    shown = [(name, rate) for name, rate in rows if rate]
    headings = [_("Reports"), _("Per 100 FTE and year"), _("From"), _("To")]
    table = [
        [name, in_words(rate.value), in_words(rate.interval.low), in_words(rate.interval.high)] for name, rate in shown
    ]
    how = _(
        "The line is the 95% interval: where the real rate can lie, given chance and rounding (exact Poisson, Garwood)."
    )
    return draw(_drawing(shown), message=message(team), headings=headings, rows=table, how=how)


def _drawing(shown: list[tuple[str, Rate]]) -> dict[str, Any]:
    values = [
        {
            "name": name,
            "n": rate.value,
            "low": rate.interval.low,
            "high": rate.interval.high,
            "label": in_words(rate.value),
        }
        for name, rate in shown
    ]
    y: dict[str, Any] = {"field": "name", "type": "nominal", "sort": None, "axis": None}
    most = max(rate.interval.high for _name, rate in shown)
    x: dict[str, Any] = {"type": "quantitative", "axis": None, "scale": {"domain": [0, most * 1.1]}}
    name = {"type": "text", "align": "left", "baseline": "bottom", "dy": -ROW / 4 + 4}
    low: Any = {"y": {**y}, "x": {**x, "field": "low"}, "x2": {"field": "high"}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "width": 460,
        "height": ROW * len(values),
        "encoding": {"y": y},
        "layer": [
            {"mark": {"type": "rule", "yOffset": ROW / 5}, "encoding": low},
            {"mark": {"type": "point", "yOffset": ROW / 5}, "encoding": {"x": {**x, "field": "n"}}},
            {"mark": name, "encoding": {"x": {"value": 0}, "text": {"field": "name"}, "color": {"value": QUIET}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "dy": ROW / 5},
                "encoding": {"x": {**x, "field": "high"}, "text": {"field": "label"}, "color": {"value": INK}},
            },
        ],
    }
