"""People and departments from a file: seen first, all or nothing, and twice is once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.actions import FileHasProblemsError, add_example_departments, apply_people_file
from bolwerk.accounts.models import Department, PeopleFile, Person
from bolwerk.accounts.queries import Plan, plan_of
from bolwerk.accounts.rules import ContactType, FileKind, Role
from bolwerk.accounts.rules.sheets import SheetRefusedError
from bolwerk.accounts.tests.makers import AT, make_administrator, make_department, make_person, signed_in_client
from bolwerk.accounts.tests.sheets import DEPARTMENTS, csv_file, xlsx_file
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line

pytestmark = pytest.mark.django_db
TODAY = AT.date()
ADA, BOB = ("ada@zilverdam.example", "Ada", ""), ("bob@zilverdam.example", "Bob", "")


def read_in(data: bytes, kind: FileKind = FileKind.PEOPLE, *, leavers_go: bool = False) -> Plan:
    """Use a file as the command line does."""
    return apply_people_file(data=data, kind=kind, leavers_go=leavers_go, actor=None, at=AT)


def problems(data: bytes, kind: FileKind = FileKind.PEOPLE, *, leavers_go: bool = False) -> list[tuple[int, str, str]]:
    """What is wrong with a file, by row and column."""
    with override("en"):
        plan = plan_of(data, kind=kind, leavers_go=leavers_go, actor=None, on=TODAY)
    return [(one.row, one.column, one.text) for one in plan.problems]


def departments_file(*rows: tuple[str, str, str]) -> bytes:
    """Departments by code, name and parent."""
    return csv_file(*((*row, "", "", "") for row in rows), headings=DEPARTMENTS)


def test_new_people_are_employees_of_their_department() -> None:
    place = make_department("Burgerzaken")
    plan = read_in(
        csv_file(("Ada@Zilverdam.example", "Ada", place.code), ("bob@zilverdam.example", "Bob", "burgerzaken"))
    )
    assert (len(plan.added), plan.total) == (2, 2)
    assert set(Person.objects.values_list("email", "department_id")) == {(ADA[0], place.pk), (BOB[0], place.pk)}
    assert roles_of(Person.objects.get(email=ADA[0]), on=TODAY) == {Role.EMPLOYEE}


@pytest.mark.parametrize("data", [csv_file(ADA, BOB), xlsx_file(ADA, BOB)], ids=["csv", "xlsx"])
def test_reading_the_same_file_again_changes_nothing(data: bytes) -> None:
    make_administrator()
    read_in(data, leavers_go=False)
    lines = Line.objects.count()
    plan = read_in(data)
    assert (plan.total, plan.unchanged) == (0, 2)
    assert Line.objects.count() == lines + 1  # only that a file was used


def test_leavers_go_only_when_asked_for_and_come_back_by_being_in_a_file() -> None:
    administrator = make_administrator()
    keep = (administrator.email, administrator.name, "")
    read_in(csv_file(ADA, BOB, keep))
    assert read_in(csv_file(ADA, keep)).left == []
    assert [change.key for change in read_in(csv_file(ADA, keep), leavers_go=True).left] == [BOB[0]]
    assert not Person.objects.get(email=BOB[0]).is_active
    assert [change.key for change in read_in(csv_file(ADA, BOB, keep)).returned] == [BOB[0]]
    assert Person.objects.get(email=BOB[0]).is_active


def test_a_file_that_leaves_nobody_to_manage_people_is_refused() -> None:
    make_administrator()
    assert [row for row, _column, _text in problems(csv_file(ADA), leavers_go=True)] == [0]
    with pytest.raises(FileHasProblemsError):
        read_in(csv_file(ADA), leavers_go=True)


def test_every_problem_is_named_by_row_and_column_and_nothing_is_applied() -> None:
    data = csv_file(ADA, ("geen adres", "", ""), ("ADA@zilverdam.example", "Ada", ""), ("", "Cor", "Bestaat niet"))
    found = problems(data)
    assert [(row, column) for row, column, _text in found] == [
        (3, "e-mail"),
        (3, "naam"),
        (4, "e-mail"),
        (5, "e-mail"),
        (5, "afdeling"),
    ]
    assert "row 2" in found[2][2]
    with pytest.raises(FileHasProblemsError):
        read_in(data)
    assert not Person.objects.exists()


def test_a_problem_names_the_column_as_the_file_calls_it_and_the_choices_as_the_page_does() -> None:
    rows = csv_file(("ada@zilverdam.example", "Ada", "Bestaat niet"), headings=("email", "name", "department"))
    assert [column for _row, column, _text in problems(rows)] == ["department"]
    data = csv_file(("x", "X", "raar"), headings=("code", "naam", "contact"))
    plan = plan_of(data, kind=FileKind.DEPARTMENTS, leavers_go=False, actor=None, on=TODAY)
    assert f"{ContactType.DESK.label} ({ContactType.DESK.value})" in plan.problems[0].text


def test_a_missing_or_double_column_is_named() -> None:
    for headings, name in ((("naam", "afdeling"), "e-mail"), (("e-mail", "email", "naam"), "email")):
        with pytest.raises(SheetRefusedError, match=name):
            plan_of(csv_file(headings=headings), kind=FileKind.PEOPLE, leavers_go=False, actor=None, on=TODAY)


def test_a_file_without_departments_leaves_them_alone_and_an_empty_cell_takes_them_away() -> None:
    place = make_department()
    read_in(csv_file((ADA[0], "Ada", place.code)))
    assert read_in(csv_file((ADA[0], "Ada"), headings=("e-mail", "naam"))).total == 0
    assert read_in(csv_file(ADA)).total == 1
    assert Person.objects.get(email=ADA[0]).department is None


def test_departments_come_in_any_order_with_their_profile() -> None:
    rows = (
        ("balie", "Balie", "burgerzaken", "At the desk", "c", "Paspoorten|Adressen"),
        ("burgerzaken", "Burgerzaken", "", "desk", "B", ""),
    )
    with override("en"):
        read_in(csv_file(*rows, headings=DEPARTMENTS), FileKind.DEPARTMENTS)
        assert read_in(csv_file(*rows, headings=DEPARTMENTS), FileKind.DEPARTMENTS).total == 0
    desk = Department.objects.select_related("parent").get(code="balie")
    assert (desk.parent and desk.parent.code, desk.contact_type, desk.risk_class) == ("burgerzaken", "desk", "C")
    assert desk.vulnerable_processes == ["Paspoorten", "Adressen"]


def test_a_tree_turned_upside_down_comes_in_without_a_ring_on_the_way() -> None:
    read_in(departments_file(("a", "A", ""), ("b", "B", "a"), ("c", "C", "b")), FileKind.DEPARTMENTS)
    read_in(departments_file(("a", "A", "b"), ("b", "B", "c"), ("c", "C", "")), FileKind.DEPARTMENTS)
    assert dict(Department.objects.values_list("code", "parent__code")) == {"a": "b", "b": "c", "c": None}


def test_unknown_parents_and_rings_are_named() -> None:
    data = departments_file(("a", "A", "b"), ("b", "B", "a"), ("c", "C", "weg"), ("d", "D", "d"))
    found = problems(data, FileKind.DEPARTMENTS)
    assert [(row, column) for row, column, _text in found] == [(row, "valt onder") for row in (2, 3, 4, 5)]
    assert "a → b → a" in found[0][2]


def test_unknown_words_in_a_profile_are_named_with_what_is_possible() -> None:
    data = csv_file(("a", "A", "", "telepathie", "E", ""), ("b b", "B", "", "", "", ""), headings=DEPARTMENTS)
    found = problems(data, FileKind.DEPARTMENTS)
    assert [(row, column) for row, column, _text in found] == [(2, "contact"), (2, "risicoklasse"), (3, "code")]
    assert "desk" in found[0][2]


def test_the_example_departments_come_once() -> None:
    assert add_example_departments(by=SYSTEM, at=AT) == 11
    assert add_example_departments(by=SYSTEM, at=AT) == 0


def upload(client: Client, data: bytes, **more: str) -> str:
    """Choose a file on the screen; return the address of the preview, or an empty text."""
    file = SimpleUploadedFile("mensen.csv", data)
    return client.post("/mensen/inlezen/", {"file": file, **more}).get("Location", "")


def digest_on(client: Client, address: str) -> str:
    """What the preview says it shows."""
    plan: Plan = client.get(address).context["plan"]
    return plan.digest


def test_on_screen_nothing_happens_before_the_preview_is_agreed_with() -> None:
    client = signed_in_client(make_administrator())
    address = upload(client, csv_file(ADA, BOB))
    text = client.get(address).content.decode()
    assert ADA[0] in text
    assert not Person.objects.filter(email=ADA[0]).exists()
    assert client.post(address, {"shown": digest_on(client, address)})["Location"] == "/mensen/"
    assert Person.objects.filter(email__in=(ADA[0], BOB[0])).count() == 2
    assert not PeopleFile.objects.exists()
    assert client.get(address).status_code == 404


def test_what_changed_since_the_preview_is_shown_again_first() -> None:
    client = signed_in_client(make_administrator())
    address = upload(client, csv_file(ADA, BOB))
    shown = digest_on(client, address)
    read_in(csv_file(ADA))
    assert client.post(address, {"shown": shown}).status_code == 200
    assert client.post(address, {}).status_code == 200
    assert not Person.objects.filter(email=BOB[0]).exists()


def test_an_administrator_who_is_not_in_the_file_does_not_end_the_own_access() -> None:
    administrator = make_administrator()
    client = signed_in_client(administrator)
    other = make_person("Gaat weg")
    address = upload(client, csv_file(ADA), leavers_go="on")
    client.post(address, {"shown": digest_on(client, address)})
    administrator.refresh_from_db()
    other.refresh_from_db()
    assert (administrator.is_active, other.is_active) == (True, False)


def test_a_file_is_reached_only_by_whoever_chose_it() -> None:
    address = upload(signed_in_client(make_administrator()), csv_file(ADA))
    other = signed_in_client(make_administrator("Tweede"))
    assert [other.get(address).status_code, other.post(f"{address}weg/").status_code] == [404, 404]


def test_a_file_that_cannot_be_read_stays_out_and_says_why() -> None:
    client = signed_in_client(make_administrator())
    assert upload(client, "e-mail;naam\nç".encode("latin-1")) == ""
    assert upload(client, b"") == ""
    assert not PeopleFile.objects.exists()


def test_an_export_is_harmless_in_a_spreadsheet_and_reads_back_as_it_was() -> None:
    client = signed_in_client(make_administrator())
    names = ["=1+1", "+31", "-x", "@SUM(A1)", "\uff1d1", "'s-Graveland", "Gewoon"]
    for name in names:
        make_person(name)
    Person.objects.filter(name="Gewoon").update(name="\tTab")
    data = client.get("/mensen/?format=csv").getvalue()
    for line in data.decode("utf-8-sig").splitlines()[1:]:
        assert line.split(";")[1].lstrip('"')[0] not in "=+-@\t\uff1d"
    assert plan_of(data, kind=FileKind.PEOPLE, leavers_go=True, actor=None, on=TODAY).total == 0
    assert Line.objects.filter(event="accounts.people.exported").count() == 1
