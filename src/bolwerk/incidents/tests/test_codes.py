"""Lists of codes: the municipality words them, what they mean stays ours, and a wrong file stops nobody."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.deadlines.models import Task
from bolwerk.incidents.actions import correct, sort, told_in
from bolwerk.incidents.models import Incident
from bolwerk.incidents.models.codes import codes_of, trouble_with_lists, word_for
from bolwerk.incidents.queries import kinds, story_for_handlers
from bolwerk.incidents.rules import Channel, Kind
from bolwerk.incidents.rules.codes import MEANINGS, Code, CodeList, ListError, read_codes, starts
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident
from bolwerk.incidents.tests.test_report_pages import NEW, filled_in
from bolwerk.ui.icons import ICONS

SPITTING = """
- {code: spitting, means: aggression, label: Spugen, hint: "ook als het niet raakt", icon: mood-angry}
- {code: threat, label: Dreiging}
- {code: other, label: Iets anders}
"""
db = pytest.mark.django_db


@pytest.fixture
def own(tmp_path: Path, settings: Any) -> Path:
    """The folder with content of the municipality's own."""
    settings.BOLWERK_DIR = tmp_path
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def keep(folder: Path, text: str, name: str = "kinds") -> None:
    """The same list in both languages."""
    for language in ("nl", "en"):
        (folder / f"{name}.{language}.yaml").write_text(text, encoding="utf-8")


def refused(rows: object, of: CodeList = CodeList.KINDS) -> str:
    with pytest.raises(ListError) as refusal, translation.override("en"):
        read_codes(rows, of=of, icons=ICONS)
    return str(refusal.value)


def test_what_comes_along_has_every_code_of_ours_in_both_languages() -> None:
    for of in CodeList:
        for language in ("nl", "en"):
            with translation.override(language):
                assert [one.code for one in codes_of(of)] == list(MEANINGS[of].values)
                assert all(one.label for one in codes_of(of))
    assert not list(trouble_with_lists())


def test_a_code_of_ours_starts_what_the_rules_say_whatever_a_list_says() -> None:
    assert {start.value for start in starts(Kind.THREAT)} == {"talk", "response", "police"}
    row = {"code": "threat", "label": "Dreiging", "starts": []}
    assert "a list cannot change that" in refused([row])
    assert "stays as it is" in refused([{"code": "threat", "label": "Dreiging", "means": "near_miss"}])


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ({"code": "other"}, "no list"),
        ([], "no list"),
        (["other"], "entry 1: it is no row"),
        ([{"code": "Other", "label": "x"}], "small letters"),
        ([{"code": "other"}], "“label” is missing"),
        ([{"code": "other", "label": "a\nb"}], "“label” is missing"),
        ([{"code": "other", "label": "x" * 81}], "longer than 80"),
        ([{"code": "other", "label": "x", "colour": "red"}], "“colour” is not known"),
        ([{"code": "other", "label": "x", "icon": "no-such"}], "no icon"),
        ([{"code": "spitting", "label": "x"}], "is your own code: say with “means”"),
        ([{"code": "spitting", "label": "x", "means": "spit"}], "is your own code: say with “means”"),
        ([{"code": "other", "label": "x"}] * 2, "entry 2: “other” stands in it twice"),
        ([{"code": "threat", "label": "x"}], "“other” must stay"),
    ],
)
def test_what_is_wrong_is_said_with_the_entry(rows: object, why: str) -> None:
    assert why in refused(rows)


def test_severity_takes_no_codes_of_its_own_and_keeps_its_three() -> None:
    assert "no codes of your own" in refused([{"code": "fatal", "label": "x", "means": "heavy"}], CodeList.SEVERITY)
    assert "must stay" in refused([{"code": "heavy", "label": "x"}], CodeList.SEVERITY)


def test_a_list_of_the_municipality_goes_before_ours(own: Path) -> None:
    keep(own, SPITTING)
    assert [one.code for one in kinds()] == ["spitting", "threat", "other"]
    assert word_for(CodeList.KINDS, "threat") == "Dreiging"
    assert word_for(CodeList.KINDS, "accident") == "Ongeval"  # left the list, still has a word
    keep(own, SPITTING.replace("Spugen", "Spugen of rochelen"))
    assert kinds()[0].label == "Spugen of rochelen"


def test_a_wrong_file_is_said_with_its_line_and_ours_holds_meanwhile(own: Path) -> None:
    keep(own, "- {code: spitting")
    assert len(kinds()) == len(Kind)
    with translation.override("en"):
        said = list(trouble_with_lists())
    assert len(said) == 2
    assert said[0].endswith("kinds.nl.yaml is not used: it cannot be read (line 1).")


def test_languages_that_differ_are_said(own: Path) -> None:
    (own / "kinds.nl.yaml").write_text(SPITTING, encoding="utf-8")
    with translation.override("en"):
        (sentence,) = trouble_with_lists()
    assert "not the same in both languages" in sentence
    assert "spitting" in sentence


@db
def test_an_own_kind_counts_as_ours_with_its_clocks_and_reads_as_its_own(own: Path, client: Client) -> None:
    keep(own, SPITTING)
    client.force_login(make_person(department=make_department()))
    client.post(NEW, filled_in(kind="spitting"))
    incident = Incident.objects.get()
    assert (incident.kind, incident.kind_own) == ("aggression", "spitting")
    assert incident.get_kind_display() == "Spugen"
    assert Task.objects.filter(key="response").exists()
    (own / "kinds.nl.yaml").unlink()
    assert incident.get_kind_display() == "Agressie of geweld (spitting)"  # the list has gone; the code is still shown


@db
def test_setting_right_tells_which_own_kind_stood_there(own: Path) -> None:
    keep(own, SPITTING)
    incident = make_incident(kind=Kind.AGGRESSION, kind_own="spitting")
    told = told_in(incident=incident)
    now = type(told)(**{**vars(told), "kind": Kind.THREAT, "kind_own": "", "channel": Channel.PHONE})
    correct(incident=incident, told=now, by=incident.reporter, at=MONDAY, seen=1)
    (story,) = stories(incident)
    assert "Spugen" in story
    assert "Aan de balie" in story


def stories(incident: Incident) -> list[str]:
    """What its story says stood there before."""
    return [line.text for line in story_for_handlers(Incident.objects.get(pk=incident.pk)) if line.icon == "history"]


@db
def test_a_kind_that_left_the_list_can_stay_when_something_else_is_set_right(own: Path, client: Client) -> None:
    incident = make_incident(make_person(department=make_department()), kind=Kind.ACCIDENT)
    keep(own, SPITTING)
    client.force_login(incident.reporter)
    form = {"seen": 1, "kind": "accident", "channel": "desk", "place": "Balie 3", "occurred_at": "2026-11-23T10:00"}
    assert client.post(f"/meldingen/mijn/{incident.pk}/verbeteren/", form).status_code == 302
    incident.refresh_from_db()
    assert (incident.kind, incident.place) == ("accident", "Balie 3")


@pytest.fixture
def coordinator(client: Client) -> Person:
    person = make_coordinator()
    client.force_login(person)
    return person


@db
def test_a_handler_sorts_a_report_and_the_reporter_does_not_read_the_motive(
    client: Client, coordinator: Person
) -> None:
    incident = make_incident()
    address = f"/meldingen/{incident.pk}/indeling/"
    client.post(address, {"seen": 1, "forms": ["verbal", "at_home"], "motive": "frustration"})
    incident.refresh_from_db()
    assert (incident.forms, incident.motive) == ("verbal at_home", "frustration")
    assert "Opwachten bij huis" in client.get(f"/meldingen/{incident.pk}/").content.decode()
    client.force_login(incident.reporter)
    page = client.get(f"/meldingen/mijn/{incident.pk}/").content.decode()
    assert "Frustratie" not in page


@db
def test_two_handlers_who_sort_at_once_do_not_overwrite_each_other(client: Client, coordinator: Person) -> None:
    incident = make_incident()
    sort(incident=incident, forms=["verbal"], motive="", by=coordinator, at=MONDAY, seen=1)
    answer = client.post(f"/meldingen/{incident.pk}/indeling/", {"seen": 1, "forms": ["doxing"]})
    assert answer.status_code == 409
    assert Incident.objects.get().forms == "verbal"


def test_a_code_of_ours_is_nobodys_own() -> None:
    assert Code("threat", "x").own == ""
    assert Code("spitting", "x", means="aggression").own == "spitting"
