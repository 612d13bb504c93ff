"""The charts of the page of figures: a message in words, bars with their figure, and hidden ones shown as hidden."""

from collections.abc import Collection
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from bolwerk.incidents.queries.breakdowns import Broken
from bolwerk.incidents.queries.figures import Figures, Line
from bolwerk.incidents.rules import Breakdown
from bolwerk.ui.charts import INK, QUIET, Chart, draw
from knooppunt.disclosure import TOTAL

BAR = 48  # px of height for a bar and its name
WIDTH = 460
EN_DASH = "\N{EN DASH} "
Bars = list[tuple[str, int | None]]


def charts_of(figures: Figures, *, department: str = TOTAL, below: Collection[str] | None = None) -> list[Chart]:
    """The three charts of a year: when, where, what; of one department with what lies `below` it (itself as well).

    Of one department a chart in which everything is hidden is left out: a small team would see nothing but that.
    """
    if below is None:
        return [_by_quarter(figures, TOTAL), _by_department(figures, figures.departments), _by_kind(figures, TOTAL)]
    lines = [line for line in figures.departments if line.code in below]
    charts = []
    if _any(figures, [{"department": department, "quarter": quarter} for quarter in figures.quarters]):
        charts.append(_by_quarter(figures, department))
    if len(lines) > 1 and _any(figures, [{"department": line.code} for line in lines[1:]]):
        charts.append(_by_department(figures, lines))
    if _any(figures, [{"department": department, "kind": line.code} for line in figures.kinds]):
        charts.append(_by_kind(figures, department))
    return charts


def _any(figures: Figures, cells: list[dict[str, str]]) -> bool:
    return any(figures.of(**cell) is not None for cell in cells)


def chart_of(broken: Broken) -> Chart:
    """The chart of a breakdown of one department in the year so far."""
    bars = [(part.name, part.figure) for part in broken.parts]
    label = str(broken.breakdown.label)
    if broken.breakdown is Breakdown.MONTH:
        message = _("Reports per month")
    elif names := _most(bars):
        words = {"breakdown": label, "names": names}
        message = _("%(breakdown)s: of those with a figure, most often %(names)s") % words
    else:
        message = _("%(breakdown)s: no figure can be shown") % {"breakdown": label}
    return _draw(bars, message, [label, _("Reports")], [[name, _shown(figure)] for name, figure in bars])


def quarter_name(quarter: str) -> str:
    """A quarter in words: the third quarter."""
    names = {"1": _("first quarter"), "2": _("second quarter"), "3": _("third quarter"), "4": _("fourth quarter")}
    return names[quarter[-1]]


def _by_quarter(figures: Figures, department: str) -> Chart:
    total = figures.of(department=department)
    words = {"year": figures.year, "quarter": quarter_name(figures.quarters[-1]), "total": total}
    if total is None:
        message = _("The number of reports in %(year)s, up to and including the %(quarter)s, is not shown") % words
    else:
        message = _("About %(total)s reports in %(year)s, up to and including the %(quarter)s") % words
    bars = [(quarter_name(quarter), figures.of(department=department, quarter=quarter)) for quarter in figures.quarters]
    return _draw(bars, message, [_("Quarter"), _("Reports")], [[name, _shown(figure)] for name, figure in bars])


def _by_department(figures: Figures, lines: list[Line]) -> Chart:
    bars = [(_indented(line), figures.of(department=line.code)) for line in lines]
    rows = [[_indented(line), *_row(figures, department=line.code)] for line in lines]
    if names := _most([(line.name, figures.of(department=line.code)) for line in _ends(lines)]):
        message = _("Of the departments with a figure, most reports come from %(names)s") % {"names": names}
    else:
        message = _("No department has a figure that can be shown")
    return _draw(bars, message, _headings(figures, _("Department")), rows)


def _by_kind(figures: Figures, department: str) -> Chart:
    bars = [(line.name, figures.of(department=department, kind=line.code)) for line in figures.kinds]
    rows = [[line.name, *_row(figures, department=department, kind=line.code)] for line in figures.kinds]
    if names := _most(bars):
        message = _("Of the kinds with a figure, reported most: %(names)s") % {"names": names}
    else:
        message = _("No kind has a figure that can be shown")
    return _draw(bars, message, _headings(figures, _("Kind")), rows)


def _indented(line: Line) -> str:
    return EN_DASH * line.depth + line.name


def _ends(lines: list[Line]) -> list[Line]:
    """The departments without others below them: a sector always has more than its parts."""
    after = [*lines[1:], Line("", "")]
    return [line for line, following in zip(lines, after, strict=True) if following.depth <= line.depth]


def _most(bars: Bars) -> str:
    """The names with the highest figure; nothing when no figure is shown."""
    highest = max((figure for _name, figure in bars if figure is not None), default=None)
    return get_text_list([name for name, figure in bars if figure == highest], _("and")) if highest else ""


def _headings(figures: Figures, first: str) -> list[str]:
    return [first, *(quarter_name(quarter) for quarter in figures.quarters), _("year so far")]


def _row(figures: Figures, **labels: str) -> list[str]:
    """A figure per quarter and for the year so far, in words."""
    quarters = [figures.of(**labels, quarter=quarter) for quarter in figures.quarters]
    return [_shown(figure) for figure in [*quarters, figures.of(**labels)]]


def _shown(figure: int | None) -> str:
    return _("hidden") if figure is None else str(figure)


def _draw(bars: Bars, message: str, headings: list[str], rows: list[list[str]]) -> Chart:
    """Bars from above to below in the order given, each under its name so that a phone has room for both.

    A hidden one has no bar but the word, so that it is no zero.
    """
    values = [{"name": name, "n": figure or 0, "label": _shown(figure)} for name, figure in bars]
    y: dict[str, Any] = {"field": "name", "type": "nominal", "sort": None, "axis": None}
    scale = {"domain": [0, max([1, *(figure or 0 for _name, figure in bars)])]}
    x: dict[str, Any] = {"field": "n", "type": "quantitative", "axis": None, "scale": scale}
    told = {"condition": {"test": "datum.n > 0", "value": INK}, "value": QUIET}
    name = {"type": "text", "align": "left", "baseline": "bottom", "dy": -BAR / 4 + 4}
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "width": WIDTH,
        "height": BAR * max(1, len(bars)),
        "encoding": {"y": y},
        "layer": [
            {"mark": {"type": "bar", "size": BAR / 3, "yOffset": BAR / 5}, "encoding": {"x": x}},
            {"mark": name, "encoding": {"x": {"value": 0}, "text": {"field": "name"}, "color": {"value": QUIET}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "dy": BAR / 5},
                "encoding": {"x": x, "text": {"field": "label"}, "color": told},
            },
        ],
    }
    return draw(spec, message=message, headings=headings, rows=rows)
