"""Methods: the six of the domain note, whole in two languages, and every fault of an own file in a sentence."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import translation
from pytest_django import Settings

from bolwerk.accounts.tests.makers import signed_in_client
from bolwerk.circle.queries.methods import CONTENT, copy_of, in_language, method_of, methods, trouble_with_methods
from bolwerk.circle.rules.methods import Form, MethodError, Submitter, from_plain, phases_for, read_method
from bolwerk.circle.tests.makers import make_circle, make_member, make_participant

SIX = ["incident", "ten-rounds", "five-steps", "gossip", "balint", "imi"]
GOOD: dict[str, Any] = {
    "title": "Kort",
    "for": "Iets kleins",
    "not_for": "Iets groots",
    "people": [3, 6],
    "source": "Eigen werk",
    "phases": [{"title": "Vertel", "minutes": 5, "speaks": "submitter", "form": "listen", "ask": "Wat speelt er?"}],
}


def changed(**fields: Any) -> dict[str, Any]:
    return deepcopy(GOOD) | fields


def phase(**fields: Any) -> dict[str, Any]:
    return changed(phases=[GOOD["phases"][0] | fields])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_six_methods_come_along_in_both_languages_and_all_are_right(language: str) -> None:
    with translation.override(language):
        assert list(trouble_with_methods()) == []
        assert [one.slug for one in methods()] == SIX


def test_minutes_and_steps_are_those_of_the_sources() -> None:
    found = {slug: method_of(slug) for slug in SIX}
    measures = {slug: (len(one.phases), one.minutes) for slug, one in found.items() if one}
    assert measures["incident"] == (7, 65)
    assert measures["ten-rounds"][0] == 10
    assert measures["five-steps"][0] == 5
    assert measures["balint"][0] == 11
    assert 60 <= measures["balint"][1] <= 120, "one to two hours"
    assert measures["imi"][1] == 60
    incident = found["incident"]
    assert incident and [one.minutes for one in incident.phases] == [5, 10, 5, 15, 10, 10, 10]


def test_every_method_asks_for_advice_and_lets_the_submitter_look_back() -> None:
    for one in methods():
        assert any(phase.form is Form.ADVISE for phase in one.phases), one.slug
        assert any(phase.submitter is Submitter.LOOKS_BACK for phase in one.phases), one.slug


def test_phases_that_find_a_case_are_left_out_when_there_is_one() -> None:
    incident = method_of("incident")
    assert incident
    assert len(phases_for(incident, case_known=True)) == 5
    kept = copy_of("incident", case_known=False)
    title, phases = in_language(kept, "en")
    assert (title, len(phases)) == ("Incident method", 7)
    assert from_plain(kept["nl"]["phases"]) == list(incident.phases)
    assert in_language({"nl": kept["nl"]}, "en")[0] == "Incidentmethode"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (None, "geen methode"),
        (changed(title=""), "“title”"),
        (changed(people=[9, 3]), "“people”"),
        (changed(colour="red"), "“colour”"),
        (changed(phases=[]), "1 tot 20 fasen"),
        (changed(phases=["Vertel"]), "Fase 1"),
        (phase(minutes=0), "Fase 1: geef de minuten"),
        (phase(minutes="vijf"), "Fase 1: geef de minuten"),
        (phase(form="dance"), "“dance”"),
        (phase(speaks="cat"), "“cat”"),
        (phase(ask="x" * 500), "400"),
        (phase(form="choose"), "een casus"),
        (phase(form="choose", options=["Ja"]), "2 tot 8"),
        (phase(choosing=True), "geen enkele"),
        (phase(form="choose", choosing=True), "aan de casus werkt"),
        (changed(phases=[GOOD["phases"][0] | {"minutes": 100}] * 2), "180 minuten"),
    ],
)
def test_every_fault_is_said_in_a_sentence(raw: object, why: str) -> None:
    with translation.override("nl"), pytest.raises(MethodError) as refused:
        read_method("kort", raw)
    assert why in str(refused.value)


def test_a_submitter_before_the_case_is_chosen_is_refused() -> None:
    first = GOOD["phases"][0]
    chooses = first | {"form": "choose", "choosing": True}
    with pytest.raises(MethodError):
        read_method("kort", changed(phases=[first | {"submitter": "tells"}, chooses, first]))


def test_a_municipality_has_its_own_method_and_hears_of_a_fault(settings: Settings, tmp_path: Path) -> None:
    settings.BOLWERK_DIR = tmp_path
    folder = tmp_path / "content" / "methods"
    folder.mkdir(parents=True)
    (folder / "kort.nl.yaml").write_text(yaml.safe_dump(GOOD), encoding="utf-8")
    (folder / "imi.nl.yaml").write_text("title: [", encoding="utf-8")
    (folder / "balint.nl.yaml").write_text(yaml.safe_dump(GOOD), encoding="utf-8")
    longer = phase(minutes=9)
    (folder / "balint.en.yaml").write_text(yaml.safe_dump(longer), encoding="utf-8")
    slugs = [one.slug for one in methods()]
    assert "kort" in slugs
    assert "imi" not in slugs
    with translation.override("nl"):
        unequal, unreadable = trouble_with_methods()
    assert "balint" in unequal and "niet gelijk" in unequal
    assert "imi.nl.yaml" in unreadable and "regel 1" in unreadable


@pytest.mark.django_db
def test_members_read_methods_and_strangers_find_nothing() -> None:
    circle = make_circle()
    seat = make_participant(make_member(circle))
    stranger = make_participant(make_member(make_circle("Kring Zuid"), "Veendrecht"), "Wietske")
    assert seat.person and stranger.person
    client = signed_in_client(seat.person)
    assert "65 minuten" in client.get(f"/leerkring/{circle.pk}/methoden/").content.decode()
    for page in ("incident/", "incident/afdrukken/"):
        text = client.get(f"/leerkring/{circle.pk}/methoden/{page}").content.decode()
        assert "Vraag naar feiten en vraag door." in text
    assert client.get(f"/leerkring/{circle.pk}/methoden/niets/").status_code == 404
    assert signed_in_client(stranger.person).get(f"/leerkring/{circle.pk}/methoden/").status_code == 404
    assert {file.stem.rpartition(".")[0] for file in CONTENT.glob("*.yaml")} == set(SIX)
