"""FTE of departments: entered, read from a file, added up along the tree, and missing where it is missing."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bolwerk.accounts.actions import Origin, set_staffing
from bolwerk.accounts.models import Staffing
from bolwerk.accounts.queries import strengths_of
from bolwerk.accounts.rules import Role
from bolwerk.accounts.rules.sheets import read_sheet
from bolwerk.accounts.rules.staffing import NotFteError, fte_of, read_staffing
from bolwerk.accounts.tests.makers import AT, make_administrator, make_department, make_person
from bolwerk.audit.models import Line

pytestmark = pytest.mark.django_db
ORIGIN = Origin(date(2026, 1, 1), "Personeelssysteem")


@pytest.mark.parametrize(("text", "number"), [("12,5", "12.5"), ("12.55", "12.6"), (" 0 ", "0.0"), ("7", "7.0")])
def test_a_number_may_have_a_comma_or_a_point(text: str, number: str) -> None:
    assert fte_of(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "-1", "NaN", "1e9", "twaalf", "Infinity", "12,5,3"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NotFteError):
        fte_of(text)


def test_a_file_gives_numbers_and_a_sentence_for_each_wrong_row() -> None:
    sheet = read_sheet(b"code;fte\nbalie;12,5\nniets;3\nbalie;4\nloket;veel\n")
    found = read_staffing(sheet, ["balie", "loket"])
    assert found.numbers == {"balie": Decimal("12.5")}
    assert len(found.problems) == 3
    assert read_staffing(read_sheet(b"naam;aantal\nx;1\n"), []).problems


def test_a_number_that_stays_keeps_its_source_and_the_trail_counts_what_changed() -> None:
    one, two, by = make_department("Een"), make_department("Twee"), make_administrator()
    assert set_staffing(year=2026, numbers={one.pk: Decimal(5), two.pk: None}, origin=ORIGIN, by=by, at=AT) == 1
    later = Origin(date(2026, 7, 1), "Herteld")
    assert set_staffing(year=2026, numbers={one.pk: Decimal(5), two.pk: Decimal(3)}, origin=later, by=by, at=AT) == 1
    assert dict(Staffing.objects.values_list("department__name", "source")) == {
        "Een": "Personeelssysteem",
        "Twee": "Herteld",
    }
    set_staffing(year=2026, numbers={one.pk: None}, origin=later, by=by, at=AT)
    assert Staffing.objects.count() == 1
    assert Line.objects.filter(event="accounts.staffing.set").count() == 3


def test_the_total_of_a_department_takes_along_what_lies_below_and_is_none_when_one_is_missing() -> None:
    top = make_department("Boven")
    below, other = make_department("Onder", parent=top), make_department("Naast", parent=top)
    make_person("Emma", department=below)
    set_staffing(year=2026, numbers={top.pk: Decimal(2)}, origin=ORIGIN, by=make_administrator(), at=AT)
    assert strengths_of(2026)[top.code].missing == ("Onder",), "nobody works in Naast, so it needs no number"
    set_staffing(year=2026, numbers={below.pk: Decimal(8)}, origin=ORIGIN, by=make_administrator(), at=AT)
    assert strengths_of(2026)[top.code].fte == 10
    assert strengths_of(2026)[other.code].fte is None


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(client: Client) -> None:
    department = make_department("Balie")
    client.force_login(make_person("Bart", Role.FUNCTIONAL_ADMINISTRATOR))
    wrong = {f"fte_{department.code}": "veel", "counted_on": "2026-01-01", "source": "Telling"}
    page = client.post("/afdelingen/formatie/2026/", wrong).content.decode()
    assert "veel" in page
    assert "Vul een getal in, bijvoorbeeld 12,5." in page
    right = wrong | {f"fte_{department.code}": "12,5"}
    assert client.post("/afdelingen/formatie/2026/", right).status_code == 302
    assert Staffing.objects.get().fte == Decimal("12.5")


def test_a_file_fills_the_form_and_keeps_nothing(client: Client) -> None:
    department = make_department("Balie")
    client.force_login(make_person("Bart", Role.FUNCTIONAL_ADMINISTRATOR))
    file = SimpleUploadedFile("fte.csv", f"code;fte\n{department.code};31,5\n".encode())
    page = client.post("/afdelingen/formatie/2026/", {"read": "1", "file": file}).content.decode()
    assert 'value="31,5"' in page
    assert not Staffing.objects.exists()


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.MANAGER, Role.BOARD])
def test_others_do_not_find_the_page(client: Client, role: Role) -> None:
    client.force_login(make_person("Iemand", role))
    assert client.get("/afdelingen/formatie/2026/").status_code == 404
