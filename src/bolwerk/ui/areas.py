"""Areas as a small drawing: coloured by what a table says, and readable without colour, without a script, on paper.

::

    drawing = AreaMap(
        sheet=Sheet("areas", 1000, 700, shapes),           # Shape(id, name, path, x, y): drawn once on a page
        message=_("Reports per neighbourhood"),
        steps=[Step("1", "A", _("10 to 14"), ["n1", "n2"]), …],
        hidden=_("Not shown: small numbers"),              # every shape in no step, and all of them look alike
    )
    {% sheet_part sheet %}                                 {# once on the page, before its maps #}
    {% area_map_part drawing %}

Each step has a mark that stands in its areas, a colour, and the names of its areas in words. `Ring`s are circles on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from django.utils.functional import Promise

Text = str | Promise
_numbers = count(1)
MOST_STEPS = 5
LETTERS = "ABCDE"


@dataclass(frozen=True)
class Shape:
    """An area: its path in units of its sheet, and where its mark stands."""

    id: str
    name: str
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Sheet:
    """The shapes that maps on one page share."""

    id: str
    width: int
    height: int
    shapes: Sequence[Shape]


@dataclass(frozen=True)
class Step:
    """The areas that look alike: the tone of their colour, the mark in them, and what it says of them."""

    tone: str  # 1 (least) to 5 (most), or more, same, fewer
    mark: str
    text: Text
    ids: Sequence[str]


@dataclass(frozen=True)
class Ring:
    """A circle drawn over the areas, with its number."""

    x: int
    y: int
    radius: int
    mark: str
    text: Text


@dataclass(frozen=True)
class AreaMap:
    """A drawing of areas with its legend, and how it was made."""

    sheet: Sheet
    message: Text
    steps: Sequence[Step] = ()
    rings: Sequence[Ring] = ()
    hidden: Text = ""
    how: Text = ""
    id: str = field(default_factory=lambda: f"areas-{next(_numbers)}")

    @property
    def drawn(self) -> list[tuple[Shape, Step | None]]:
        """Every shape with its step; of what is hidden all look alike."""
        step_of = {one: step for step in self.steps for one in step.ids}
        return [(shape, step_of.get(shape.id)) for shape in self.sheet.shapes]

    @property
    def legend(self) -> list[tuple[Step, str]]:
        """Every step with the names of its areas."""
        names = {shape.id: shape.name for shape in self.sheet.shapes}
        return [(step, ", ".join(sorted(names[one] for one in step.ids if one in names))) for step in self.steps]

    @property
    def unnamed(self) -> str:
        """The names of the areas that are hidden."""
        return ", ".join(sorted(shape.name for shape, step in self.drawn if step is None)) if self.hidden else ""


def in_steps(values: dict[str, float]) -> list[list[str]]:
    """Areas from least to most in at most five groups of about as many; equal values stay together."""
    order = sorted(set(values.values()))
    steps = min(MOST_STEPS, len(order))
    step_of = {value: place * steps // len(order) for place, value in enumerate(order)}
    return [[one for one, value in sorted(values.items()) if step_of[value] == step] for step in range(steps)]
