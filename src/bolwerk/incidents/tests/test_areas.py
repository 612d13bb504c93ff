"""Where a ban holds: the municipality's own places, a figure with a scale, a list, and the same in the letter."""

import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from bolwerk.documents.actions import begin_letter
from bolwerk.documents.queries import pdf_of, template_of
from bolwerk.incidents.actions.response import propose
from bolwerk.incidents.models import Measure
from bolwerk.incidents.queries.response import areas_of, drawing_of, measure_letter_facts, places
from bolwerk.incidents.rules.areas import Area, PlacesError, drawn, places_from, typed_places
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident
from bolwerk.incidents.tests.response_makers import make_established, make_plan

pytestmark = pytest.mark.django_db
SQUARE = [[5.2990, 52.6016], [5.3009, 52.6016], [5.3009, 52.6024], [5.2990, 52.6024]]


def feature(kind: str, coordinates: object, **told: object) -> dict[str, object]:
    """One feature of a GeoJSON file."""
    return {"properties": told, "geometry": {"type": kind, "coordinates": coordinates}}


HALL = feature("Polygon", [SQUARE], code="hal", name="Stadhuis", address="Kade 1")
YARD = feature("Point", [5.303, 52.603], code="werf", name="Werf", radius=60)
ROAD = feature("LineString", [[5.29, 52.6], [5.31, 52.6]], ground="street")
FILE = {"type": "FeatureCollection", "features": [HALL, YARD, ROAD]}


@pytest.fixture
def own_places(tmp_path: Path, settings: Settings) -> None:
    """A municipality with a file of places."""
    settings.BOLWERK_DIR = tmp_path
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "places.geojson").write_text(json.dumps(FILE), encoding="utf-8")


def test_polygons_and_circles_are_places_and_ground_is_drawn_below() -> None:
    found = places_from(FILE)
    assert list(found.areas) == ["hal", "werf"]
    assert len(found.areas["werf"].outline) == 36
    drawing = drawn([*found.areas.values(), Area("Bieb", "Dam 2")], found.ground)
    assert drawing.count("<polygon") == 2
    assert drawing.count("<polyline") == 1
    assert ">100 m<" in drawing
    assert "Stadhuis" not in drawing  # numbers only: words stand in the list


def test_without_an_outline_there_is_no_figure_and_the_list_stands_alone() -> None:
    areas = typed_places("Bieb, Dam 2\n\nHal")
    assert [area.line for area in areas] == ["Bieb, Dam 2", "Hal"]
    assert drawn(areas) == ""


@pytest.mark.parametrize("broken", [{"properties": {"code": "x"}}, feature("MultiPoint", [], code="x", name="X")])
def test_a_file_that_cannot_be_read_says_where(broken: dict[str, object]) -> None:
    with pytest.raises(PlacesError, match="feature 1"):
        places_from({"features": [broken]})


def make_ban() -> Measure:
    """A proposed ban on two places of which one is on the map."""
    incident, coordinator = make_incident(), make_coordinator()
    make_established(incident, coordinator)
    areas = (places_from(FILE).areas["hal"], Area("Bieb", "Dam 2"))
    return propose(incident=incident, plan=make_plan(areas=areas), by=coordinator, at=MONDAY)


@pytest.mark.usefixtures("own_places")
def test_the_letter_has_the_list_the_figure_and_the_dates() -> None:
    made = make_ban()
    measure, by = Measure.objects.select_related("incident").get(pk=made.pk), made.proposed_by
    facts = measure_letter_facts(measure, by=by, at=MONDAY, language="nl")
    assert "- Stadhuis, Kade 1\n- Bieb, Dam 2" in facts.words["areas"]
    template = template_of("incidents", "response-ban", "nl")
    letter = begin_letter(subject=measure.urn, template=template, facts=facts, by=by, at=MONDAY)
    (figure,) = letter.values["figures"]
    assert "1. Stadhuis, Kade 1" in figure["words"]
    assert "2026" in figure["words"]
    assert pdf_of(letter).startswith(b"%PDF")
    other = template_of("incidents", "response-lifting", "nl")
    assert begin_letter(subject=measure.urn, template=other, facts=facts, by=by, at=MONDAY).values["figures"] == []


@pytest.mark.usefixtures("own_places")
def test_a_place_that_changes_later_changes_no_running_ban() -> None:
    measure = make_ban()
    assert [area.name for area in areas_of(measure)] == ["Stadhuis", "Bieb"]
    assert places().areas["hal"].name == "Stadhuis"
    Measure.objects.filter(pk=measure.pk).update(areas=None)
    measure.refresh_from_db()
    assert (areas_of(measure), drawing_of(measure)) == ([], "")


@pytest.mark.usefixtures("own_places")
def test_places_are_chosen_in_the_form_and_shown_in_the_track(client: Client) -> None:
    incident, coordinator = make_incident(), make_coordinator()
    make_established(incident, coordinator)
    client.force_login(coordinator)
    here = f"/meldingen/{incident.pk}/reactie/"
    told = {"step": "ban", "deviation": "Omdat.", "places": ["hal"], "other_places": "Bieb, Dam 2"}
    assert client.post(f"{here}maatregel/", told).status_code == 302
    page = client.get(here).content.decode()
    assert "Stadhuis, Kade 1" in page
    assert "Bieb, Dam 2" in page
    assert "<polygon" in page
    many = "\n".join(f"Plek {number}" for number in range(11))
    assert "Hooguit tien" in client.post(f"{here}maatregel/", told | {"other_places": many}).content.decode()
