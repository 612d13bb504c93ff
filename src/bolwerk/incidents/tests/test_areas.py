"""Where a ban holds: the municipality's own places, a figure with a scale, a list, and the same in the letter."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.documents.actions import begin_letter
from bolwerk.documents.queries import pdf_of, template_of
from bolwerk.incidents.actions import ChangedMeanwhileError
from bolwerk.incidents.actions.response import PlaceTold, add_place, change_place, offer_place, propose
from bolwerk.incidents.models import Measure, Place
from bolwerk.incidents.queries.response import (
    areas_of,
    drawing_of,
    gate_of,
    ladder,
    measure_letter_facts,
    places,
    response_of,
)
from bolwerk.incidents.rules.areas import Area, PlacesError, drawn, places_from, typed_places
from bolwerk.incidents.rules.ladder import Need, Step
from bolwerk.incidents.rules.places import CornersError, check_shape, corners_in_words, corners_typed
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


CORNERS = "52.6016, 5.2990\n52.6016, 5.3009\n52.6024, 5.3009"
PLACES = "/meldingen/instellingen/plaatsen/"


def test_corners_are_read_as_map_sites_give_them_and_written_back_alike() -> None:
    points = corners_typed(f"{CORNERS}\n\n 52.6024;5.2990 ")
    assert points[0] == (5.2990, 52.6016)
    assert corners_typed(corners_in_words(points)) == points


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Dam 1", "geen paar"),
        ("5.2990, 52.6016", "omgewisseld"),
        ("\n".join(["52.6016, 5.2990"] * 61), "60 hoeken"),
        ("52.6016, 5.2990, 4.0", "geen paar"),
    ],
)
def test_corners_that_cannot_be_used_say_why(typed: str, why: str) -> None:
    with pytest.raises(CornersError) as refusal:
        corners_typed(typed)
    assert why in str(refusal.value.text) % refusal.value.parts


def test_two_points_are_no_area_and_one_needs_a_radius() -> None:
    one = (5.2990, 52.6016)
    check_shape([], None)
    check_shape([one], 50)
    check_shape([one] * 3, None)
    for points in ([one], [one] * 2):
        with pytest.raises(CornersError):
            check_shape(points, None)


def make_place(by_role: Role = Role.FUNCTIONAL_ADMINISTRATOR, **changes: object) -> Place:
    """A circle around a counter."""
    told = {"name": "Balie Noord", "address": "Noord 1", "points": ((5.303, 52.603),), "radius": 40} | changes
    return add_place(told=PlaceTold(**told), by=make_person("Ada", by_role), at=MONDAY)  # type: ignore[arg-type]  # names of its fields


def test_a_place_is_added_changed_and_no_longer_offered_and_the_trail_says_so() -> None:
    place = make_place()
    assert places().areas[str(place.pk)].line == "Balie Noord, Noord 1"
    assert len(places().areas[str(place.pk)].outline) == 36
    by = make_coordinator()
    change_place(place=place, told=PlaceTold("Balie", "Noord 2"), by=by, at=MONDAY, seen=1)
    assert places().areas[str(place.pk)] == Area("Balie", "Noord 2")
    offer_place(place=place, offered=False, by=by, at=MONDAY, seen=2)
    assert str(place.pk) not in places().areas
    offer_place(place=place, offered=True, by=by, at=MONDAY, seen=3)
    assert str(place.pk) in places().areas
    assert Line.objects.filter(event="incidents.place.set", subject=place.urn).count() == 4


def test_of_two_who_change_a_place_one_is_told() -> None:
    place, by = make_place(), make_coordinator()
    change_place(place=place, told=PlaceTold("Een"), by=by, at=MONDAY, seen=1)
    with pytest.raises(ChangedMeanwhileError):
        change_place(place=place, told=PlaceTold("Twee"), by=by, at=MONDAY, seen=1)
    place.refresh_from_db()
    assert place.name == "Een"


@pytest.mark.parametrize("role", [Role.FUNCTIONAL_ADMINISTRATOR, Role.AGGRESSION_COORDINATOR])
def test_an_editor_adds_a_place_and_sees_it_on_the_map(client: Client, role: Role) -> None:
    client.force_login(make_person("Eddy", role))
    told = {"name": "Plein", "address": "Dam 1", "points": CORNERS}
    assert client.post(f"{PLACES}nieuw/", told).status_code == 302
    page = client.get(PLACES).content.decode()
    assert "Plein, Dam 1" in page
    assert "<polygon" in page
    place = Place.objects.get()
    here = f"{PLACES}{place.pk}/"
    assert "52.601600, 5.299000" in client.get(here).content.decode()
    refused = client.post(here, told | {"seen": 1, "points": "52.6, 5.3"})
    assert "hoeveel meter" in refused.content.decode()
    assert client.post(here, told | {"seen": 1, "name": "Groot plein"}).status_code == 302
    late = client.post(here, told | {"seen": 1, "name": "Klein plein"})
    assert late.status_code == 409
    assert "Klein plein" in late.content.decode()
    assert client.post(here, told | {"seen": 2, "offer": "no"}).status_code == 302
    assert "niet meer" in client.get(PLACES).content.decode()


def test_a_manager_cannot_change_places(client: Client) -> None:
    client.force_login(make_person("Mia", Role.MANAGER))
    assert client.get(PLACES).status_code == 404
    assert client.post(f"{PLACES}nieuw/", {"name": "Plein"}).status_code == 404
    assert not Place.objects.exists()


def make_arrangement(**changes: object) -> Measure:
    """A proposed contact arrangement."""
    incident, coordinator = make_incident(), make_coordinator()
    make_established(incident, coordinator)
    plan = replace(make_plan(Step.CONTACT, deviation="Past beter."), **changes)  # type: ignore[arg-type]  # names of its fields
    return propose(incident=incident, plan=plan, by=coordinator, at=MONDAY)


@pytest.mark.usefixtures("own_places")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_letter_of_an_arrangement_has_its_contact_ways_and_places(language: str) -> None:
    made = make_arrangement(ways=("letter", "appointment"), areas=(places_from(FILE).areas["hal"],))
    measure, by = Measure.objects.select_related("incident").get(pk=made.pk), made.proposed_by
    facts = measure_letter_facts(measure, by=by, at=MONDAY, language=language)
    template = template_of("incidents", "response-contact", language)
    letter = begin_letter(subject=measure.urn, template=template, facts=facts, by=by, at=MONDAY)
    text = letter.values["text"]
    assert "Teammanager Publiek, 0229 55 55 55" in text
    assert {"nl": "- per brief", "en": "- by letter"}[language] in text
    assert {"nl": "- telefonisch", "en": "- by phone"}[language] not in text
    assert "- Stadhuis, Kade 1" in text
    assert len(letter.values["figures"]) == 1
    assert pdf_of(letter).startswith(b"%PDF")


def test_an_arrangement_without_places_holds_everywhere() -> None:
    measure = make_arrangement()
    facts = measure_letter_facts(measure, by=measure.proposed_by, at=MONDAY, language="nl")
    assert facts.words["areas"] == "- alle gebouwen, balies en telefoonnummers van de gemeente"


@pytest.mark.parametrize("missing", [{"contact": ""}, {"ways": ()}])
def test_an_arrangement_without_contact_or_way_stays_behind_the_gate(missing: dict[str, object]) -> None:
    measure = make_arrangement(**missing)
    needs = ladder()[Step.CONTACT].needs
    assert gate_of(measure, response_of(measure.incident), needs) == [Need.WAY]


@pytest.mark.usefixtures("own_places")
def test_contact_and_ways_are_filled_in_shown_and_changed(client: Client) -> None:
    incident, coordinator = make_incident(), make_coordinator()
    make_established(incident, coordinator)
    client.force_login(coordinator)
    here = f"/meldingen/{incident.pk}/reactie/"
    form = client.get(f"{here}maatregel/").content.decode()
    assert "1. Stadhuis, Kade 1" in form
    assert "<polygon" in form
    told = {"step": "contact", "deviation": "Omdat.", "contact": "Balie, 14 0229", "ways": ["phone", "letter"]}
    assert client.post(f"{here}maatregel/", told).status_code == 302
    page = client.get(here).content.decode()
    assert "Balie, 14 0229" in page
    assert "per brief" in page
    measure = Measure.objects.get()
    change = client.get(f"{here}{measure.pk}/wijzigen/").content.decode()
    assert "Balie, 14 0229" in change
    assert change.count("checked") == 3  # the step and two ways
