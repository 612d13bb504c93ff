"""A disk that is full while something is sealed: a sentence, nothing half-written, and work goes on afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from bolwerk.audit.models import Line
from bolwerk.vault.models import Note
from bolwerk.vault.tests.makers import make_owner
from bolwerk.vault.tests.test_pages import NOTES, browser_of, text_of

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Hij bood geld aan. " * 500  # more than fits in what is left of a page of the database
TRIGGER = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON vault_note FOR EACH ROW EXECUTE FUNCTION no_room();
"""


@contextmanager
def full_disk() -> Iterator[None]:
    """A database that cannot grow: by its own limit on SQLite, by the error it gives for it on PostgreSQL."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA max_page_count = 1")  # it becomes what there is
            yield
            cursor.execute("PRAGMA max_page_count = 4294967294")
        else:
            cursor.execute(TRIGGER)
            yield
            cursor.execute("DROP FUNCTION no_room CASCADE")


def test_a_full_disk_while_sealing_is_said_and_leaves_nothing() -> None:
    author, _reader = make_owner("Fatima El Amrani"), make_owner("Hendrik Mulder")
    client = browser_of(author)
    client.raise_request_exception = False
    given = {"reader": "Hendrik Mulder", "subject": "Afspraak", "text": LONG}
    before = Line.objects.count()
    with full_disk():
        answer = client.post(f"{NOTES}nieuw/", given)
    assert answer.status_code == 507
    assert "Er is geen ruimte meer" in text_of(answer)
    assert LONG not in text_of(answer)
    assert not Note.objects.exists()
    assert Line.objects.count() == before
    assert client.post(f"{NOTES}nieuw/", given)["Location"] == NOTES
    assert Note.objects.count() == 1
