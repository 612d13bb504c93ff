"""Protected fields (quality.md F 37-41): what lies in the database opens in its own row only, and is never searched."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.models import F, Q
from django.test.utils import isolate_apps
from pytest_django import DjangoAssertNumQueries, Settings

from bolwerk.crypto.classes import classes, faults
from bolwerk.crypto.fields import (
    Closed,
    ProtectedBytesField,
    ProtectedJSONField,
    ProtectedTextField,
    RowUnknownError,
    StillClosedError,
    protected_fields,
)
from bolwerk.crypto.ring import CannotOpenError
from bolwerk.incidents.models import Addition, Incident
from bolwerk.incidents.tests.makers import MONDAY, make_incident

pytestmark = pytest.mark.django_db
WORDS = "Hij riep dat hij me wist te vinden."


def token(incident: Incident, column: str = "words") -> bytes:
    """What lies in the database."""
    with connection.cursor() as cursor:
        key = incident.pk.hex if connection.vendor == "sqlite" else incident.pk
        cursor.execute(f"SELECT {column} FROM incidents_incident WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


def plant(incident: Incident, data: bytes, column: str = "words") -> Incident:
    """Put bytes in the database as somebody with its owner's rights could; return the incident, read anew."""
    Incident.objects.filter(pk=incident.pk).update(**{column: Closed(data)})
    return Incident.objects.get(pk=incident.pk)


def test_what_lies_in_the_database_says_nothing() -> None:
    incident = make_incident(words=WORDS)
    assert WORDS.encode() not in token(incident)
    assert Incident.objects.get().words == WORDS


@pytest.mark.parametrize("words", ["", "x", "é" * 4000, "\0\x80", "regel\nregel\t✓"])
def test_every_text_comes_back_as_it_was(words: str) -> None:
    make_incident(words=words)
    assert Incident.objects.get().words == words


def test_short_texts_are_all_as_long() -> None:
    assert len({len(token(make_incident(words=words))) for words in ("", "ja", WORDS, "x" * 127)}) == 1


def test_a_token_of_another_row_column_or_table_does_not_open() -> None:
    one, two = make_incident(words=WORDS, place="Balie 4"), make_incident(words="Anders")
    with pytest.raises(CannotOpenError):
        _ = plant(two, token(one)).words
    with pytest.raises(CannotOpenError):
        _ = plant(one, token(one, "place")).words
    addition = Addition.objects.create(incident=one, by=one.reporter, at=MONDAY, text="Later")
    Addition.objects.update(text=Closed(token(two, "words")))
    with pytest.raises(CannotOpenError):
        _ = Addition.objects.get(pk=addition.pk).text


def test_a_touched_or_cut_token_does_not_open() -> None:
    incident = make_incident(words=WORDS)
    whole = token(incident)
    for data in [whole[:-1], whole[:20], b"", whole + b"\0", bytes([whole[0] ^ 2]) + whole[1:]]:
        with pytest.raises(CannotOpenError):
            _ = plant(incident, data).words


def test_a_row_with_a_token_that_is_not_its_own_cannot_be_saved_either() -> None:
    one, two = make_incident(words=WORDS), make_incident()
    stolen = plant(two, token(one))
    with pytest.raises(CannotOpenError):
        stolen.save()


def test_a_copy_under_another_key_does_not_take_the_words_along() -> None:
    incident = make_incident(words=WORDS)
    copy = Incident.objects.get(pk=incident.pk)
    copy.pk, copy.reference, copy.submission_key = uuid4(), "BBBB-CCCC", uuid4()
    with pytest.raises(CannotOpenError):
        copy.save(force_insert=True)


@pytest.mark.parametrize(
    "search",
    [Q(words=WORDS), Q(words__icontains="riep"), Q(words__in=[WORDS]), Q(words__regex="."), Q(place__startswith="B")],
    ids=str,
)
def test_searching_is_refused_with_what_to_do_instead(search: Q) -> None:
    with pytest.raises(FieldError, match="cannot be searched"):
        Incident.objects.filter(search).exists()


@pytest.mark.parametrize("change", [{"words": "x"}, {"place": "x"}], ids=str)
def test_a_change_without_the_row_is_refused(change: dict[str, str]) -> None:
    incident = make_incident(words=WORDS)
    with pytest.raises(RowUnknownError, match="save"):
        Incident.objects.update(**change)
    incident.words = "Anders"
    with pytest.raises(RowUnknownError):
        Incident.objects.bulk_update([incident], ["words"])


def test_the_database_can_move_a_token_but_not_open_it() -> None:
    make_incident(words=WORDS)
    Incident.objects.update(place=F("words"))
    with pytest.raises(CannotOpenError):
        _ = Incident.objects.get().place


def test_values_without_their_object_stay_closed() -> None:
    make_incident(words=WORDS)
    (lying,) = Incident.objects.values_list("words", flat=True)
    assert repr(lying).startswith("<closed ")
    for use in (str, bool, len, list):
        with pytest.raises(StillClosedError):
            use(lying)


def test_bulk_create_closes_each_for_its_own_row() -> None:
    incident = make_incident()
    rows = [Addition(incident=incident, by=incident.reporter, at=MONDAY, text=f"Later {n}") for n in range(3)]
    Addition.objects.bulk_create(rows)
    assert {row.text for row in Addition.objects.all()} == {"Later 0", "Later 1", "Later 2"}


def test_a_list_that_does_not_show_words_opens_none(settings: Settings) -> None:
    make_incident(words=WORDS)
    rows = list(Incident.objects.all())
    settings.BOLWERK_KEY_RING_FILE = settings.BOLWERK_DIR / "no-ring-at-all"
    assert [row.reference for row in rows]
    assert [row.get_kind_display() for row in rows]


def test_a_field_that_was_not_fetched_is_fetched_when_asked_for(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_incident(words=WORDS)
    row = Incident.objects.defer("words").get()
    with django_assert_num_queries(1):
        assert row.words == WORDS


def test_every_table_of_the_house_with_protected_fields_is_known_by_name() -> None:
    """A renamed table or column would open no more: whoever renames one must close its rows anew."""
    places = {f"{model._meta.db_table}.{field.column}" for model, field in protected_fields()}
    assert places >= {
        "accounts_grant.reason",
        "accounts_peoplefile.content",
        "incidents_incident.place",
        "incidents_incident.words",
        "incidents_statuschange.reason",
        "incidents_feedback.text",
        "incidents_addition.text",
        "ui_draft.values",
        "ui_savedview.query",
    }


@isolate_apps("bolwerk.incidents")
def test_a_model_whose_key_comes_too_late_is_refused_at_the_start() -> None:
    class Late(models.Model):
        words = ProtectedTextField(db_index=True)
        data = ProtectedJSONField[Any]()
        content = ProtectedBytesField()

        class Meta:
            app_label = "incidents"
            ordering = ("words",)

    found = [str(fault.id) for fault in Late.check() if str(fault.id).startswith("crypto.")]
    assert sorted(found) == ["crypto.E001", "crypto.E001", "crypto.E001", "crypto.E002"]


@isolate_apps("bolwerk.incidents")
def test_an_unclassified_or_wrongly_kept_field_is_told_in_a_sentence() -> None:
    class Loose(models.Model):
        note = models.TextField()
        name = models.CharField(max_length=10)
        forgotten = models.CharField(max_length=10)
        closed = ProtectedTextField()

        protection = classes(internal="id closed", special="note", personal="name", open="gone")
        open_because = {"name": "Sign-in needs it."}  # noqa: RUF012  as the fields of the house say it

        class Meta:
            app_label = "incidents"

    said = " ".join(faults(Loose))
    for word in (
        "no protection class for forgotten",
        "no field gone",
        r"Loose\.note holds words",
        r"\.closed lies closed",
    ):
        assert re.search(word, said), said
    assert "Loose.name" not in said


def test_a_field_has_one_class_and_a_known_one() -> None:
    with pytest.raises(ValueError, match="twice"):
        classes(open="name", special="name")
    with pytest.raises(ValueError, match="secret"):
        classes(secret="name")
