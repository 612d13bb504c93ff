"""Privacy documents: made from the settings as they are, accessible, editable, and only for who answers for them."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.test import Client
from django.utils import translation

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import AT, make_person
from bolwerk.audit.models import Line
from bolwerk.deadlines.rules import Term, Unit
from bolwerk.documents.tests.pdf_checks import problems, text_of
from bolwerk.incidents.actions import set_term
from bolwerk.incidents.queries import terms_in_force
from bolwerk.incidents.tests.makers import make_coordinator
from bolwerk.overview.safety.queries import PAPERS, privacy_docx, privacy_pdf

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", PAPERS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_document_is_accessible_and_without_an_open_gap(code: str, language: str) -> None:
    pdf = privacy_pdf(code, language=language, at=AT)
    assert problems(pdf, language=language) == []
    assert "{" not in text_of(pdf)


def test_a_term_that_was_set_stands_in_it_and_no_longer_as_unverified() -> None:
    with translation.override("nl"):
        assert "standaard, niet gecontroleerd" in text_of(privacy_pdf("privacy-protocol", language="nl", at=AT))
    term = Term(31, Unit.HOURS, "Besluit van het college van 3 maart")
    duty = next(iter(terms_in_force()))
    set_term(duty=duty, term=term, by=make_coordinator(), at=AT + timedelta(minutes=1))
    told = " ".join(text_of(privacy_pdf("privacy-protocol", language="nl", at=AT)).split())
    assert "31 uur. Besluit van het college van 3 maart" in told


def test_the_small_number_that_is_set_stands_in_it(settings: pytest.FixtureRequest) -> None:
    settings.SMALLEST_GROUP = 17  # type: ignore[attr-defined]  # pytest-django's settings
    assert "onder 17" in " ".join(text_of(privacy_pdf("privacy-protocol", language="nl", at=AT)).split())


def test_the_register_tells_the_activities_that_are_logged() -> None:
    told = " ".join(text_of(privacy_pdf("processing-register", language="nl", at=AT)).split())
    assert "Opvang van wie bij een melding betrokken is" in told
    assert "Politie en schade na een melding" in told


def test_the_word_file_holds_the_same_text_and_can_be_changed() -> None:
    document = docx.Document(BytesIO(privacy_docx("works-council-request", language="nl", at=AT)))
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "WOR artikel 27" in told
    assert "{" not in told


@pytest.mark.parametrize("role", [Role.PRIVACY_OFFICER, Role.FUNCTIONAL_ADMINISTRATOR])
def test_who_answers_for_them_makes_them_and_the_trail_knows(client: Client, role: Role) -> None:
    client.force_login(make_person("Marijke", role))
    assert "Privacyprotocol" in client.get("/cijfers/privacystukken/").content.decode()
    assert client.get("/cijfers/privacystukken/privacy-protocol/docx/").status_code == 200
    assert client.get("/cijfers/privacystukken/privacy-protocol/exe/").status_code == 404
    assert client.get("/cijfers/privacystukken/niets/pdf/").status_code == 404
    assert Line.objects.filter(event="overview.privacy_paper.taken").count() == 1


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.AGGRESSION_COORDINATOR, Role.BOARD])
def test_others_do_not_find_them(client: Client, role: Role) -> None:
    client.force_login(make_person("Iemand", role))
    assert client.get("/cijfers/privacystukken/").status_code == 404
