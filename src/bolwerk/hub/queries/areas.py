"""Areas drawn on pages: their borders under the findings, and small maps of what a table about areas says.

A map says what its table says and nothing more: an area that the table does not name is hatched, whether it had few or
none, so that nothing can be worked out from the difference. Shapes are those of the day that is looked at.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from bolwerk.hub.models import Study
from bolwerk.hub.queries.outlook import month_name, study_title, tables_of
from bolwerk.hub.queries.outlook_drawn import between
from bolwerk.hub.queries.spread import KINDS, Spread
from bolwerk.hub.queries.vault import vault_folder
from bolwerk.hub.rules.sources import Register
from bolwerk.ui.areas import LETTERS, MOST_STEPS, AreaMap, Ring, Shape, Sheet, Step, in_steps
from knooppunt.findings.bias import kinds_by_code
from knooppunt.linkage.borders import TOLERANCE, Border, Picture, borders_of, features_of, picture_of
from knooppunt.outlook import Forecast, SeriesTold, told_ahead, told_series
from knooppunt.outlook.telling import Between
from knooppunt.vault import Vault, VaultError, open_vault
from knooppunt.vault.knowing import since

SHEET = "areas"
TOLD = {"more": "more", "fewer": "fewer", "no difference shown": "same"}
MARKS = {"more": "+", "same": "=", "fewer": "\u2212"}  # a minus, as wide as the plus


@dataclass(frozen=True)
class Borders:
    """The neighbourhoods of a day, and the day of the delivery that says so."""

    areas: tuple[Border, ...]
    since: date

    @cached_property
    def picture(self) -> Picture:
        """They as a picture."""
        return picture_of(self.areas)

    @cached_property
    def sheet(self) -> Sheet:
        """The shapes that the maps of a page share."""
        shapes = [Shape(one.code, one.name, one.path, one.x, one.y) for one in self.picture.outlines]
        return Sheet(SHEET, self.picture.width, self.picture.height, shapes)

    @cached_property
    def features(self) -> list[dict[str, Any]]:
        """They as GeoJSON."""
        return features_of(self.areas)

    @property
    def said(self) -> str:
        """Whose borders these are, in words."""
        words = {"day": date_format(self.since, "j F Y"), "metres": number_format(TOLERANCE, decimal_pos=0)}
        return (
            _("Neighbourhoods of CBS, as of %(day)s. Drawn simply: bends smaller than %(metres)s metres are left out.")
            % words
        )


def borders_drawn(
    registers: frozenset[str], *, day: date | None = None, known_on: date | None = None
) -> Borders | None:
    """The neighbourhoods of a `day` (today's: the newest), as known on a day if given; None when nothing is drawn.

    That is so while the register is not one of those in use (`access.in_use`), was not read in, or cannot be read.
    No query.
    """
    if Register.BOUNDARIES.value not in registers:
        return None
    try:
        vault = open_vault(vault_folder(), known_on=known_on).about(day)
        delivery = vault.delivery(Register.BOUNDARIES.value)
        drawn = _drawn(vault.path, vault.municipality, delivery.delivery, day, known_on)
    except VaultError:
        return None
    return drawn if drawn.areas else None


@lru_cache(maxsize=16)
def _drawn(folder: Path, _municipality: str | None, _delivery: str, day: date | None, known_on: date | None) -> Borders:
    """Worked out once for each delivery, with the drawings of it: a delivery never changes."""
    vault = open_vault(folder, known_on=known_on).about(day)
    return Borders(borders_of(vault), since(vault.delivery(Register.BOUNDARIES.value)))


def borders_collection(borders: Borders | None) -> dict[str, Any]:
    """Borders as GeoJSON; empty when there is nothing to draw."""
    return {"type": "FeatureCollection", "features": borders.features if borders else []}


@dataclass(frozen=True)
class AreaMaps:
    """The maps of a page on one sheet."""

    sheet: Sheet
    maps: Mapping[str, AreaMap]


def maps_of_outlook(study: Study, borders: Borders | None) -> AreaMaps | None:
    """The maps of a look ahead: what was counted, what is expected, where there is more than chance puts there."""
    if borders is None:
        return None
    tables = tables_of(study)
    series = told_series(tables.series)
    codes = _codes(series, borders)
    totals = {codes[one.name]: one.total.bounds for one in series.areas if one.name in codes and one.total.low}
    months = {"first": month_name(series.first), "last": month_name(series.last)}
    message = _("%(what)s per neighbourhood, %(first)s up to and including %(last)s")
    made: dict[str, AreaMap | None] = {
        "series": _in_colour(totals, borders, message % {"what": study_title(study.about), **months}),
        "ahead": _ahead(tables.forecast, series, codes, borders),
        "spots": _spots(study.result["spots"], borders),
    }
    return AreaMaps(borders.sheet, {name: drawing for name, drawing in made.items() if drawing is not None})


def _codes(series: SeriesTold, borders: Borders) -> dict[str, str]:
    """The areas of a series that are on the map, by name; those of before codes were kept by their name."""
    there = {one.code for one in borders.areas}
    names = [one.name for one in borders.areas]
    by_name = {one.name: one.code for one in borders.areas if names.count(one.name) == 1}
    kept = any(one.code for one in series.areas)
    told = {one.name: one.code if kept else by_name.get(one.name, "") for one in series.areas}
    return {name: code for name, code in told.items() if code in there}


def _in_colour(told: dict[str, tuple[int, int]], borders: Borders, message: str) -> AreaMap | None:
    """Areas by their bounds in at most five steps of a colour; None when none of them has a number."""
    if not told:
        return None
    groups = in_steps({one: (low + high) / 2 for one, (low, high) in told.items()})
    steps = [
        Step(str(MOST_STEPS - len(groups) + place), LETTERS[place - 1], _between(told, ids), ids)
        for place, ids in enumerate(groups, start=1)
    ]
    how = _("A is the fewest. %(borders)s") % {"borders": borders.said}
    if any(low < high for low, high in told.values()):
        how = _("Where a year is not told, an area stands by the middle of its bounds. %(how)s") % {"how": how}
    return AreaMap(borders.sheet, message, steps=steps, hidden=_("Not shown: too few, or none"), how=how)


def _between(told: Mapping[str, tuple[int, int]], ids: list[str]) -> str:
    return between(Between(min(told[one][0] for one in ids), max(told[one][1] for one in ids)))


def _ahead(told: Forecast, series: SeriesTold, codes: Mapping[str, str], borders: Borders) -> AreaMap | None:
    ahead = told_ahead(told, series.names & codes.keys())
    expected = {codes[one.name]: (one.expected, one.expected) for one in ahead if one.expected is not None}
    message = _("Expected in %(month)s per neighbourhood") % {"month": month_name(told.month)}
    return _in_colour(expected, borders, message)


def _spots(spots: list[dict[str, Any]], borders: Borders) -> AreaMap | None:
    """The hot spots as circles with the number that they have in the list below."""
    if not spots:
        return None
    picture = borders.picture
    rings = [
        Ring(*picture.place(one["x"], one["y"]), round(one["radius"] * picture.scale), str(number), one["street"])
        for number, one in enumerate(spots, start=1)
    ]
    message = _("Where these places are")
    return AreaMap(borders.sheet, message, rings=rings, how=borders.said)


def maps_of_spreads(
    spreads: Iterable[Spread], borders: Borders | None, *, registers: frozenset[str], known_on: date | None
) -> AreaMaps | None:
    """Of each rule that finds more in some kinds of neighbourhoods than elsewhere: where those are. By title."""
    telling = [one for one in spreads if one.differs and one.tells]
    if borders is None or not telling or Register.AREAS.value not in registers:
        return None
    made: dict[str, AreaMap] = {}
    for one in telling:
        kinds = _kinds(one.as_of, known_on)
        if kinds:
            made[one.title] = _spread_map(one, kinds, borders)
    return AreaMaps(borders.sheet, made) if made else None


def _kinds(day: date, known_on: date | None) -> dict[str, str]:
    """The kind of each neighbourhood on a day by its code; none when the vault cannot say."""
    try:
        vault: Vault = open_vault(vault_folder(), known_on=known_on).about(day)
        return kinds_by_code(vault)
    except VaultError:
        return {}


def _spread_map(spread: Spread, kinds: Mapping[str, str], borders: Borders) -> AreaMap:
    words = {"more": _("Found more often"), "same": _("No difference shown"), "fewer": _("Found less often")}
    steps = []
    for tone, text in words.items():
        those = [kind for kind, said in spread.compared.items() if TOLD.get(said) == tone]
        ids = [shape.id for shape in borders.sheet.shapes if kinds.get(shape.id) in those]
        if ids:
            named = ", ".join(str(KINDS[kind]) for kind in those)
            steps.append(Step(tone, MARKS[tone], f"{text}: {named}", ids))
    message = _("%(title)s: kinds of neighbourhoods on the map") % {"title": spread.title}
    return AreaMap(
        borders.sheet, message, steps=steps, hidden=_("Too few to tell, or kind not known"), how=borders.said
    )
