"""The drawings of a look ahead: what was counted and what is expected, as far as it may be told (ADR 62).

A month with fewer than ten is a gap in its line, an area where fewer than ten are expected is named and not drawn.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bolwerk.ui.charts import INK, QUIET, SERIES, Chart, draw
from knooppunt.outlook import SeriesTold
from knooppunt.outlook.series import MINIMUM_CELL
from knooppunt.outlook.telling import AheadTold, AreaTold, Between, whole_years

LINES = 4  # areas in one drawing; more cannot be told apart. The others stand in the table
WIDTH, TALL, ROW = 460, 220, 48
LABEL = 1.7  # of the longest line: there must be room for words behind it, on a phone too
APART = 0.08  # of the height: names at the ends of lines that are closer would lie over each other
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def between(told: Between) -> str:
    """A number as far as it is told: itself, its bounds, or that it is not told."""
    if told.exact is not None:
        return _number(told.exact)
    return _bounds(told.low, told.high) if told.low else _("not told")


def _bounds(low: int, high: int) -> str:
    return _("%(low)s up to %(high)s") % {"low": _number(low), "high": _number(high)}


def _number(value: int) -> str:
    return number_format(value, decimal_pos=0)


def _few(value: int | None) -> str:
    return _("fewer than %(n)s") % {"n": MINIMUM_CELL} if value is None else _number(value)


def series_chart(series: SeriesTold, message: str) -> Chart:
    """The areas with most as lines over the months; all of them in the table, a year in a column."""
    order = sorted(series.areas, key=lambda one: (-sum(one.total.bounds), one.name))
    years = sorted({month.year for month in series.months})
    return draw(
        _lines(series.months, order[:LINES]),
        message=message,
        headings=[_("Area"), *(_heading(year, series.months) for year in years)],
        rows=[[one.name, *(between(one.years[year]) for year in years)] for one in order],
        how=_(
            "Per area and month, the areas with most. A month with fewer than ten is not told and makes a gap; of a "
            "year that would tell it only the bounds are given."
        ),
    )


def _heading(year: int, months: Sequence[date]) -> str:
    if year in whole_years(months):
        return str(year)
    number = sum(month.year == year for month in months)
    return _("%(year)s, %(months)s months") % {"year": year, "months": number}


def _lines(months: Sequence[date], areas: Sequence[AreaTold]) -> dict[str, Any]:
    values = [
        {"month": month.isoformat(), "n": number, "area": area.name}
        for area in areas
        for month, number in zip(months, area.months, strict=True)
    ]
    names = [one.name for one in areas]
    colour = {"field": "area", "type": "nominal", "scale": {"domain": names, "range": list(SERIES)[: len(names)]}}
    dashes = {
        "field": "area",
        "type": "nominal",
        "scale": {"domain": names, "range": [[1, 0], [6, 3], [2, 2], [10, 4]]},
    }
    x = {"field": "month", "type": "temporal", "title": None, "axis": {"format": "%Y", "tickCount": "year"}}
    y: dict[str, Any] = {"field": "n", "type": "quantitative", "title": None, "axis": {"tickCount": 4}}
    shades: dict[str, Any] = {**colour, "legend": None}
    return {
        "$schema": SCHEMA,
        "data": {"values": values},
        "width": WIDTH,
        "height": TALL,
        "padding": {"left": 5, "top": 5, "bottom": 5, "right": 34},  # letters of a reader may be wider than ours
        "layer": [
            _hidden_band(),
            {
                "mark": {"type": "line"},
                "encoding": {"x": x, "y": y, "color": shades, "strokeDash": {**dashes, "legend": None}},
            },
            {
                "transform": [{"filter": "isValid(datum.n)"}],
                "mark": {"type": "point", "filled": True, "size": 14},
                "encoding": {"x": x, "y": y, "color": shades},
            },
            {
                "data": {"values": _ends(months, areas)},
                "mark": {"type": "text", "align": "left", "dx": 6},
                "encoding": {"x": x, "y": y, "color": shades, "text": {"field": "area"}},
            },
        ],
    }


def _hidden_band() -> dict[str, Any]:
    """Where a month that is not told lies, somewhere."""
    y: dict[str, Any] = {"type": "quantitative", "field": "low", "title": None}
    return {
        "data": {"values": [{"low": 0, "high": MINIMUM_CELL}]},
        "mark": {"type": "rect", "opacity": 0.14, "color": QUIET},
        "encoding": {"y": y, "y2": {"field": "high"}},
    }


def _ends(months: Sequence[date], areas: Sequence[AreaTold]) -> list[dict[str, Any]]:
    """Where the name of each line stands: behind its last point, moved up where it would lie over another."""
    most = max((number for one in areas for number in one.months if number is not None), default=1)
    last = {one.name: next((n for n in reversed(one.months) if n is not None), 0) for one in areas}
    ends, free = [], 0.0
    for name, number in sorted(last.items(), key=lambda item: item[1]):
        at = max(float(number), free)
        ends.append({"month": months[-1].isoformat(), "n": at, "area": name})
        free = at + APART * most
    return ends


def ahead_chart(ahead: Sequence[AheadTold]) -> Chart | None:
    """What is expected per area with its interval, and a stroke where last year's month was; None where all are few."""
    areas = sorted(ahead, key=lambda one: (-(one.expected or 0), one.name))
    drawn = [one for one in areas if one.expected is not None]
    if not drawn:
        return None
    few = ", ".join(sorted(one.name for one in areas if one.expected is None))
    left = _("Fewer than ten are expected in: %(names)s.") % {"names": few} if few else ""
    how = _("The dot is what is expected, the line its 80% interval, the stroke the same month last year.")
    return draw(
        _intervals(drawn),
        message=_("Next month per area, beside the same month last year"),
        headings=[_("Area"), _("Expected"), _("Between"), _("Last year")],
        rows=[[one.name, _few(one.expected), _bounds(one.low, one.high), _few(one.last_year)] for one in areas],
        how=f"{how} {left}".strip(),
    )


def _intervals(areas: Sequence[AheadTold]) -> dict[str, Any]:
    values = [
        {**one.to_json(), "label": _bounds(one.low, one.high), "end": max(one.high, one.last_year or 0)}
        for one in areas
    ]
    most = max(max(one.high, one.last_year or 0) for one in areas)
    y: dict[str, Any] = {"field": "name", "type": "nominal", "sort": None, "axis": None}
    x: dict[str, Any] = {"type": "quantitative", "axis": None, "scale": {"domain": [0, most * LABEL]}}
    name = {"type": "text", "align": "left", "baseline": "bottom", "dy": -ROW / 4 + 4}
    span: Any = {"x": {**x, "field": "low"}, "x2": {"field": "high"}}
    tick: Any = {"type": "tick", "yOffset": ROW / 5, "size": ROW / 3, "thickness": 3, "color": INK}
    return {
        "$schema": SCHEMA,
        "data": {"values": values},
        "width": WIDTH,
        "height": ROW * len(values),
        "encoding": {"y": y},
        "layer": [
            {"mark": {"type": "rule", "yOffset": ROW / 5}, "encoding": span},
            {
                "transform": [{"filter": "isValid(datum.last_year)"}],
                "mark": tick,
                "encoding": {"x": {**x, "field": "last_year"}},
            },
            {"mark": {"type": "point", "yOffset": ROW / 5}, "encoding": {"x": {**x, "field": "expected"}}},
            {"mark": name, "encoding": {"x": {"value": 0}, "text": {"field": "name"}, "color": {"value": QUIET}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "dy": ROW / 5},
                "encoding": {"x": {**x, "field": "end"}, "text": {"field": "label"}, "color": {"value": INK}},
            },
        ],
    }
