"""Where a measure holds: the places of the municipality, and what a measure kept of them."""

import json
import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.db.models import F
from django.utils.safestring import SafeString, mark_safe

from bolwerk.incidents.models import Measure, Place
from bolwerk.incidents.queries.kinds import CONTENT
from bolwerk.incidents.rules.areas import Area, Places, PlacesError, drawn, places_from
from bolwerk.ui.content import content_file

log = logging.getLogger(__name__)
NOTHING = Places({}, [])


@lru_cache(maxsize=2)
def _read(file: Path, _changed: int) -> Places:
    try:
        return places_from(json.loads(file.read_text(encoding="utf-8")))
    except (PlacesError, ValueError) as error:  # the list of addresses goes on without a map
        log.warning("The places in %s cannot be read: %s", file, error)
        return NOTHING


def places_in_file() -> Places:
    """The places in the municipality's own `<dir>/content/places.geojson`; none when there is no such file."""
    file = content_file(CONTENT, "places.geojson")
    return _read(file, file.stat().st_mtime_ns)


def places() -> Places:
    """Every place that can be chosen, by code: those that were typed in Bolwerk, then those of the file. One query."""
    typed = {str(place.pk): place.area for place in Place.objects.filter(retired_at=None)}
    read = places_in_file()
    return Places({**typed, **read.areas}, read.ground)


def drawing_of_known(known: Places) -> SafeString:
    """The figure of every place that can be chosen, numbered as in the list; empty when no outline is known."""
    return mark_safe(drawn(list(known.areas.values()), known.ground))  # noqa: S308  numbers and shapes of ours


def own_places() -> list[Place]:
    """Every place that was typed in Bolwerk, also those that are no longer offered."""
    return list(Place.objects.order_by(F("retired_at").asc(nulls_first=True), "name", "pk"))


def place_numbered(place_id: UUID) -> Place | None:
    """The place with this id, offered or not."""
    return Place.objects.filter(pk=place_id).first()


def drawing_of_place(place: Place) -> SafeString:
    """The figure of one place; empty when it has no outline."""
    return mark_safe(drawn([place.area], places_in_file().ground))  # noqa: S308  numbers and shapes of ours


def areas_of(measure: Measure) -> list[Area]:
    """Where a measure holds, as it was on the day of the proposal."""
    return [Area(**kept) for kept in measure.areas or []]


def drawing_of(measure: Measure) -> str:
    """The figure of where a measure holds; empty when no outline is known."""
    return drawn(areas_of(measure), places_in_file().ground)


def places_chosen(measure: Measure, known: Mapping[str, Area]) -> dict[str, object]:
    """What the form of a measure begins with: which known places it has, and the others as they were typed."""
    areas = areas_of(measure)
    codes = [code for code, area in known.items() if area in areas]
    others = [area.line for area in areas if area not in known.values()]
    return {"places": codes, "other_places": "\n".join(others)}
