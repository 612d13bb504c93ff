"""The pages of police and damage: from a complaint to its outcome, and everybody for whom they do not exist."""

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.incidents.models import Police, PoliceReport, PoliceSetting
from bolwerk.incidents.tests.makers import make_coordinator, make_incident, make_manager
from bolwerk.incidents.tests.police_makers import make_police_report

pytestmark = pytest.mark.django_db
HOME = "Molenpad 40"
SETTING = {
    "address": "Stadhuisplein 1\n1234 AB Zilverdam",
    "contact": "Meldpunt, 14 0123",
    "amount": "2",
    "unit": "working_days",
    "source": "Besluit van 3 maart",
}


@pytest.fixture
def coordinator(client: Client) -> Person:
    person = make_coordinator()
    client.force_login(person)
    return person


def filed(**changes: object) -> dict[str, object]:
    """A complaint as the form has it."""
    whole: dict[str, object] = {
        "seen": 0,
        "kind": "complaint",
        "filer": "employer",
        "reported_on": timezone.localdate().isoformat(),
        "vpt": "not_asked",
        "privacy": "under_number",
        "offences": ["sr285"],
        "number": "",
    }
    return whole | changes


def test_from_a_complaint_without_the_code_to_its_outcome(client: Client, coordinator: Person) -> None:
    incident, today = make_incident(), timezone.localdate().isoformat()
    here = f"/meldingen/{incident.pk}/politie/"
    client.post(f"{here}nieuw/", filed())
    page = client.get(here).content.decode()
    assert "De ELA gelden nog niet." in page
    assert "Bedreiging (Sr 285)" in page
    report = PoliceReport.objects.get()
    client.post(f"{here}{report.pk}/", filed(seen=1, vpt="confirmed", number="PL0100-2026-7"))
    page = client.get(here).content.decode()
    assert "De ELA gelden nog niet." not in page
    assert "PL0100-2026-7" in page
    client.post(f"{here}{report.pk}/stand/", {"seen": 2, "to": "over", "on": today, "outcome": "convicted"})
    assert "Veroordeeld door de rechter" in client.get(here).content.decode()


def test_a_refusal_is_a_sentence_and_what_was_typed_stays(client: Client, coordinator: Person) -> None:
    incident, today = make_incident(), timezone.localdate().isoformat()
    here = f"/meldingen/{incident.pk}/politie/"
    page = client.post(f"{here}nieuw/", filed(reported_on="2999-01-01", number="PL-77")).content.decode()
    assert "Kies vandaag of een eerdere dag." in page
    assert "PL-77" in page
    assert "Schrijf waarom er niets is gedaan" in client.post(f"{here}niet/", {"seen": 0}).content.decode()
    report = make_police_report(incident, coordinator, on=timezone.localdate(), reported_on=timezone.localdate())
    asked = {"seen": 1, "to": "over", "on": today, "outcome": ""}
    page = client.post(f"{here}{report.pk}/stand/", asked).content.decode()
    assert "Kies hoe het afliep als het is afgelopen" in page
    early = asked | {"to": "investigated", "on": "2020-01-01"}
    assert "Kies een dag vanaf" in client.post(f"{here}{report.pk}/stand/", early).content.decode()
    assert client.post(f"{here}nieuw/", filed()).status_code == 409
    assert client.post(f"{here}niet/", {"seen": 0, "reason": "Nee."}).status_code == 409
    assert client.post(f"{here}{report.pk}/", filed(seen=9)).status_code == 409
    assert client.post(f"{here}{report.pk}/stand/", asked | {"seen": 9, "outcome": "convicted"}).status_code == 409


def test_why_nothing_was_reported_stands_on_the_page(client: Client, coordinator: Person) -> None:
    incident = make_incident()
    here = f"/meldingen/{incident.pk}/politie/"
    client.post(f"{here}niet/", {"seen": 0, "reason": "De wijkagent ziet geen strafbaar feit."})
    assert "De wijkagent ziet geen strafbaar feit." in client.get(here).content.decode()
    client.post(f"{here}nieuw/", filed(seen=1))
    assert Police.objects.get().no_report_because == ""


def test_an_offence_is_looked_up_and_what_was_chosen_stays_in_the_list(client: Client, coordinator: Person) -> None:
    incident = make_incident()
    here = f"/meldingen/{incident.pk}/politie/"
    page = client.get(f"{here}nieuw/?zoek=doxing").content.decode()
    assert 'value="sr285d"' in page
    assert 'value="sr350"' not in page
    page = client.post(f"{here}nieuw/?zoek=doxing", filed(offences=["sr350"], vpt="")).content.decode()
    assert 'value="sr350"' in page


def test_the_address_of_the_organisation_is_set_and_shown(client: Client, coordinator: Person) -> None:
    incident = make_incident()
    here = f"/meldingen/{incident.pk}/politie/nieuw/"
    assert "Het adres van de organisatie is nog niet ingesteld." in client.get(here).content.decode()
    assert client.post("/meldingen/instellingen/politie/", SETTING | {"address": ""}).status_code == 200
    client.post("/meldingen/instellingen/politie/", SETTING)
    assert PoliceSetting.objects.get().amount == 2
    assert "Stadhuisplein 1" in client.get(here).content.decode()


def test_whom_it_happened_to_reads_state_and_outcome_with_the_own_report(client: Client) -> None:
    victim, coordinator = make_person("Joris Kok"), make_coordinator()
    incident = make_incident(happened_to=victim)
    make_police_report(incident, coordinator)
    client.force_login(victim)
    page = client.get(f"/meldingen/mijn/{incident.pk}/").content.decode()
    assert "Aangifte bij de politie" in page
    assert "PL0100" not in page
    client.force_login(incident.reporter)
    assert "Aangifte bij de politie" not in client.get(f"/meldingen/mijn/{incident.pk}/").content.decode()


@pytest.mark.parametrize("page", ["", "nieuw/", "niet/", "{report}/", "{report}/stand/"])
@pytest.mark.parametrize("who", ["reporter", "victim", "manager elsewhere", "board", "privacy", "administrator"])
def test_for_everybody_else_the_track_does_not_exist(client: Client, page: str, who: str) -> None:
    victim = make_person("Joris Kok")
    incident = make_incident(happened_to=victim)
    report = make_police_report(incident, make_coordinator())
    people = {
        "reporter": incident.reporter,
        "victim": victim,
        "manager elsewhere": make_manager(make_department("Elders")),
        "board": make_person("Annelies", Role.BOARD),
        "privacy": make_person("Marijke", Role.PRIVACY_OFFICER),
        "administrator": make_person("Fatima", Role.FUNCTIONAL_ADMINISTRATOR),
    }
    client.force_login(people[who])
    assert client.get(f"/meldingen/{incident.pk}/politie/{page.format(report=report.pk)}").status_code == 404


def test_a_report_to_the_police_of_another_incident_is_not_found(client: Client, coordinator: Person) -> None:
    report, other = make_police_report(make_incident(), coordinator), make_incident()
    assert client.get(f"/meldingen/{other.pk}/politie/{report.pk}/").status_code == 404
