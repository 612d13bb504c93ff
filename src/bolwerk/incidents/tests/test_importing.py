"""An older register: proposed, looked at, and then read in whole and once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.rules.sheets import SheetRefusedError
from bolwerk.accounts.tests.makers import AT, make_department, make_person, signed_in_client
from bolwerk.accounts.tests.sheets import csv_file, xlsx_file
from bolwerk.audit.models import Line
from bolwerk.deadlines.models import Task
from bolwerk.incidents.actions import (
    FileHasProblemsError,
    OutcomeChangedError,
    forget_old_files,
    keep_register_file,
    read_in,
    say_codes,
    say_columns,
)
from bolwerk.incidents.models import ImportedReport, Incident, RegisterFile
from bolwerk.incidents.queries import plan_of, proposed_columns, questions, sheet_of
from bolwerk.incidents.rules import Channel, Field, Kind, Layout, Status
from bolwerk.incidents.rules.importing import NoDayError, moment_of, propose_code

pytestmark = pytest.mark.django_db
HEADINGS = (
    "Meldnummer",
    "Datum incident",
    "Soort incident",
    "Situatie",
    "Afdeling",
    "E-mail slachtoffer",
    "Omschrijving",
)
ZONE = ZoneInfo("Europe/Amsterdam")
LAST_YEAR = (AT - timedelta(days=300)).strftime("%d-%m-%Y")
ROW = ("M-1", LAST_YEAR, "Verbale agressie", "Balie", "", "", "Schold en bleef staan")


def a_file(*rows: tuple[str, ...], by: Person | None = None, register: str = "GIR") -> RegisterFile:
    """A chosen file of which columns and words were said as Bolwerk proposes them."""
    by = by or make_person("Co Ordinator", Role.AGGRESSION_COORDINATOR)
    content = csv_file(*rows, headings=HEADINGS)
    file = keep_register_file(content=content, register=register, by=by, at=AT)
    sheet = sheet_of(content)
    say_columns(file=file, columns=proposed_columns(sheet))
    asked = questions(sheet, Layout(proposed_columns(sheet)))
    codes: dict[Field, dict[str, str]] = {}
    for question in asked:
        codes.setdefault(question.what, {})[question.word] = question.proposed
    say_codes(file=file, codes=codes)
    return file


def problems(*rows: tuple[str, ...]) -> list[tuple[int, str]]:
    """Where something is wrong, by row and column."""
    return [(one.row, one.column) for one in plan_of(a_file(*rows), at=AT).problems]


def use(file: RegisterFile) -> None:
    """Read a file in as its preview shows it."""
    read_in(file=file, shown=plan_of(file, at=AT).digest, at=AT)


def test_bolwerk_proposes_what_each_column_is() -> None:
    found = proposed_columns(sheet_of(csv_file(ROW, headings=HEADINGS)))
    assert [found[what] for what in (Field.NUMBER, Field.OCCURRED, Field.KIND)] == list(HEADINGS[:3])
    assert (found[Field.CHANNEL], found[Field.EMAIL], found[Field.WORDS]) == ("Situatie", HEADINGS[5], HEADINGS[6])


def test_no_column_is_proposed_twice() -> None:
    found = proposed_columns(sheet_of(csv_file(("1", "2"), headings=("Datum", "Nummer"))))
    assert found == {Field.NUMBER: "Nummer", Field.OCCURRED: "Datum"}


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Bijna-ongeval", "near_miss"),
        ("Bedreiging", "threat"),
        ("Fysiek geweld", "aggression"),
        ("Poging tot omkoping", "bribery"),
        ("Kwijtgeraakte sleutel", ""),
    ],
)
def test_a_word_gets_the_code_that_it_most_likely_means(word: str, kind: str) -> None:
    asked = questions(
        sheet_of(csv_file(("1", LAST_YEAR, word), headings=HEADINGS[:3])), Layout({Field.KIND: HEADINGS[2]})
    )
    assert [question.proposed for question in asked] == [kind]
    assert propose_code("niets", [("x", ["iets anders"])]) == ""


@pytest.mark.parametrize("text", ["5-3-2024", "05/03/2024", "2024-03-05", "5.3.2024"])
def test_a_day_without_an_hour_is_uncertain(text: str) -> None:
    assert moment_of(text, ZONE) == (datetime(2024, 3, 5, 12, 0, tzinfo=ZONE), True)


@pytest.mark.parametrize("text", ["5-3-2024 14:10", "2024-03-05T14:10:33", "5-3-2024 14.10"])
def test_an_hour_is_kept(text: str) -> None:
    assert moment_of(text, ZONE) == (datetime(2024, 3, 5, 14, 10, tzinfo=ZONE), False)


@pytest.mark.parametrize("text", ["", "30-2-2024", "gisteren", "5-3-24", "2024-13-01", "00000000", "5-3-2024 25:10"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(NoDayError):
        moment_of(text, ZONE)


def test_an_old_report_comes_in_closed_without_clocks_and_once() -> None:
    place = make_department("Burgerzaken")
    victim = make_person("Vera Victim", department=place)
    row = ("M-1", LAST_YEAR, "Verbale agressie", "Balie", "burgerzaken", victim.email.upper(), "Schold")
    use(a_file(row))
    report = Incident.objects.get()
    assert (report.kind, report.channel, report.status) == (Kind.AGGRESSION, Channel.DESK, Status.CLOSED)
    assert (report.department, report.happened_to, report.words) == (place, victim, "Schold")
    assert not Task.objects.exists()
    assert not RegisterFile.objects.exists()
    again = plan_of(a_file(row), at=AT)
    assert (len(again.taken), again.known) == (0, 1)


def test_the_same_number_of_another_register_is_another_report() -> None:
    use(a_file(ROW))
    use(a_file(ROW, register="Eigen lijst"))
    assert set(ImportedReport.objects.values_list("register", flat=True)) == {"GIR", "Eigen lijst"}


def test_what_retention_would_take_away_at_once_does_not_come_in() -> None:
    old = ("M-2", "1-2-2015", "Bedreiging", "Telefoon", "", "", "Woorden")
    bare = ("M-3", (AT - timedelta(days=3 * 365)).strftime("%d-%m-%Y"), "Bedreiging", "", "", "", "Woorden")
    file = a_file(ROW, old, bare)
    plan = plan_of(file, at=AT)
    assert (len(plan.taken), plan.too_old, plan.bare) == (2, 1, 1)
    use(file)
    report = Incident.objects.get(imported__number="M-3")
    assert (report.words, report.occurred_at.astimezone(ZONE).day, report.erased_at) == ("", 1, AT)


def test_every_problem_is_named_by_row_and_column_and_nothing_comes_in() -> None:
    file = a_file(
        ROW,
        ("M-1", LAST_YEAR, "Bedreiging", "", "", "", ""),
        ("", "31-2-2024", "Sleutel kwijt", "", "Bestaat niet", "", ""),
        ("M-4", "1-1-2040", "", "", "", "", ""),
    )
    found = [(one.row, one.column) for one in plan_of(file, at=AT).problems]
    assert found[:1] == [(3, "Meldnummer")]
    assert {(4, "Meldnummer"), (4, "Datum incident"), (4, "Soort incident")} <= set(found)
    assert {(5, "Datum incident"), (5, "Soort incident")} <= set(found)
    with pytest.raises(FileHasProblemsError):
        use(file)
    assert not Incident.objects.exists()


def test_an_unknown_department_is_a_problem() -> None:
    row = (*ROW[:4], "Bestaat niet", "", "")
    assert problems(row) == [(2, "Afdeling")]


def test_a_long_story_comes_in_and_one_beyond_what_a_report_holds_is_refused_by_its_cell() -> None:
    assert problems((*ROW[:6], "x" * 4000)) == []
    with pytest.raises(SheetRefusedError, match="G2"):
        a_file((*ROW[:6], "x" * 4001))


def test_two_windows_do_not_read_it_in_twice() -> None:
    file = a_file(ROW)
    shown = plan_of(file, at=AT).digest
    read_in(file=file, shown=shown, at=AT)
    with pytest.raises(OutcomeChangedError):
        read_in(file=file, shown=shown, at=AT)
    assert Incident.objects.count() == 1


def test_what_nobody_read_in_goes_after_a_day() -> None:
    a_file(ROW)
    assert forget_old_files(at=AT + timedelta(hours=23)) == 0
    assert forget_old_files(at=AT + timedelta(hours=25)) == 1


def test_the_trail_counts_the_rows_and_holds_no_content() -> None:
    use(a_file(ROW))
    line = Line.objects.get(event="incidents.register.read_in")
    assert line.facts["rows"] == 1
    assert "Schold" not in str(line.facts)


def coordinator() -> Client:
    """A coordinator who just signed in."""
    return signed_in_client(make_person("Co Ordinator", Role.AGGRESSION_COORDINATOR))


@pytest.mark.parametrize("make", [csv_file, xlsx_file], ids=["csv", "xlsx"])
def test_from_file_to_worklist_in_the_browser(make: type) -> None:
    client = coordinator()
    page = client.post(reverse("incidents:import"), {"register": "GIR", "file": _upload(make(ROW, headings=HEADINGS))})
    page = client.post(page["Location"], dict(zip(_fields(), BY_FIELD, strict=True)))
    words = client.get(page["Location"])
    page = client.post(page["Location"], {name: field.initial for name, field in words.context["form"].fields.items()})
    shown = client.get(page["Location"]).context["plan"].digest
    assert client.post(page["Location"], {"shown": shown}).status_code == 302
    assert Incident.objects.get().imported.number == "M-1"


BY_FIELD = (
    "Meldnummer",
    "Datum incident",
    "Soort incident",
    "",
    "Situatie",
    "Afdeling",
    "",
    "",
    "Omschrijving",
)


def _fields() -> list[str]:
    return [what.value for what in Field]


def _upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("oud.csv", content)


def test_a_broken_file_stays_out_with_the_reason() -> None:
    page = coordinator().post(reverse("incidents:import"), {"register": "GIR", "file": _upload(b"PK\x03\x04broken")})
    assert "XLSX" in page.content.decode()
    assert not RegisterFile.objects.exists()


def test_a_column_with_far_too_many_words_is_not_a_list_of_kinds() -> None:
    client = coordinator()
    rows = [(f"M-{n}", LAST_YEAR, f"soort {n}") for n in range(70)]
    page = client.post(
        reverse("incidents:import"), {"register": "X", "file": _upload(csv_file(*rows, headings=HEADINGS[:3]))}
    )
    columns = {Field.NUMBER.value: HEADINGS[0], Field.OCCURRED.value: HEADINGS[1], Field.KIND.value: HEADINGS[2]}
    answer = client.post(page["Location"], columns)
    assert "70" in answer.content.decode()
    assert answer.status_code == 200


def test_nobody_uses_the_file_of_somebody_else() -> None:
    file = a_file(ROW)
    other = signed_in_client(make_person("Other Coordinator", Role.AGGRESSION_COORDINATOR))
    for name in ("import_preview", "import_columns", "import_words"):
        assert other.get(reverse(f"incidents:{name}", args=[file.pk])).status_code == 404
