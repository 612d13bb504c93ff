"""Charts: an Altair or Vega-Lite specification becomes SVG on the server, with its figures in a table beside it.

::

    chart = draw(
        spec,                                              # alt.Chart or a Vega-Lite dict; colours: SERIES, INK, QUIET
        message=_("Reports at Civil Affairs: not demonstrably changed"),
        headings=(_("Quarter"), _("Reports"), _("Between")),
        rows=[("2026-1", 12, "8 to 17"), …],
        how=_("Counts per quarter with a 95% interval."),
    )
    {% chart_part chart %}                                 {# in the template #}

One message a chart, and the message is its title. No script, no font and no style attribute: what comes out is drawn
by shape and colour alone, in the colours of the theme, light and dark.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any

import vl_convert
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

Text = str | Promise

# A drawing speaks in these; on the page each is the theme's own colour (theme/bolwerk.css).
INK, QUIET, LINE, PAPER, ACCENT = "#111111", "#555555", "#dddddd", "#fefefe", "#aa4411"
SERIES = ("#001111", "#002222", "#003333", "#004444")
VARIABLES = {
    INK: "var(--bw-ink)",
    QUIET: "var(--bw-quiet)",
    LINE: "var(--bw-line)",
    PAPER: "var(--bw-paper)",
    ACCENT: "var(--bw-accent)",
    **{colour: f"var(--bw-series-{number})" for number, colour in enumerate(SERIES, start=1)},
}
LETTERS = 14  # px
NARROW = 250  # px of drawing on a phone of 360, where the wide one would shrink its letters beyond reading
CONFIG: dict[str, Any] = {
    "aria": False,  # the figure as a whole has a name and a table; marks one by one would only chatter
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None},
    "range": {"category": list(SERIES)},
    "axis": {
        "labelColor": QUIET,
        "titleColor": QUIET,
        "titleFontWeight": "normal",
        "labelFontSize": LETTERS,
        "titleFontSize": LETTERS,
        "gridColor": LINE,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "labelAngle": 0,
    },
    "text": {"color": INK, "fontSize": LETTERS},
    "bar": {"color": SERIES[0]},
    "line": {"color": SERIES[0], "strokeWidth": 2.5},
    "point": {"color": SERIES[0], "filled": True, "opacity": 1, "size": 90},
    "rule": {"color": QUIET, "strokeWidth": 2},
    "area": {"color": SERIES[0], "opacity": 0.2},
    "legend": {"disable": True},  # label directly
}
ELEMENTS = frozenset({"svg", "g", "path", "rect", "line", "circle", "ellipse", "polygon", "polyline", "text", "tspan"})
ATTRIBUTES = frozenset(
    {
        *("d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "width", "height", "points"),
        *("viewBox", "transform", "opacity", "display", "fill", "fill-opacity", "stroke", "stroke-width"),
        *("stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"),
        *("text-anchor", "dominant-baseline", "font-size", "font-weight", "font-style"),
    }
)
_numbers = count(1)


@dataclass(frozen=True)
class Chart:
    """A drawn chart with what it says, its figures and how they were made."""

    svg: SafeString
    message: Text
    headings: Sequence[Text]
    rows: Sequence[Sequence[object]]
    how: Text
    id: str


class UnreadableChartError(ValueError):
    """A specification that cannot be drawn."""


def _specification(spec: Any) -> dict[str, Any]:
    given = spec.to_dict() if hasattr(spec, "to_dict") else dict(spec)
    given["config"] = CONFIG
    given.pop("title", None)  # the message on the page is the title
    return given


def _clean_attributes(element: etree._Element) -> None:
    for name in list(element.attrib):
        if name not in ATTRIBUTES:
            del element.attrib[name]
    for name in ("fill", "stroke"):
        colour = element.get(name, "")
        if colour in VARIABLES:
            element.set(name, VARIABLES[colour])


def clean_svg(drawn: str) -> str:
    """Return a drawing with nothing in it but shapes, letters and the theme's colours."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(drawn.encode(), parser)
    for element in list(root.iter()):
        tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
        parent = element.getparent()
        if tag in ELEMENTS:
            _clean_attributes(element)
        elif parent is not None:
            parent.remove(element)
    for name in {"width", "height"} & set(root.attrib):
        del root.attrib[name]  # the view box stays: the page decides how wide it is
    return re.sub(r'\s+xmlns(:\w+)?="[^"]*"', "", etree.tostring(root, encoding="unicode"))


@lru_cache(maxsize=128)
def _drawn(spec: str) -> str:
    try:
        return clean_svg(vl_convert.vegalite_to_svg(spec))
    except ValueError as problem:
        raise UnreadableChartError(str(problem)) from problem


def draw(
    spec: Any,
    *,
    message: Text,
    headings: Sequence[Text],
    rows: Sequence[Sequence[object]],
    how: Text = "",
) -> Chart:
    """Draw an Altair chart or a Vega-Lite dict. `headings` and `rows` are the same figures as a table.

    With a `width` in the specification it is drawn twice: as given, and narrow for a phone. Raises UnreadableChartError
    for a specification that Vega-Lite does not understand.
    """
    wide = _specification(spec)
    svg = _drawn(json.dumps(wide, sort_keys=True))
    if wide.get("width", 0) > NARROW:
        svg += _drawn(json.dumps({**wide, "width": NARROW}, sort_keys=True))
    return Chart(mark_safe(svg), message, headings, rows, how, f"chart-{next(_numbers)}")  # noqa: S308  cleaned above
