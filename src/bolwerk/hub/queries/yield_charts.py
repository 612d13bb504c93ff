"""Charts of how often rules were right beside chance, and of how well establishments were linked."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bolwerk.hub.queries.stages import Life, bounds, row_of, share
from bolwerk.hub.queries.vault import Links
from bolwerk.ui.charts import INK, QUIET, SERIES, Chart, draw

ROW = 48  # px of height for a bar and its name
WIDTH = 460
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
Bar = tuple[str, float, str, tuple[float, float] | None]  # name, length, label, and between which bounds it may lie


def chart_of_yields(rows: Sequence[Life]) -> Chart:
    """Each rule that was looked at, beside objects drawn at random, both with their interval."""
    shown = [one for one in rows if one.told]
    bars: list[Bar] = []
    for one in shown:
        told = one.told
        assert told is not None
        bars.append((one.title, share(told.confirmed, told.looked_at), bounds(told.interval), told.interval))
        if told.controls:
            name = _("drawn at random")
            bars.append(
                (f"\N{EN DASH} {name}", share(told.controls_confirmed, told.controls), bounds(told.chance), told.chance)
            )
    return draw(
        _drawing(bars, most=1.0),
        message=_message(shown),
        headings=[_("Rule"), _("Right"), _("Between"), _("Drawn at random"), _("Between"), _("Stage")],
        rows=[row_of(one) for one in shown],
        how=_("The line is the 80% interval (Wilson). Whoever looked did not know what was drawn at random."),
    )


def _message(shown: Sequence[Life]) -> str:
    better = [one.title for one in shown if one.told and one.told.verdict == "beats_chance"]
    if better:
        return _("Clearly better than chance: %(names)s") % {"names": ", ".join(better)}
    return _("No rule is clearly better than chance yet")


def chart_of_links(links: Links) -> Chart:
    """How many establishments were linked with how many errors, and how many lead nowhere."""
    names = [ngettext("%(n)s error", "%(n)s errors", errors) % {"n": errors} for errors in links.per_errors]
    pairs = [*zip(names, links.per_errors.values(), strict=True), (_("lead to no address"), links.unlinked)]
    bars: list[Bar] = [
        (name, float(number), number_format(number, force_grouping=True), None) for name, number in pairs
    ]
    message = _("%(percent)s%% of the establishments are linked to an address well enough")
    return draw(
        _drawing(bars, most=max(1.0, *(bar[1] for bar in bars))),
        message=message % {"percent": links.good_percent},
        headings=[_("Link"), _("Establishments")],
        rows=[[name, number_format(number, force_grouping=True)] for name, number in pairs],
        how=_("Only a link with no error or one feeds a finding. The others are uncertain and do not count."),
    )


def _drawing(bars: Sequence[Bar], *, most: float) -> dict[str, Any]:
    """Bars from above to below, each under its name, so that a phone has room for both; a thin line is its interval."""
    values = [
        {"key": number, "name": name, "n": value, "label": label, "low": low, "high": high, "end": max(value, high)}
        for number, (name, value, label, interval) in enumerate(bars)
        for low, high in [interval or (value, value)]
    ]
    y: dict[str, Any] = {"field": "key", "type": "nominal", "sort": None, "axis": None}
    x: dict[str, Any] = {"type": "quantitative", "axis": None, "scale": {"domain": [0, most * 1.5]}}
    name = {"type": "text", "align": "left", "baseline": "bottom", "dy": -ROW / 4 + 4}
    between: Any = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "color": {"value": INK}}
    return {
        "$schema": SCHEMA,
        "data": {"values": values},
        "width": WIDTH,
        "height": ROW * max(1, len(values)),
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "size": ROW / 3, "yOffset": ROW / 5, "color": SERIES[0], "opacity": 0.5},
                "encoding": {"x": {**x, "field": "n"}},
            },
            {"mark": {"type": "rule", "yOffset": ROW / 5}, "encoding": between},
            {"mark": name, "encoding": {"x": {"value": 0}, "text": {"field": "name"}, "color": {"value": QUIET}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "dy": ROW / 5},
                "encoding": {"x": {**x, "field": "end"}, "text": {"field": "label"}, "color": {"value": INK}},
            },
        ],
    }
