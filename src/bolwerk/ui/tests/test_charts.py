"""Charts are drawn by shape and colour alone."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import RequestFactory
from lxml import etree

from bolwerk.ui.charts import ATTRIBUTES, ELEMENTS, UnreadableChartError, clean_svg, draw
from bolwerk.ui.patterns import PATTERNS

SPEC: dict[str, Any] = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"x": "<script>alert(1)</script>", "n": 3}, {"x": "b", "n": 5}]},
    "mark": "bar",
    "width": 400,
    "encoding": {"x": {"field": "x", "type": "nominal"}, "y": {"field": "n", "type": "quantitative"}},
}


def test_a_drawing_holds_nothing_but_shapes_letters_and_our_colours() -> None:
    chart = draw(SPEC, message="Meer meldingen", headings=("Soort", "Aantal"), rows=[("a", 3)])
    for drawing in etree.fromstring(f"<p>{chart.svg}</p>"):
        for element in drawing.iter():
            assert element.tag in ELEMENTS
            assert set(element.attrib) <= ATTRIBUTES
    assert "var(--bw-series-1)" in chart.svg
    assert "<script" not in chart.svg


def test_it_is_drawn_wide_and_for_a_phone() -> None:
    chart = draw(SPEC, message="m", headings=(), rows=[])
    assert chart.svg.count("<svg") == 2


def test_scripts_styles_and_links_do_not_come_through() -> None:
    bad = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="x()">'
        '<style>a{}</style><script>x()</script><a xlink:href="javascript:x()"><rect style="fill:red" width="1"/></a>'
        '<image href="https://elders.example/x.png"/><text onclick="x()">ja</text></svg>'
    )
    assert clean_svg(bad) == "<svg><text>ja</text></svg>"


def test_a_specification_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(UnreadableChartError):
        draw({"mark": 3}, message="m", headings=(), rows=[])


def test_the_pattern_has_its_figures_beside_it() -> None:
    shown = PATTERNS["chart"].content(RequestFactory().get("/"), datetime(2026, 11, 23, tzinfo=UTC))
    assert len(shown["chart"].rows) == 4
