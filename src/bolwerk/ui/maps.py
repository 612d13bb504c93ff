"""Maps: our own GeoJSON on a calm ground, drawn by MapLibre without any tile server; the list beside says the same.

::

    drawing = Map(
        collection,                                        # GeoJSON FeatureCollection in WGS 84 (longitude, latitude)
        title=_("Buildings with a finding"),
        items=[Item(id="f1", text="Kade 1", href="/…", note=_("12 companies")), …],
    )
    {% map_part drawing %}

With many points give `points` instead, the address of JSON as `{"points": [[longitude, latitude, tone, id, label]]}`,
and let a list of `bolwerk.ui.lists` beside it say the same (`ListSpec.mark` gives each row its id). Points close
together are drawn as one with their number. `ground` and `outlines` are addresses of GeoJSON to draw it on: the
built-up area, and the buildings in view (asked for with `west`, `south`, `east` and `north`) once one is near enough
to see them. `borders` is the address of GeoJSON with the borders of areas (`properties.name`), and `legend` says whose
they are. `leads_to` is where a point leads, with `ID` for its id.

Each feature may have `properties.id` (that of its item, so that both light up together), `properties.tone`
("calm", "attention" or "quiet") and `properties.label`. Without JavaScript the list stands alone and misses nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.utils.functional import Promise

Text = str | Promise
_numbers = count(1)


@dataclass(frozen=True)
class Item:
    """One thing on the map, as a line of the list beside it."""

    id: str
    text: Text
    href: str = ""
    note: Text = ""


@dataclass(frozen=True)
class Map:
    """A map and its list."""

    geojson: Mapping[str, Any] = field(default_factory=dict)
    title: Text = ""
    items: Sequence[Item] = ()
    empty: Text = ""
    points: str = ""
    ground: str = ""
    outlines: str = ""
    borders: str = ""
    legend: Text = ""
    leads_to: str = ""
    id: str = field(default_factory=lambda: f"map-{next(_numbers)}")

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.geojson or self.points)
