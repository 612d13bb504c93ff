"""Maps: our own GeoJSON on a calm ground, drawn by MapLibre without any tile server; the list beside says the same.

::

    drawing = Map(
        collection,                                        # GeoJSON FeatureCollection in WGS 84 (longitude, latitude)
        title=_("Buildings with a finding"),
        items=[Item(id="f1", text="Kade 1", href="/…", note=_("12 companies")), …],
    )
    {% map_part drawing %}

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

    geojson: Mapping[str, Any]
    title: Text
    items: Sequence[Item]
    empty: Text = ""
    id: str = field(default_factory=lambda: f"map-{next(_numbers)}")
