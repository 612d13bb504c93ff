"""Looks ahead by area: what can be studied, what was, and how it is told. Areas only, always beside last year."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bolwerk.hub.access import in_use
from bolwerk.hub.models import Study
from bolwerk.hub.queries.catalogue import rule_title, rules_on, sources
from bolwerk.hub.rules.knowing import end_of
from bolwerk.hub.rules.sources import Register
from bolwerk.hub.rules.studies import REPORTS, StudyKind
from bolwerk.ui.charts import INK, QUIET, SERIES, Chart, draw
from knooppunt.outlook import AreaTables, Forecast, HotSpot, Series
from knooppunt.outlook.forecast import Area

TOGETHER = "…"  # how knooppunt calls areas with small numbers together
LINES = 4  # areas in one drawing; more cannot be told apart. The others stand in the table
WIDTH, TALL, ROW = 460, 220, 48
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def can_be_studied(*, on: date) -> frozenset[str]:
    """What a look ahead can be about on a day: rules in use, and reports when their registers are. Three queries."""
    on_now = in_use(on=on)
    reports = {REPORTS} if {Register.BAG.value, Register.REPORTS.value} <= on_now else set()
    return frozenset(rules_on(on) | reports)


def study_title(about: str) -> str:
    """What a look ahead is about, in words."""
    text = sources().get(about)
    return str(text.title) if about == REPORTS and text else rule_title(about)


def study_choices(*, on: date) -> list[tuple[str, str]]:
    """What can be chosen: reports first, then rules by name."""
    codes = sorted(can_be_studied(on=on), key=lambda code: (code != REPORTS, study_title(code)))
    return [(code, study_title(code)) for code in codes]


def studies(*, on: date, known_on: date | None = None) -> list[Study]:
    """The newest look ahead about each thing that may be looked at now; of those there were on `known_on`, if given."""
    found: dict[str, Study] = {}
    rows = Study.objects.filter(kind=StudyKind.AHEAD, about__in=can_be_studied(on=on))
    if known_on is not None:
        rows = rows.filter(made_at__lt=end_of(known_on))
    for one in rows.order_by("-made_at"):
        found.setdefault(one.about, one)
    return sorted(found.values(), key=lambda one: (one.about != REPORTS, study_title(one.about)))


def area_name(name: str) -> str:
    """An area in words."""
    return _("areas with small numbers together") if name == TOGETHER else name


def month_name(iso: str) -> str:
    """A month in words."""
    day = date.fromisoformat(iso)
    return f"{MONTH_NAMES[day.month]} {day.year}"


def tables_of(study: Study) -> AreaTables:
    """What a look ahead worked out, as knooppunt gave it."""
    series, told = study.result["series"], study.result["forecast"]
    months = tuple(date.fromisoformat(month) for month in series["months"])
    counts = np.array(series["counts"], np.int64).reshape(len(series["areas"]), len(months))
    codes = tuple(series.get("codes", ()))
    counted = Series(study.about, tuple(series["areas"]), months, counts, codes)
    ahead = {"areas": tuple(Area(**one) for one in told["areas"]), "month": date.fromisoformat(told["month"])}
    names = [one.name for one in fields(HotSpot)]
    spots = [HotSpot(**{name: spot[name] for name in names}) for spot in study.result["spots"]]
    return AreaTables(study.as_of, counted, Forecast(**{"what": study.about} | told | ahead), spots)


@dataclass(frozen=True)
class Outlook:
    """A look ahead as its page tells it."""

    study: Study
    title: str
    month: str
    sentence: str
    series: Chart | None
    ahead: Chart | None
    spots: list[dict[str, Any]]
    how_good: str


def outlook_of(study: Study) -> Outlook:
    """A look ahead in words and drawings."""
    told, series = study.result["forecast"], study.result["series"]
    return Outlook(
        study=study,
        title=study_title(study.about),
        month=month_name(told["month"]),
        sentence=_sentence(told),
        series=_series_chart(study, series) if series["areas"] else None,
        ahead=_ahead_chart(told) if told["areas"] else None,
        spots=study.result["spots"],
        how_good=_how_good(told),
    )


def _percent(share: float) -> int:
    return round(100 * share)


def _sentence(told: dict[str, Any]) -> str:
    gains = {name: _percent(told[name]) for name in ("gain", "gain_low", "gain_high")}
    if told["verdict"] == "better":
        return (
            _("Better than last year's numbers: errors were %(gain)s%% smaller (%(gain_low)s to %(gain_high)s%%).")
            % gains
        )
    if told["verdict"] == "no_better":
        return _("Looking ahead is no better than last year's numbers here, so those are shown.")
    return _("There is no look ahead: it takes 24 months, and an area with at least ten in all of them.")


def _how_good(told: dict[str, Any]) -> str:
    if told["verdict"] == "too_short":
        return ""
    return _(
        "Tested on %(months)s months that were not known yet: an area was wrong by %(error)s a month, last year's "
        "number by %(last_year)s. In %(covered)s%% of the cases what came lay within the interval (meant: 80%%)."
    ) % {
        "months": told["tested_months"],
        "error": number_format(told["error"], decimal_pos=1),
        "last_year": number_format(told["error_last_year"], decimal_pos=1),
        "covered": _percent(told["covered"]),
    }


def _series_chart(study: Study, series: dict[str, Any]) -> Chart:
    """The areas with most as lines over the months; all of them in the table, a year in a column."""
    totals = [sum(row) for row in series["counts"]]
    order = sorted(range(len(totals)), key=lambda row: -totals[row])
    shown = [row for row in order if series["areas"][row] != TOGETHER][:LINES] or order[:LINES]
    values = [
        {"month": month, "n": number, "area": area_name(series["areas"][row]), "last": month == series["months"][-1]}
        for row in shown
        for month, number in zip(series["months"], series["counts"][row], strict=True)
    ]
    first, last = month_name(series["months"][0]), month_name(series["months"][-1])
    words = {"what": study_title(study.about), "first": first, "last": last, "total": sum(totals)}
    message = _("%(what)s: %(total)s from %(first)s up to and including %(last)s") % words
    return draw(
        _lines(values, [area_name(series["areas"][row]) for row in shown]),
        message=message,
        headings=[_("Area"), *_years(series["months"])],
        rows=[[area_name(series["areas"][row]), *_by_year(series, row)] for row in order],
        how=_("Per area and month, the areas with most. Areas with fewer than ten in all are taken together."),
    )


def _years(months: Sequence[str]) -> list[str]:
    return sorted({month[:4] for month in months})


def _by_year(series: dict[str, Any], row: int) -> list[str]:
    counts = zip(series["months"], series["counts"][row], strict=True)
    pairs = [(month[:4], number) for month, number in counts]
    return [str(sum(number for year, number in pairs if year == wanted)) for wanted in _years(series["months"])]


def _lines(values: list[dict[str, Any]], names: list[str]) -> dict[str, Any]:
    colour = {"field": "area", "type": "nominal", "scale": {"domain": names, "range": list(SERIES)[: len(names)]}}
    x = {"field": "month", "type": "temporal", "title": None, "axis": {"format": "%Y", "tickCount": "year"}}
    y = {"field": "n", "type": "quantitative", "title": None, "axis": {"tickCount": 4}}
    dashes = {
        "field": "area",
        "type": "nominal",
        "scale": {"domain": names, "range": [[1, 0], [6, 3], [2, 2], [10, 4]]},
    }
    return {
        "$schema": SCHEMA,
        "data": {"values": values},
        "width": WIDTH,
        "height": TALL,
        "encoding": {"x": x, "y": y, "color": {**colour, "legend": None}},
        "layer": [
            {"mark": {"type": "line"}, "encoding": {"strokeDash": {**dashes, "legend": None}}},
            {
                "transform": [{"filter": "datum.last"}],
                "mark": {"type": "text", "align": "left", "dx": 6},
                "encoding": {"text": {"field": "area"}},
            },
        ],
    }


def _ahead_chart(told: dict[str, Any]) -> Chart:
    """What is expected per area with its interval, and a tick where last year's month was."""
    areas = sorted(told["areas"], key=lambda one: -one["expected"])
    values = [
        {**one, "name": area_name(one["name"]), "label": _between(one), "end": max(one["high"], one["last_year"])}
        for one in areas
    ]
    most = max(1.0, *(max(one["high"], one["last_year"]) for one in areas))
    y: dict[str, Any] = {"field": "name", "type": "nominal", "sort": None, "axis": None}
    x: dict[str, Any] = {"type": "quantitative", "axis": None, "scale": {"domain": [0, most * 1.4]}}
    name = {"type": "text", "align": "left", "baseline": "bottom", "dy": -ROW / 4 + 4}
    between: Any = {"x": {**x, "field": "low"}, "x2": {"field": "high"}}
    tick: Any = {"type": "tick", "yOffset": ROW / 5, "size": ROW / 3, "thickness": 3, "color": INK}
    spec = {
        "$schema": SCHEMA,
        "data": {"values": values},
        "width": WIDTH,
        "height": ROW * len(values),
        "encoding": {"y": y},
        "layer": [
            {"mark": {"type": "rule", "yOffset": ROW / 5}, "encoding": between},
            {"mark": tick, "encoding": {"x": {**x, "field": "last_year"}}},
            {"mark": {"type": "point", "yOffset": ROW / 5}, "encoding": {"x": {**x, "field": "expected"}}},
            {"mark": name, "encoding": {"x": {"value": 0}, "text": {"field": "name"}, "color": {"value": QUIET}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "dy": ROW / 5},
                "encoding": {"x": {**x, "field": "end"}, "text": {"field": "label"}, "color": {"value": INK}},
            },
        ],
    }
    return draw(
        spec,
        message=_("Next month per area, beside the same month last year"),
        headings=[_("Area"), _("Expected"), _("Between"), _("Last year")],
        rows=[
            [area_name(one["name"]), _number(one["expected"]), _between(one), _number(one["last_year"])]
            for one in areas
        ],
        how=_("The dot is what is expected, the line its 80% interval, the stroke the same month last year."),
    )


def _number(value: float) -> str:
    return number_format(value, decimal_pos=0 if value >= 10 else 1)


def _between(one: dict[str, Any]) -> str:
    return _("%(low)s up to %(high)s") % {"low": _number(one["low"]), "high": _number(one["high"])}
