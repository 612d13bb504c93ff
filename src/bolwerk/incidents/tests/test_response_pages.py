"""The pages of the response track: from facts to a letter, and everybody for whom they do not exist."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.documents.models import Letter
from bolwerk.documents.queries import pdf_of, templates_of
from bolwerk.documents.tests.pdf_checks import problems, text_of
from bolwerk.incidents.actions.response import add_person, link_person, receive_objection
from bolwerk.incidents.actions.response.objecting import Received
from bolwerk.incidents.models import (
    LadderStep,
    Measure,
    Objection,
    Perpetrator,
    PerpetratorLink,
    Response,
    ResponseTerm,
)
from bolwerk.incidents.rules.ladder import Step
from bolwerk.incidents.rules.measures import Route, State
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident, make_manager
from bolwerk.incidents.tests.response_makers import keep_a_letter, make_asked, make_board, make_plan, make_sent

pytestmark = pytest.mark.django_db
LETTERS = [one for one in templates_of("incidents") if one.code.startswith("response-")]
FACTS = {"seen": 0, "severity": "heavy", "facts": "Sloeg op de balie.", "norm": "Wij bedreigen niemand."}


@pytest.fixture
def coordinator(client: Client) -> Person:
    person = make_coordinator()
    client.force_login(person)
    return person


def today() -> str:
    """This day, as a form has it."""
    return timezone.localdate().isoformat()


def plan() -> dict[str, object]:
    """A ban as the form has it."""
    day = timezone.localdate()
    return {
        "step": "ban",
        "reasons": "Nodig.",
        "starts_on": day.isoformat(),
        "ends_on": (day + timedelta(days=90)).isoformat(),
        "review_on": (day + timedelta(days=45)).isoformat(),
        "route": "objection",
        "house_rules_shown": "on",
        "police_informed": "on",
    }


def test_from_facts_to_a_ban_that_was_sent(client: Client, coordinator: Person) -> None:
    incident, board = make_incident(), make_board()
    here = f"/meldingen/{incident.pk}/reactie/"
    client.post(f"{here}feiten/", FACTS | {"facts_on": today(), "warned": "yes", "warned_on": today()})
    client.post(f"{here}maatregel/", plan())
    assert "De persoon is nog niet gehoord" in client.get(here).content.decode()
    client.post(f"{here}horen/", {"seen": 1, "heard": "yes", "heard_on": today(), "heard_words": "Sorry."})
    measure = Measure.objects.get()
    assert client.get(here).content.decode().count("De persoon is nog niet gehoord") == 0
    client.post(f"{here}{measure.pk}/vragen/", {"seen": 1})
    client.force_login(board)
    client.post(f"{here}{measure.pk}/besluiten/", {"seen": 2})
    client.force_login(coordinator)
    keep_a_letter(measure, coordinator)
    client.post(f"{here}{measure.pk}/verstuurd/", {"seen": 3, "day": today()})
    measure.refresh_from_db()
    assert (measure.state, measure.decided_by) == (State.SENT, board)


def test_a_refusal_is_a_sentence_and_what_was_typed_stays(client: Client, coordinator: Person) -> None:
    incident = make_incident()
    here = f"/meldingen/{incident.pk}/reactie/"
    client.post(f"{here}feiten/", FACTS | {"facts_on": today()})
    page = client.post(f"{here}maatregel/", plan() | {"ends_on": "2020-01-01"}).content.decode()
    assert "De laatste dag ligt vóór de eerste dag." in page
    assert "Nodig." in page
    page = client.post(f"{here}horen/", {"seen": 1, "heard": "no"}).content.decode()
    assert "Schrijf waarom de persoon nog niet is gehoord." in page
    assert client.post(f"{here}feiten/", FACTS).status_code == 409
    assert Response.objects.get().heard_on is None


@pytest.mark.parametrize("page", ["", "feiten/", "horen/", "persoon/", "maatregel/"])
@pytest.mark.parametrize("who", ["reporter", "manager elsewhere", "board", "privacy"])
def test_for_everybody_else_the_track_does_not_exist(client: Client, page: str, who: str) -> None:
    incident = make_incident()
    people = {
        "reporter": incident.reporter,
        "manager elsewhere": make_manager(make_department("Elders")),
        "board": make_board(),
        "privacy": make_person("Marijke", Role.PRIVACY_OFFICER),
    }
    client.force_login(people[who])
    assert client.get(f"/meldingen/{incident.pk}/reactie/{page}").status_code == 404


def test_the_decider_sees_the_measure_and_not_the_name(client: Client, coordinator: Person) -> None:
    incident, board = make_incident(), make_board()
    person = add_person(name="Piet Storm", address="", traits="", employee=None, by=coordinator, at=timezone.now())
    link_person(incident=incident, perpetrator=person, by=coordinator, at=timezone.now())
    make_asked(incident, coordinator)
    assert "Piet Storm" in client.get(f"/meldingen/{incident.pk}/reactie/").content.decode()
    client.force_login(board)
    page = client.get(f"/meldingen/{incident.pk}/reactie/").content.decode()
    assert "Toegangsverbod" in page
    assert "Piet Storm" not in page
    assert client.get(f"/meldingen/{incident.pk}/").status_code == 404


def test_a_search_needs_a_reason_that_stands_in_the_trail(client: Client, coordinator: Person) -> None:
    incident, now = make_incident(), timezone.now()
    known = add_person(name="Piet Storm", address="Kade 3", traits="", employee=None, by=coordinator, at=now)
    there = f"/meldingen/{incident.pk}/reactie/persoon/"
    page = client.post(there, {"act": "search", "words": "Storm"}).content.decode()
    assert "Kade 3" not in page
    asked = {"words": "Piet Storm", "reason": "Zelfde man als vorige maand?"}
    assert "Kade 3" in client.post(there, asked | {"act": "search"}).content.decode()
    client.post(there, asked | {"act": "choose", "chosen": str(known.pk)})
    assert PerpetratorLink.objects.get().perpetrator == known
    line = Line.objects.filter(event="incidents.perpetrator.searched").latest("sequence")
    assert (line.reason, line.subject) == (asked["reason"], incident.urn)


def test_nobody_is_chosen_whom_the_search_did_not_show(client: Client, coordinator: Person) -> None:
    incident = make_incident()
    other = add_person(name="Anna Berg", address="", traits="", employee=None, by=coordinator, at=timezone.now())
    asked = {"words": "Piet Storm", "reason": "Bekend?", "act": "choose", "chosen": str(other.pk)}
    client.post(f"/meldingen/{incident.pk}/reactie/persoon/", asked)
    assert not PerpetratorLink.objects.exists()


def test_an_unknown_person_is_described(client: Client, coordinator: Person) -> None:
    incident = make_incident()
    there = f"/meldingen/{incident.pk}/reactie/persoon/"
    assert "Vul een naam" in client.post(there, {"act": "new"}).content.decode()
    client.post(there, {"act": "new", "traits": "Man, rode jas, grijze bakfiets."})
    assert Perpetrator.objects.get().traits.startswith("Man, rode jas")


def test_a_manager_who_is_meant_loses_the_page_at_once(client: Client) -> None:
    department = make_department()
    incident, manager = make_incident(make_person(department=department)), make_manager(department)
    client.force_login(manager)
    there = f"/meldingen/{incident.pk}/reactie/persoon/"
    client.post(there, {"act": "new", "colleague": manager.email})
    assert client.get(f"/meldingen/{incident.pk}/reactie/").status_code == 404
    assert client.get(f"/meldingen/{incident.pk}/").status_code == 404


@pytest.mark.parametrize("template", LETTERS, ids=lambda one: f"{one.code}.{one.language}")
def test_every_letter_is_filled_in_and_can_be_read_by_everybody(
    client: Client, coordinator: Person, template: object
) -> None:
    step = {"contact": Step.CONTACT, "suspension": Step.SUSPENSION, "ban": Step.BAN, "warning": Step.WARNING}
    step["benefit"] = Step.BENEFIT
    code, language = template.code.removeprefix("response-"), template.language  # type: ignore[attr-defined]  # a Template has them
    chosen = step.get(code, Step.ORDER_TALK if code == "talk-report" else Step.BAN)
    incident = make_incident()
    measure = make_asked(incident, coordinator, plan=make_plan(chosen, deviation="Past beter."))
    address = f"/meldingen/{incident.pk}/reactie/{measure.pk}/brief/"
    client.post(address, {"which": f"response-{code}.{language}"})
    letter = Letter.objects.get()
    pdf = pdf_of(letter)
    assert problems(pdf, language=language) == []
    words = text_of(pdf)
    assert "{" not in words
    assert incident.reporter.name not in words


def test_an_objection_is_taken_in_and_answered(client: Client, coordinator: Person) -> None:
    incident = make_incident()
    measure = make_sent(incident, coordinator, board=make_board())
    here = f"/meldingen/{incident.pk}/reactie/"
    client.post(f"{here}{measure.pk}/bezwaar/", {"route": "objection", "received_on": today(), "words": "Niet eens."})
    objection = Objection.objects.get()
    client.post(f"{here}bezwaar/{objection.pk}/", {"verdict": "unfounded", "answer": "Blijft."})
    objection.refresh_from_db()
    assert (objection.state, objection.answer) == ("decided", "Blijft.")
    page = client.post(f"{here}bezwaar/{objection.pk}/", {"verdict": "founded", "answer": "Toch."}).content.decode()
    assert "Dit is al beantwoord." in page


def test_an_objection_of_another_incident_does_not_exist_here(client: Client, coordinator: Person) -> None:
    incident, other = make_incident(), make_incident()
    measure = make_sent(incident, coordinator, board=make_board())
    received = Received(Route.COMPLAINT, timezone.localdate())
    objection = receive_objection(measure=measure, received=received, by=coordinator, at=timezone.now())
    assert client.get(f"/meldingen/{other.pk}/reactie/bezwaar/{objection.pk}/").status_code == 404
    assert client.get(f"/meldingen/{other.pk}/reactie/{measure.pk}/brief/").status_code == 404


def test_the_ladder_shows_its_source_and_can_be_set_and_reset(client: Client, coordinator: Person) -> None:
    page = client.get("/meldingen/instellingen/ladder/").content.decode()
    assert page.count("Standaard, niet gecontroleerd") == len(Step) + 6
    own = {"decider": "board", "most_months": 6, "needs": ["facts"], "source": "Besluit college"}
    client.post("/meldingen/instellingen/ladder/ban/", own)
    assert LadderStep.objects.get().most_months == 6
    client.post("/meldingen/instellingen/ladder/ban/", {"default": "yes"})
    assert not LadderStep.objects.exists()
    client.post("/meldingen/instellingen/ladder/first-response/", {"amount": 24, "unit": "hours", "source": "Besluit"})
    assert ResponseTerm.objects.get().amount == 24
    assert client.get("/meldingen/instellingen/ladder/onzin/").status_code == 404


def test_the_privacy_officer_answers_a_request_from_one_screen(client: Client, coordinator: Person) -> None:
    incident, now = make_incident(), timezone.now()
    person = add_person(name="Piet Strom", address="", traits="", employee=None, by=coordinator, at=now)
    link_person(incident=incident, perpetrator=person, by=coordinator, at=now)
    client.force_login(make_person("Marijke", Role.PRIVACY_OFFICER))
    found = client.post("/meldingen/personen/", {"words": "Piet Strom", "reason": "Inzageverzoek 12"}).content.decode()
    assert f"/meldingen/personen/{person.pk}/" in found
    values = {"name": "Piet Storm", "objection": "Wil niet in het register.", "why": "Verzoek van 3 maart"}
    client.post(f"/meldingen/personen/{person.pk}/", values)
    page = client.get(f"/meldingen/personen/{person.pk}/").content.decode()
    assert incident.reference in page
    assert "Piet Strom" in page
    assert client.post(f"/meldingen/personen/{person.pk}/samen/").status_code == 404


def test_which_earlier_incidents_there_were_needs_a_reason(client: Client, coordinator: Person) -> None:
    earlier, incident, now = make_incident(), make_incident(), timezone.now()
    person = add_person(name="Piet Storm", address="", traits="", employee=None, by=coordinator, at=now)
    for one in (earlier, incident):
        link_person(incident=one, perpetrator=person, by=coordinator, at=now)
    there = f"/meldingen/{incident.pk}/reactie/eerder/"
    assert earlier.reference not in client.get(there).content.decode()
    assert earlier.reference not in client.post(there, {"reason": ""}).content.decode()
    assert earlier.reference in client.post(there, {"reason": "Is dit al de derde keer?"}).content.decode()
    assert Line.objects.get(event="incidents.perpetrator.searched").subject == incident.urn


def test_nobody_reads_or_merges_what_is_kept_of_themselves(client: Client, coordinator: Person) -> None:
    own = add_person(name="Carla Vos", address="", traits="", employee=coordinator, by=coordinator, at=MONDAY)
    there = f"/meldingen/personen/{own.pk}/"
    assert client.get(there).status_code == 404
    assert client.post(there + "samen/", {"number": "1", "why": "Dubbel"}).status_code == 404
    assert Line.objects.filter(event="denied", subject=own.urn).count() == 2
