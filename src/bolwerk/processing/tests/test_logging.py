"""The processing log: a line for each person, found by keyed hash, and nobody's name lying open."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bolwerk.audit.middleware import traced
from bolwerk.processing.actions import log_processing
from bolwerk.processing.models import Operation, Status, Subject
from bolwerk.processing.queries import operations_about
from bolwerk.processing.rules.activities import UnknownActivityError
from bolwerk.processing.rules.identities import NotAnIdentityError
from bolwerk.processing.tests.makers import AT, CARE, CITIZEN, MO, PERIOD, READ, SANNE

pytestmark = pytest.mark.django_db


def log(*people: str, **more: object) -> int:
    return log_processing(CARE, name=READ, subjects=people, at=AT, **more)  # type: ignore[arg-type]  # names of its fields


def about(person: str) -> list[Operation]:
    return operations_about(person, since=PERIOD["since"], until=PERIOD["until"], most=99)


def test_there_is_one_line_for_each_person_and_each_person_once() -> None:
    assert log(SANNE, MO, SANNE) == 2
    assert log(SANNE) == 1
    assert [len(about(person)) for person in (SANNE, MO, CITIZEN)] == [2, 1, 0]
    assert Subject.objects.count() == 2


def test_a_line_says_what_for_and_never_by_whom() -> None:
    with traced("ab" * 16):
        log(SANNE)
    (line,) = about(SANNE)
    assert (line.activity, line.activity_version, line.name, line.status_code) == (CARE, 1, READ, Status.OK)
    assert (line.trace_id, len(line.operation_id), line.started_at) == ("ab" * 16, 16, AT)
    assert not {"actor", "user", "by", "person"} & {field.name for field in Operation._meta.get_fields()}


def test_processing_of_nobody_in_particular_is_one_line_too() -> None:
    assert log() == 1
    assert Operation.objects.get().subject is None


def test_a_citizen_is_found_by_number_however_it_is_typed() -> None:
    log(CITIZEN)
    assert len(about("bsn: 9999.90.019")) == 1


@pytest.mark.parametrize("wrong", ["", "Sanne de Wit", "bsn:123456789", "bsn:", "urn:x", "urn:a:\n", "999990019"])
def test_what_names_nobody_is_refused_and_nothing_is_written(wrong: str) -> None:
    with pytest.raises(NotAnIdentityError) as refusal:
        log(SANNE, wrong)
    assert not Operation.objects.exists()
    assert wrong not in str(refusal.value) or not wrong


def test_an_activity_that_no_register_has_is_refused() -> None:
    with pytest.raises(UnknownActivityError):
        log_processing("incidents.spying", name=READ, subjects=[SANNE], at=AT)


def test_outside_a_request_a_line_has_a_trace_of_its_own() -> None:
    log(SANNE), log(SANNE)
    assert len({line.trace_id for line in about(SANNE)}) == 2


def test_who_somebody_is_lies_closed() -> None:
    log(SANNE, CITIZEN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM processing_subject")
        rows = repr([[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in cursor])
    assert "accounts" not in rows
    assert "999990019" not in rows


def test_many_people_cost_few_questions() -> None:
    people = [f"urn:bolwerk:accounts:person:{number}" for number in range(300)]
    with CaptureQueriesContext(connection) as asked:
        assert log(*people) == 300
    assert (
        len([query for query in asked if "SAVEPOINT" not in query["sql"]]) <= 12
    )  # SQLite takes a thousand values at a time


def test_when_the_person_is_erased_the_line_no_longer_tells_about_whom_it_was() -> None:
    log(SANNE)
    Subject.objects.get().delete()
    assert Operation.objects.get().subject is None
    assert about(SANNE) == []
