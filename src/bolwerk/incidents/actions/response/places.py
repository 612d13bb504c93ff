"""The municipality's own places: added, changed, no longer offered and offered again. Measures keep their copies."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.models import Place
from bolwerk.incidents.rules.areas import Point
from bolwerk.incidents.rules.places import check_shape


@dataclass(frozen=True)
class PlaceTold:
    """A place as somebody typed it."""

    name: str
    address: str = ""
    points: tuple[Point, ...] = ()
    radius: int | None = None


def _fill(place: Place, told: PlaceTold) -> None:
    check_shape(told.points, told.radius)
    place.name, place.address, place.radius = told.name, told.address, told.radius
    place.points = [list(point) for point in told.points]


def _noted(place: Place, *, by: Person, at: datetime) -> Place:
    offered = place.retired_at is None
    record("incidents.place.set", subject=place.urn, actor=by.urn, at=at, offered=offered)
    return place


@transaction.atomic
def add_place(*, told: PlaceTold, by: Person, at: datetime) -> Place:
    """Add a place that measures can hold for. Raises CornersError."""
    place = Place()
    _fill(place, told)
    place.save()
    return _noted(place, by=by, at=at)


def _lock(place: Place, seen: int) -> Place:
    now = Place.objects.select_for_update().get(pk=place.pk)
    if now.version != seen:
        raise ChangedMeanwhileError
    now.version += 1
    return now


@transaction.atomic
def change_place(*, place: Place, told: PlaceTold, by: Person, at: datetime, seen: int) -> Place:
    """Change a place for measures from now on. Raises ChangedMeanwhileError, CornersError."""
    now = _lock(place, seen)
    _fill(now, told)
    now.save()
    return _noted(now, by=by, at=at)


@transaction.atomic
def offer_place(*, place: Place, offered: bool, by: Person, at: datetime, seen: int) -> Place:
    """Offer a place for measures, or no longer. It stays, so that this can be undone. Raises ChangedMeanwhileError."""
    now = _lock(place, seen)
    now.retired_at = None if offered else at
    now.save(update_fields=["retired_at", "version"])
    return _noted(now, by=by, at=at)
