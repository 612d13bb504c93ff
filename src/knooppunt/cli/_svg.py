"""Two plain pictures as SVG, without anything from elsewhere: bars with bounds, and lines over months.

Everything that is drawn is also said in words in `<title>` and `<desc>`; colours are told apart by a dash as well.
"""

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, BAR, LEFT, TOP, PLOT = 720, 28, 220, 44, 300
_INK, _SOFT, _BAR_COLOUR = "#1f2937", "#6b7280", "#93c5fd"
_COLOURS = ("#1d4ed8", "#b45309", "#047857", "#9d174d", "#4338ca", "#57534e")
_DASHES = ("", "6 3", "2 3", "10 4", "1 5", "12 3 2 3")
_FONT = 'font-family="sans-serif" font-size="14"'


class Bar(NamedTuple):
    """One bar: its name, how long it is, what stands behind it, and between which bounds it may lie."""

    name: str
    value: float
    told: str
    bounds: tuple[float, float] | None = None


class Line(NamedTuple):
    """One line: its name and its values, one for each label; None where there is nothing to draw."""

    name: str
    values: Sequence[float | None]


def _text(x: float, y: float, words: str, *, anchor: str = "start", colour: str = _INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" {_FONT}>{escape(words)}</text>'


def _picture(title: str, description: str, height: float, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        f'aria-labelledby="t d"><title id="t">{escape(title)}</title><desc id="d">{escape(description)}</desc>'
        f'<rect width="{WIDTH}" height="{height:.0f}" fill="#ffffff"/>{_text(16, 26, title)}'
    )
    return head + "".join(parts) + "</svg>\n"


def bars(title: str, rows: Sequence[Bar]) -> str:
    """Bars from the left, the longest value or bound over the whole width."""
    most = max([1e-9, *(max(row.value, *(row.bounds or (0.0, 0.0))) for row in rows)])
    parts = []
    for place, row in enumerate(rows):
        y = TOP + place * BAR
        parts.append(_text(LEFT - 10, y + 15, row.name, anchor="end"))
        wide = PLOT * row.value / most
        parts.append(f'<rect x="{LEFT}" y="{y + 2}" width="{wide:.1f}" height="17" fill="{_BAR_COLOUR}"/>')
        end = wide
        if row.bounds:
            low, high = (LEFT + PLOT * bound / most for bound in row.bounds)
            parts.append(f'<path d="M{low:.1f} {y + 10.5}H{high:.1f}" stroke="{_INK}" stroke-width="2"/>')
            parts += [f'<path d="M{x:.1f} {y + 5}v11" stroke="{_INK}" stroke-width="2"/>' for x in (low, high)]
            end = max(wide, high - LEFT)
        parts.append(_text(LEFT + min(end, PLOT) + 6, y + 15, row.told, colour=_SOFT))
    said = "; ".join(f"{row.name}: {row.told}" for row in rows)
    return _picture(title, said, TOP + len(rows) * BAR + 12, parts)


def lines(title: str, labels: Sequence[str], rows: Sequence[Line], *, gap: str = "") -> str:
    """Lines over labels, from zero up; the names stand below, each with its dash. A gap is called `gap` in words."""
    tall, left, wide = 220.0, 56.0, WIDTH - 80.0
    most = max([1.0, *(value for row in rows for value in row.values if value is not None)])
    step = wide / max(1, len(labels) - 1)
    parts = [_text(left - 8, TOP + 5, f"{most:,.0f}", anchor="end", colour=_SOFT)]
    parts.append(_text(left - 8, TOP + tall, "0", anchor="end", colour=_SOFT))
    parts.append(f'<path d="M{left} {TOP}V{TOP + tall}H{left + wide}" fill="none" stroke="{_SOFT}"/>')
    for place in {0, len(labels) - 1} if labels else ():
        anchor = "start" if place == 0 else "end"
        parts.append(_text(left + place * step, TOP + tall + 20, labels[place], anchor=anchor, colour=_SOFT))
    for number, row in enumerate(rows):
        path = _path(
            [
                None if value is None else (left + place * step, TOP + tall - tall * value / most)
                for place, value in enumerate(row.values)
            ]
        )
        style = f'fill="none" stroke="{_COLOURS[number % 6]}" stroke-width="2" stroke-dasharray="{_DASHES[number % 6]}"'
        y = TOP + tall + 44 + number * 20
        parts.append(f'<path d="{path}" stroke-linecap="round" {style}/><path d="M{left} {y - 5}h40" {style}/>')
        parts.append(_text(left + 50, y, row.name))
    said = "; ".join(
        f"{row.name}: {', '.join(gap if value is None else f'{value:g}' for value in row.values)}" for row in rows
    )
    return _picture(title, said, TOP + tall + 44 + len(rows) * 20, parts)


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """A line through points that is broken where there is none; a point alone is a dot."""
    parts: list[str] = []
    before = None
    for point in points:
        if point is not None:
            parts.append(f"{'L' if before else 'M'}{point[0]:.1f} {point[1]:.1f}{'' if before else 'h.1'}")
        before = point
    return "".join(parts)
