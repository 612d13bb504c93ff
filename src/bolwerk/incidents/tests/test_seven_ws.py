"""The seven questions: who writes them, and what leaves for the police without a private address."""

import pytest
from django.test import Client

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.deadlines.rules import Term, Unit
from bolwerk.documents.actions import begin_letter, keep_letter
from bolwerk.documents.models import Document, Letter
from bolwerk.documents.queries import digest_of, pdf_of
from bolwerk.documents.tests.pdf_checks import problems, text_of
from bolwerk.incidents.access import told_incidents
from bolwerk.incidents.actions import ChangedMeanwhileError
from bolwerk.incidents.actions.police import erase_police, set_police
from bolwerk.incidents.actions.response import add_person, link_person
from bolwerk.incidents.actions.retention import erase
from bolwerk.incidents.actions.seven_ws import write_seven_ws
from bolwerk.incidents.models import Incident, SevenWs
from bolwerk.incidents.queries import letters_of_incident, may_read_documents, people_in_documents
from bolwerk.incidents.queries.names import police_urn
from bolwerk.incidents.queries.police import paper_template, police_paper, police_text
from bolwerk.incidents.rules import Channel
from bolwerk.incidents.rules.police import Privacy
from bolwerk.incidents.rules.seven_ws import HINTS, Answers, W, for_the_police, holds_postcode, unanswered
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident, make_manager
from bolwerk.incidents.tests.police_makers import TODAY, make_police_report
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db
ADDRESS = "Stadhuisplein 1\n1234 AB Zilverdam"
WHOLE = {
    "who": "Een man met een rood jack, Dijkstraat 9, 1234 XY Zilverdam",
    "what": "Hij riep dat hij Joris wist te vinden.",
    "place": "Balie 4",
    "with_what": "",
    "manner": "Meneer Kok stond achter de balie.",
    "moment": "Maandag om 10 uur",
    "why": "De aanvraag was afgewezen.",
}
ANSWERS = Answers(**WHOLE)


def told_by(incident: Incident, by: Person, answers: Answers = ANSWERS) -> Incident:
    """The incident with its seven answers."""
    write_seven_ws(incident=incident, answers=answers, by=by, at=MONDAY, seen=0)
    return Incident.objects.with_people().select_related("seven_ws").get(pk=incident.pk)


def text(incident: Incident, privacy: Privacy) -> str:
    """What leaves as plain text."""
    return police_text(incident, privacy=privacy, by=make_coordinator(), at=MONDAY, language="nl")


def test_a_postcode_belongs_only_where_it_happened_or_with_the_person_it_is_about() -> None:
    found = [question for question in W if holds_postcode(question, "Ik woon op Kade 3, 1234AB Zilverdam")]
    assert found == [W.WHAT, W.WITH_WHAT, W.MANNER, W.MOMENT, W.WHY]
    assert not holds_postcode(W.WHAT, "In 2026 was het 1200 euro.")
    assert HINTS.keys() == set(W)


def test_what_happened_at_home_leaves_without_the_place() -> None:
    told = Answers(what="Op 1234 AB stond hij.", place="Molenpad 40, 1234 AB")
    at_home = for_the_police(told, channel=Channel.PRIVATE_HOME, privacy=Privacy.NONE, names=[], instead="")
    assert (at_home.place, at_home.what) == ("", "Op […] stond hij.")
    desk = for_the_police(told, channel=Channel.DESK, privacy=Privacy.NONE, names=[], instead="")
    assert desk == told


def test_under_a_number_no_part_of_a_name_leaves() -> None:
    told = Answers(what="JORIS de Kok-Berg, en joris; niet Kokend.")
    safe = for_the_police(
        told, channel=Channel.DESK, privacy=Privacy.UNDER_NUMBER, names=["Joris de Kok-Berg"], instead="#"
    )
    assert safe.what == "#, en #; niet Kokend."


@pytest.mark.parametrize("privacy", list(Privacy))
def test_the_text_holds_the_address_of_the_organisation_and_the_name_only_when_chosen(privacy: Privacy) -> None:
    victim, coordinator = make_person("Joris Kok"), make_coordinator()
    term = Term(2, Unit.WORKING_DAYS, "Besluit")
    set_police(address=ADDRESS, contact="14 0123", term=term, by=coordinator, at=MONDAY)
    incident = told_by(make_incident(happened_to=victim), victim)
    make_police_report(incident, coordinator)
    found = text(incident, privacy)
    assert "Stadhuisplein 1" in found
    assert "PL0100-2026-1" in found
    named = privacy is not Privacy.UNDER_NUMBER
    assert [part in found for part in ("Joris", "Kok", "Dijkstraat 9")] == [named, named, True]


def test_at_home_no_export_holds_the_place_of_the_report() -> None:
    incident = make_incident(channel=Channel.PRIVATE_HOME, place="Molenpad 40")
    for privacy in Privacy:
        assert "Molenpad" not in text(Incident.objects.with_people().get(pk=incident.pk), privacy)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pdf_is_one_that_everybody_can_read_and_belongs_to_the_track(language: str) -> None:
    coordinator = make_coordinator()
    incident = told_by(make_incident(), coordinator)
    facts = police_paper(incident, privacy=Privacy.NONE, by=coordinator, at=MONDAY, language=language)
    urn, template = police_urn(incident), paper_template(language)
    letter = begin_letter(subject=urn, template=template, facts=facts, by=coordinator, at=MONDAY)
    pdf = pdf_of(letter)
    assert problems(pdf, language=language) == []
    assert "De aanvraag was afgewezen." in text_of(pdf)
    keep_letter(letter=letter, shown=digest_of(pdf), by=coordinator, at=MONDAY)
    readers = (coordinator, incident.reporter, make_person("Annelies", Role.BOARD))
    assert [may_read_documents(urn, kind="report", person=one, on=TODAY) for one in readers] == [True, False, False]
    assert people_in_documents(urn) == ("incidents.police", [incident.happened_to.urn])
    erase_police(stage=Stage.PERSONAL, keys=[incident.pk], by="urn:bolwerk:system", at=MONDAY)
    assert not Document.objects.filter(subject=urn).exists()


def test_the_paper_for_the_police_is_no_letter_of_the_report() -> None:
    assert not [one for one in letters_of_incident() if one.code.startswith("police")]


def test_reporter_victim_and_handlers_write_them_and_nobody_else() -> None:
    victim, department = make_person("Joris Kok"), make_department()
    incident = make_incident(make_person(department=department), happened_to=victim)
    Incident.objects.update(department=department)
    writers = (incident.reporter, victim, make_manager(department), make_coordinator())
    assert all(told_incidents(one, on=TODAY).exists() for one in writers)
    others = (make_manager(make_department("Elders")), make_person("Annelies", Role.BOARD), make_person("Wim"))
    assert not any(told_incidents(one, on=TODAY).exists() for one in others)


def test_a_colleague_whom_it_is_about_does_not_read_them_even_as_reporter() -> None:
    incident, coordinator = make_incident(happened_to=make_person("Joris Kok")), make_coordinator()
    person = add_person(name="", address="", traits="", employee=incident.reporter, by=coordinator, at=MONDAY)
    link_person(incident=incident, perpetrator=person, by=coordinator, at=MONDAY)
    assert not told_incidents(incident.reporter, on=TODAY).exists()


def test_two_who_answer_first_one_is_told() -> None:
    incident = make_incident()
    told_by(incident, incident.reporter)
    with pytest.raises(ChangedMeanwhileError):
        write_seven_ws(incident=incident, answers=Answers(), by=incident.reporter, at=MONDAY, seen=0)
    assert unanswered(SevenWs.objects.get().answers) == [W.WITH_WHAT]


def test_the_answers_go_with_the_words_of_the_report() -> None:
    incident = make_incident()
    told_by(incident, incident.reporter)
    erase(stage=Stage.PERSONAL, keys=[incident.pk], by="urn:bolwerk:system", at=MONDAY)
    assert not SevenWs.objects.exists()


def test_the_reporter_fills_them_in_and_what_was_typed_stays_when_it_is_refused(client: Client) -> None:
    incident = make_incident(place="Balie 4")
    client.force_login(incident.reporter)
    here = f"/meldingen/{incident.pk}/zeven-vragen/"
    assert "Balie 4" in client.get(here).content.decode()
    page = client.post(here, WHOLE | {"seen": 0, "why": "Ik woon op 1234 AB."}).content.decode()
    assert "Dit lijkt op een adres." in page
    assert "Ik woon op 1234 AB." in page
    assert client.post(here, WHOLE | {"seen": 0}).status_code == 302
    assert client.post(here, WHOLE | {"seen": 0}).status_code == 409
    assert SevenWs.objects.get().by == incident.reporter
    assert Line.objects.filter(event="incidents.seven_ws.read", subject=incident.urn).exists()


def test_a_handler_takes_them_along_as_text_and_as_pdf(client: Client) -> None:
    incident, coordinator = make_incident(), make_coordinator()
    client.force_login(coordinator)
    here = f"/meldingen/{incident.pk}/politie/stuk/"
    assert client.post(here, {"text": "yes"})["Content-Type"].startswith("text/html")
    answer = client.post(here, {"privacy": "under_number", "text": "yes"})
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert incident.reporter.name not in answer.content.decode()
    shown = client.post(here, {"privacy": "domicile", "pdf": "yes"})
    assert str(Letter.objects.get().pk) in shown["Location"]
    assert client.get(shown["Location"]).status_code == 200
    assert Line.objects.filter(event="incidents.police.exported").count() == 2
    assert "Nog niet bewaard" in client.get(here).content.decode()


@pytest.mark.parametrize("who", ["reporter", "elsewhere", "board"])
def test_for_everybody_else_there_is_nothing_to_take_along(client: Client, who: str) -> None:
    incident = make_incident()
    people = {
        "reporter": incident.reporter,
        "elsewhere": make_manager(make_department("Elders")),
        "board": make_person("Annelies", Role.BOARD),
    }
    client.force_login(people[who])
    assert client.get(f"/meldingen/{incident.pk}/politie/stuk/").status_code == 404
    if who != "reporter":
        assert client.get(f"/meldingen/{incident.pk}/zeven-vragen/").status_code == 404
