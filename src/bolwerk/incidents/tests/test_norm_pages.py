"""The pages of the norm: who sees what, and the way from draft to adopted."""

from io import BytesIO

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.documents.tests.pdf_checks import problems, text_of
from bolwerk.incidents.models import Norm, Response
from bolwerk.incidents.tests.makers import make_coordinator, make_incident, make_manager
from bolwerk.incidents.tests.norm_makers import make_norm, make_norm_draft, make_team_draft
from bolwerk.incidents.tests.response_makers import make_board

pytestmark = pytest.mark.django_db
NORM = "/meldingen/norm/"
HOUSE = "/meldingen/huisregels/"
ANGRY = {"line": "orange", "behaviour": "Iemand gooit papier.", "employee": "Stop.", "manager": "Bel."}
ANGRY["police"] = "none"


def enter(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def test_everybody_reads_the_norm_and_before_it_an_example(client: Client) -> None:
    enter(client, make_person("Sanne de Wit"))
    assert "Voorbeeld, niet vastgesteld" in client.get(NORM).content.decode()
    make_norm()
    page = client.get(NORM).content.decode()
    assert "vastgesteld door Annelies Hoekstra" in page
    assert "Iemand slaat, schopt" in page


def test_visitors_read_house_rules_without_signing_in(client: Client) -> None:
    assert "Er zijn hier nog geen huisregels." in client.get(HOUSE).content.decode()
    make_norm()
    page = client.get(HOUSE).content.decode()
    assert "Bedreig niemand." in page
    assert "Beslist over een toegangsverbod" not in page  # what we do among ourselves


def test_the_way_from_draft_to_adopted(client: Client) -> None:
    enter(client, make_coordinator())
    assert client.post(f"{NORM}begin/").status_code == 302
    draft = Norm.objects.get()
    here = f"{NORM}{draft.pk}/"
    client.post(f"{here}regel/", {"seen": 1, **ANGRY})
    assert "Iemand gooit papier." in client.get(here).content.decode()
    client.post(f"{here}aanbieden/", {"seen": 2})
    assert "Er wordt al een nieuwe versie gemaakt." in client.post(f"{NORM}begin/", follow=True).content.decode()
    enter(client, make_board())
    assert "Vaststellen" in client.get(here).content.decode()
    day = timezone.localdate()
    client.post(f"{here}vaststellen/", {"seen": 3, "valid_from": day.isoformat()})
    draft.refresh_from_db()
    assert (draft.state, draft.valid_from) == ("adopted", day)


def test_bad_input_stays_with_a_clear_sentence(client: Client) -> None:
    enter(client, make_coordinator())
    draft = make_norm_draft()
    values = {"seen": 1, "line": "orange", "employee": "Stop zo."}
    page = client.post(f"{NORM}{draft.pk}/regel/", values).content.decode()
    assert "Stop zo." in page
    late = client.post(f"{NORM}{draft.pk}/regel/", {"seen": 9, **ANGRY})
    assert late.status_code == 409
    assert "Iemand gooit papier." in late.content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AGGRESSION_COORDINATOR])
def test_a_draft_exists_only_for_whoever_writes_it(client: Client, role: Role) -> None:
    draft = make_norm_draft()
    enter(client, make_person("Iemand", role))
    assert client.get(f"{NORM}{draft.pk}/").status_code == 404
    assert client.get(f"{NORM}{draft.pk}/regel/").status_code == 404


def test_the_draft_of_a_team_is_for_its_own_manager_and_the_coordinator_only_reads(client: Client) -> None:
    make_norm()
    team, other = make_department(), make_department()
    manager = make_manager(team)
    here = f"{NORM}{make_team_draft(team, manager).pk}/"
    assert enter(client, manager).get(here).status_code == 200
    assert enter(client, make_person("Elders", Role.MANAGER, roles_for=other)).get(here).status_code == 404
    enter(client, make_coordinator())
    assert client.get(here).status_code == 200
    assert client.get(f"{here}regel/").status_code == 404


def test_a_manager_begins_the_norm_of_the_own_team_only(client: Client) -> None:
    make_norm()
    team, other = make_department(), make_department()
    enter(client, make_manager(team))
    assert client.post(f"{NORM}team/{other.pk}/begin/").status_code == 404
    client.post(f"{NORM}team/{team.pk}/begin/")
    draft = Norm.objects.get(department=team)
    red = draft.rules.get(code="violence")
    values = {"seen": 1, "line": "red", "behaviour": red.behaviour, "employee": "Wacht.", "police": "always"}
    page = client.post(f"{NORM}{draft.pk}/regel/{red.pk}/", values).content.decode()
    assert "Op rood blijven de woorden van de organisatie staan." in page
    client.post(f"{NORM}{draft.pk}/vaststellen/", {"seen": 1, "valid_from": timezone.localdate().isoformat()})
    assert "Versie 1" in client.get(f"{NORM}team/{team.pk}/").content.decode()


def test_a_response_names_the_rule_that_was_broken(client: Client) -> None:
    norm, incident = make_norm(), make_incident()
    rule = norm.rules.get(code="violence")
    enter(client, make_coordinator())
    here = f"/meldingen/{incident.pk}/reactie/"
    values = {"seen": 0, "severity": "heavy", "facts": "Sloeg.", "norm_urn": rule.urn, "norm": ""}
    client.post(f"{here}feiten/", values)
    found = Response.objects.get()
    assert (found.norm, found.norm_urn) == (rule.behaviour, rule.urn)
    way = client.get(f"{NORM}regel/{rule.pk}/")
    assert way["Location"] == f"{NORM}{norm.pk}/#rule-violence"
    assert f"{NORM}regel/{rule.pk}/" in client.get(here).content.decode()


def test_a_rule_that_is_not_in_the_norm_cannot_be_chosen(client: Client) -> None:
    make_norm()
    incident = make_incident()
    enter(client, make_coordinator())
    values = {"seen": 0, "severity": "heavy", "facts": "Sloeg.", "norm_urn": "urn:bolwerk:incidents:norm_rule:x"}
    assert client.post(f"/meldingen/{incident.pk}/reactie/feiten/", values).status_code == 200
    assert not Response.objects.exists()


@pytest.mark.parametrize(("language", "first"), [("nl", "Bedreig niemand."), ("en", "Do not threaten anyone.")])
def test_the_house_rules_are_a_poster_of_one_page(client: Client, language: str, first: str) -> None:
    make_norm()
    enter(client, make_person("Sanne de Wit"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(f"{HOUSE}poster/")
    assert answer["Content-Type"] == "application/pdf"
    assert not problems(answer.content, language=language)
    assert first in text_of(answer.content)
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1


def test_without_a_norm_there_is_no_poster(client: Client) -> None:
    enter(client, make_person("Sanne de Wit"))
    assert client.get(f"{HOUSE}poster/").status_code == 404
