"""Retention (quality.md H 51): what is due goes, to the second; what is held stays; what went stays gone."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from django.utils import translation
from pytest_django import Settings

from bolwerk.accounts.models import NAMELESS, Grant, Person
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.audit.queries.names import names_of
from bolwerk.config.commands.erase_due import command as erase_due_command
from bolwerk.deadlines.models import KeptAway, Message, Task
from bolwerk.incidents.actions import add_details, change_status, give_feedback
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.models import Addition, CareMoment, Feedback, Incident, StatusChange
from bolwerk.incidents.rules import Duty, Status
from bolwerk.incidents.tests.care_makers import care_for
from bolwerk.incidents.tests.makers import make_coordinator, make_incident
from bolwerk.ui.actions import keep_draft
from bolwerk.ui.models import Draft
from bolwerk.vault import actions, tasks
from bolwerk.vault.models import Envelope, Erasure, EscrowRequest, Ledger, Note
from bolwerk.vault.queries.retention import due_moments, proof_of_erasure, what_is_due
from bolwerk.vault.rules.ledger import Entry, NotALedgerError, entries_in, line_of
from bolwerk.vault.rules.retention import Period, Stage, TermsCrossError
from bolwerk.vault.tests.makers import NEW_PHRASE, make_note, make_owner, make_trustees, split

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
REPORTED = datetime(2027, 3, 2, 9, tzinfo=AMSTERDAM)
CLOSED = datetime(2027, 3, 27, 23, 30, tzinfo=AMSTERDAM)  # in the night after it summer time begins
NAMES_GO = datetime(2029, 3, 28, tzinfo=AMSTERDAM)
ALL_GOES = datetime(2032, 3, 28, tzinfo=AMSTERDAM)
SECOND = timedelta(seconds=1)
INCIDENT = "urn:bolwerk:incidents:incident:"


@pytest.fixture(autouse=True)
def ledger_file(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """The ledger of this test's own."""
    settings.BOLWERK_ERASURE_FILE = tmp_path / "erasures.jsonl"
    yield tmp_path / "erasures.jsonl"


def closed_incident(at: datetime = CLOSED) -> Incident:
    """A report with everything that can be told about it, closed."""
    incident, coordinator = make_incident(at=REPORTED, occurred_at=REPORTED, place="Balie"), make_coordinator()
    add_details(incident=incident, text="Hij kwam terug.", by=incident.reporter, at=REPORTED)
    for duty in (Duty.CONTACT, Duty.RECEPTION_TALK):
        care_for(incident, duty, coordinator, at=REPORTED)
    give_feedback(incident=incident, text="We belden hem.", by=coordinator, at=REPORTED, seen=1)
    change_status(incident=incident, to=Status.IN_PROGRESS, by=coordinator, at=REPORTED, seen=2)
    return change_status(incident=incident, to=Status.CLOSED, by=coordinator, at=at, seen=3)


def set_term(personal: Period | None, keep: Period | None) -> None:
    """The municipality's own periods for reports."""
    actions.set_term(
        kind="incidents.incident",
        personal=personal,
        keep=keep,
        source="Besluit van 3 maart",
        by=make_person("Fatima Gul"),
        at=CLOSED,
    )


def erase(at: datetime, *, most: int | None = None) -> dict[str, int]:
    """Erase what is due; how many records, by stage."""
    done: dict[str, int] = {}
    for erased in actions.erase_due(by=SYSTEM, at=at, most=most):
        done[erased.stage.value] = done.get(erased.stage.value, 0) + erased.count
    return done


def test_names_and_words_go_at_the_first_second_and_not_before() -> None:
    incident = closed_incident()
    assert due_moments("incidents.incident", incident.closed_at) == {Stage.PERSONAL: NAMES_GO, Stage.RECORD: ALL_GOES}
    assert erase(NAMES_GO - SECOND) == {}
    assert erase(NAMES_GO) == {"personal": 1}
    assert erase(NAMES_GO + timedelta(days=1)) == {}
    left = Incident.objects.get()
    assert (left.words, left.place, left.reporter_id, left.happened_to_id) == ("", "", NAMELESS, NAMELESS)
    assert left.occurred_at.astimezone(AMSTERDAM) == datetime(2027, 3, 1, tzinfo=AMSTERDAM)
    assert (left.kind, left.department_id, left.closed_at) == (incident.kind, incident.department_id, CLOSED)
    for model in (Addition, Feedback, StatusChange, Task, Message, KeptAway):
        assert not model.objects.exists(), model
    assert list(CareMoment.objects.values_list("by", flat=True)) == [NAMELESS, NAMELESS]


def test_the_whole_record_goes_at_the_first_second_of_the_second_date() -> None:
    closed_incident()
    assert erase(ALL_GOES - SECOND) == {"personal": 1}
    assert erase(ALL_GOES) == {"record": 1}
    assert not Incident.objects.exists()
    assert not CareMoment.objects.exists()


def test_an_open_or_reopened_report_is_never_due() -> None:
    incident = closed_incident()
    coordinator = Person.objects.get(name="Carla Vos")
    change_status(incident=incident, to=Status.IN_PROGRESS, by=coordinator, at=CLOSED, seen=4, reason="Te vroeg")
    make_incident(at=REPORTED, occurred_at=REPORTED)
    assert erase(ALL_GOES + timedelta(days=4000)) == {}


def test_an_erased_report_cannot_be_worked_on() -> None:
    incident = closed_incident()
    erase(NAMES_GO)
    incident.refresh_from_db()
    with pytest.raises(ChangedMeanwhileError):
        change_status(
            incident=incident,
            to=Status.IN_PROGRESS,
            by=Person.objects.get(name="Carla Vos"),
            at=NAMES_GO,
            seen=incident.version,
            reason="Toch",
        )


def test_what_is_held_stays_until_the_hold_is_lifted() -> None:
    held, other = closed_incident(), closed_incident()
    officer = make_person("Fatima Gul")
    hold = actions.place_hold(subject=held.urn, reason="Rechtszaak", by=officer, at=CLOSED)
    assert erase(ALL_GOES) == {"record": 1}
    assert [one.pk for one in Incident.objects.all()] == [held.pk]
    assert Incident.objects.get().words == held.words
    with pytest.raises(actions.AlreadyHeldError):
        actions.place_hold(subject=held.urn, reason="Nog een", by=officer, at=CLOSED)
    for gone in (other.urn, "urn:bolwerk:incidents:incident:x", "urn:bolwerk:elders:1", INCIDENT):
        with pytest.raises(actions.NothingToHoldError):
            actions.place_hold(subject=gone, reason="Te laat", by=officer, at=CLOSED)
    actions.lift_hold(hold=hold, by=officer, at=ALL_GOES)
    assert actions.lift_hold(hold=hold, by=officer, at=ALL_GOES + SECOND).lifted_at == ALL_GOES
    assert erase(ALL_GOES) == {"record": 1}
    events = Line.objects.filter(event__startswith="vault.hold").order_by("sequence").values_list("event", "subject")
    assert list(events) == [("vault.hold.placed", held.urn), ("vault.hold.lifted", held.urn)]


def test_an_own_term_holds_at_once() -> None:
    closed_incident()
    with pytest.raises(TermsCrossError):
        set_term(Period(years=6), Period(years=5))
    set_term(None, Period(days=10))
    (incidents, *_others) = what_is_due(at=CLOSED + timedelta(days=10))
    assert incidents.in_force.rule.own
    assert incidents.now == {Stage.PERSONAL: 0, Stage.RECORD: 0}
    assert incidents.soon == {Stage.PERSONAL: 0, Stage.RECORD: 1}
    set_term(Period(days=1), None)
    assert erase(CLOSED + timedelta(days=2)) == {"personal": 1}
    actions.reset_term(kind="incidents.incident", by=Person.objects.filter(name="Fatima Gul")[0], at=CLOSED)
    assert erase(ALL_GOES) == {"record": 1}


def test_proof_has_no_content_and_the_trail_vouches_for_it() -> None:
    first, second = closed_incident(), closed_incident()
    erase(NAMES_GO)
    rows = list(Erasure.objects.all())
    assert {row.subject for row in rows} == {first.urn, second.urn}
    assert [(row.number, row.code, row.period, row.erased_at) for row in rows] == [
        (1, "19.1", "P2Y", NAMES_GO),
        (2, "19.1", "P2Y", NAMES_GO),
    ]
    line = Line.objects.get(event="vault.records.erased")
    entries = [
        Entry(r.number, r.subject, r.kind, Stage(r.stage), r.code, r.period, r.erased_at.astimezone(AMSTERDAM))
        for r in rows
    ]
    assert line.facts["digest"] == sha256("\n".join(map(line_of, entries)).encode()).hexdigest()
    (proof,) = proof_of_erasure()
    assert (proof.count, proof.first, proof.last, proof.stage) == (2, 1, 2, Stage.PERSONAL)


def test_somebody_who_left_long_ago_becomes_a_former_colleague() -> None:
    person = make_person("Anna Oud", department=make_department())
    keep_draft(owner=person.urn, form="f", values={"w": ["x"]}, at=CLOSED)
    Person.objects.filter(pk=person.pk).update(is_active=False, left_on=CLOSED.date())
    assert erase(datetime(2032, 3, 27, 23, 59, 59, tzinfo=AMSTERDAM)) == {}
    assert erase(ALL_GOES) == {"personal": 1}
    assert erase(ALL_GOES + timedelta(days=9000)) == {}
    person.refresh_from_db()
    assert (person.name, person.email) == ("Voormalig collega", f"{person.pk}@erased.invalid")
    assert (person.department, person.left_on, person.has_usable_password()) == (None, None, False)
    assert not Grant.objects.filter(person=person).exists()
    assert not Draft.objects.exists()
    assert names_of([person.urn])[person.urn] == "Voormalig collega"


def test_a_turn_of_the_worker_stops_in_time_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bolwerk.vault.actions.erasing.RECORDS_AT_ONCE", 2)
    for _ in range(5):
        closed_incident()
    assert erase(NAMES_GO, most=2) == {"personal": 2}
    assert erase(NAMES_GO) == {"personal": 3}
    assert [entry.number for entry in Erasure.objects.all()] == [1, 2, 3, 4, 5]


def test_the_ledger_lies_in_a_file_that_is_only_ever_added_to(ledger_file: Path) -> None:
    closed_incident()
    erase(NAMES_GO)
    assert actions.write_ledger(file=ledger_file) == 1
    assert actions.write_ledger(file=ledger_file) == 0
    with ledger_file.open("a") as torn:
        torn.write('{"number": 2, "sub')
    closed_incident()
    erase(NAMES_GO)
    assert actions.write_ledger(file=ledger_file) == 1
    assert [json.loads(line)["number"] for line in ledger_file.read_text().splitlines()] == [1, 2]
    assert ledger_file.stat().st_mode & 0o777 == 0o600


def test_a_backup_that_is_put_back_loses_what_was_erased_since(ledger_file: Path) -> None:
    """The backup is older than everything in the ledger: as if nothing had been erased, and one was open still."""
    first, second = closed_incident(), closed_incident()
    for incident in (first, second):
        Erasure.objects.all().delete()
        Ledger.objects.all().delete()
        number = 1 if incident is first else 2
        entry = Entry(number, incident.urn, "incidents.incident", Stage.RECORD, "19.1", "P5Y", ALL_GOES)
        with ledger_file.open("a") as out:
            out.write(line_of(entry) + "\n")
    Incident.objects.filter(pk=second.pk).update(status=Status.IN_PROGRESS, closed_at=None)
    with pytest.raises(actions.LedgerAheadError):
        tasks.erase_due()
    with ledger_file.open() as lines:
        assert actions.replay_erasures(entries=entries_in(lines), by=SYSTEM, at=ALL_GOES) == 2
    with ledger_file.open() as lines:
        assert actions.replay_erasures(entries=entries_in(lines), by=SYSTEM, at=ALL_GOES) == 0
    assert not Incident.objects.exists()
    assert Erasure.objects.filter(replayed=True).count() == 2
    tasks.erase_due()
    assert Line.objects.get(event="vault.records.replayed").facts["count"] == 2


@pytest.mark.parametrize("text", ["geen json\n", "{}\n", '{"number": "x", "stage": "record"}\n', "[1]\n"])
def test_a_file_that_is_no_ledger_is_refused(text: str) -> None:
    with translation.override("en"), pytest.raises(NotALedgerError, match="Line 1"):
        list(entries_in([text]))
    assert list(entries_in([text.rstrip("\n")])) == []


def run(folder: Path, *words: str) -> tuple[int, str]:
    """Run `bolwerk erase-due`; returns the exit code and what it said."""
    done = CliRunner().invoke(erase_due_command, ["--dir", str(folder), *words])
    return done.exit_code, done.output


def test_the_command_tells_erases_and_replays(tmp_path: Path, ledger_file: Path) -> None:
    closed_incident()
    Incident.objects.update(closed_at=datetime(2001, 1, 1, tzinfo=AMSTERDAM))
    code, said = run(tmp_path, "--only-tell")
    assert (code, "Reports of incidents: record due now 1" in said, Incident.objects.count()) == (0, True, 1)
    code, said = run(tmp_path)
    assert (code, "Reports of incidents: record erased 1" in said, Incident.objects.count()) == (0, True, 0)
    assert "Nothing was due" in run(tmp_path)[1]
    Ledger.objects.update(last_number=0)
    Erasure.objects.all().delete()
    code, said = run(tmp_path)
    assert (code, "--replay" in said) == (1, True)
    assert "Erased again: 1" in run(tmp_path, "--replay", str(ledger_file))[1]
    ledger_file.write_text("geen ledger\n")
    code, said = run(tmp_path)
    assert (code, "Line 1" in said) == (1, True)


def test_a_sealed_note_goes_whole_when_its_time_has_come() -> None:
    author, reader = make_owner(), make_owner("Rik Lezer")
    note = make_note(author, reader)
    gone = datetime(2028, 11, 24, tzinfo=AMSTERDAM)  # written on 23 November 2026
    assert erase(gone - SECOND) == {}
    assert erase(gone) == {"record": 1}
    assert not Note.objects.exists()
    assert not Envelope.objects.exists()
    assert Erasure.objects.get().subject == note.urn


def test_a_closed_request_to_open_a_vault_goes_and_an_open_one_stays() -> None:
    owner = make_owner()
    make_trustees()
    split(owner)
    request = actions.ask_for_owner(person=owner.person, phrase=NEW_PHRASE, reason="Kluiszin vergeten", at=REPORTED)
    assert erase(ALL_GOES) == {}
    actions.withdraw(request=request, by=owner.person, at=CLOSED)
    assert erase(ALL_GOES - SECOND) == {}
    assert erase(ALL_GOES) == {"record": 1}
    assert not EscrowRequest.objects.exists()
    assert Line.objects.filter(event="vault.request.asked", subject=request.urn).exists()
