"""Answers of the Haal Centraal BRP APIs: who lives where on a day is what the answer says of that day."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.ingest import ingest
from knooppunt.registers.brp.haal_centraal import Answers
from knooppunt.registers.brp.housing import housing_at
from knooppunt.registers.brp.residents import residents_at
from knooppunt.registers.brp.schemas import STAYS
from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.refusal import RefusedError
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import open_vault

HERE = "0599010000208579"
FIRST = date(2024, 1, 1)
BSN = ("999993653", "999990019", "999990020")


def answers() -> Answers:
    return Answers(lambda bsn: f"hash of {bsn}", lambda bsn: True, lambda bsn: None)


def lived(start: date, end: date, sure: list[str], maybe: list[str]) -> dict[str, Any]:
    return {
        "adresseerbaarObjectIdentificatie": HERE,
        "periode": {"datumVan": start.isoformat(), "datumTot": end.isoformat()},
        "bewoners": [
            {"burgerservicenummer": bsn, "naam": {"volledigeNaam": "Noor Vos"},
             "geboorte": {"datum": {"type": "Datum", "datum": "1984-07-01"}}} for bsn in sure
        ],
        "mogelijkeBewoners": [{"burgerservicenummer": bsn} for bsn in maybe],
    }  # fmt: skip


def stays(*periods: dict[str, Any]) -> pa.Table:
    rows = [dict.fromkeys(STAYS.names) | row for row in answers().stays(1, {"bewoningen": list(periods)})]
    return pa.Table.from_pylist(rows, pa.schema([field.with_nullable(True) for field in STAYS]))


def counts(table: pa.Table, on: date) -> tuple[int, int]:
    found = residents_at(ibis.memtable(table), on).to_pyarrow().to_pylist()
    return (found[0]["residents"], found[0]["possible_residents"]) if found else (0, 0)


PERIODS = st.lists(
    st.tuples(st.integers(1, 9), st.lists(st.sampled_from(["sure", "maybe", "not"]), min_size=3, max_size=3)),
    min_size=1,
    max_size=5,
)


def counted_as_told(told: list[tuple[int, list[str]]]) -> None:
    """Hold what is counted on each day against what was answered for the period that it lies in."""
    periods, expected, start = [], dict[date, tuple[int, int]](), FIRST
    for length, how in told:
        sure, maybe = ([BSN[n] for n in range(3) if how[n] == what] for what in ("sure", "maybe"))
        periods.append(lived(start, start + timedelta(days=length), sure, maybe))
        for day in range(length):
            expected[start + timedelta(days=day)] = (len(sure), len(maybe))
        start += timedelta(days=length)
    table = stays(*periods)
    days = [FIRST, *sorted(expected)[:: max(1, len(expected) // 4)], start - timedelta(days=1)]
    assert {day: counts(table, day) for day in days} == {day: expected[day] for day in days}


@settings(max_examples=25, deadline=None)  # each takes a sixth of a second; more are drawn in `make drills`
@given(PERIODS)
def test_every_day_that_was_asked_counts_as_the_answer_says(told: list[tuple[int, list[str]]]) -> None:
    counted_as_told(told)


@pytest.mark.drill  # the same, drawn more often
@settings(max_examples=100, deadline=None)
@given(PERIODS)
def test_every_day_of_many_answers_counts_as_they_say(told: list[tuple[int, list[str]]]) -> None:
    counted_as_told(told)


def test_who_was_there_already_did_not_move_in_that_day() -> None:
    table = stays(lived(FIRST, FIRST + timedelta(days=60), [BSN[0]], []))
    (row,) = housing_at(ibis.memtable(table), FIRST + timedelta(days=30)).to_pyarrow().to_pylist()
    assert (row["moved_in"], row["moved_out"], row["recent"]) == (0, 0, 1)


def test_who_came_and_went_within_the_period_moved() -> None:
    days = [FIRST + timedelta(days=n) for n in (0, 20, 40, 60)]
    table = stays(*(lived(days[n], days[n + 1], [BSN[0]] if n == 1 else [], []) for n in range(3)))
    (row,) = housing_at(ibis.memtable(table), days[3]).to_pyarrow().to_pylist()
    assert (row["moved_in"], row["moved_out"]) == (1, 1)


def test_answers_for_one_day_of_many_objects_fill_a_vault_without_a_bsn(tmp_path: Path) -> None:
    day = date(2026, 11, 1)
    lines = [{"bewoningen": [lived(day, day + timedelta(days=1), [BSN[0], BSN[1]], [BSN[2]])]}, {"bewoningen": []}]
    lines.append({"bewoningen": [lived(day, day + timedelta(days=1), [], []) | {"indicatieVeelBewoners": True}]})
    (tmp_path / "bewoningen.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    told = ingest("brp", tmp_path / "bewoningen.jsonl", vault=tmp_path / "vault", at=NOON, as_of=day)
    assert told.quality["persons"] == 3 and told.quality["objects_cut_off_at_100"] == 1
    rows = residents_at(open_vault(tmp_path / "vault").table("stays"), day).to_pyarrow().to_pylist()
    assert [(row["residents"], row["possible_residents"], row["adults"]) for row in rows] == [(2, 1, 2)]
    for file in (tmp_path / "vault").rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert not any(secret in content for secret in (BSN[0].encode(), b"Noor Vos", b"1984"))


def person(**changed: Any) -> dict[str, Any]:
    return {
        "burgerservicenummer": BSN[0],
        "geboorte": {"datum": {"type": "JaarDatum", "jaar": 1980}},
        "gemeenteVanInschrijving": {"code": "0599"},
        "verblijfplaats": {
            "type": "Adres",
            "adresseerbaarObjectIdentificatie": HERE,
            "functieAdres": {"code": "W"},
            "datumVan": {"type": "JaarMaandDatum", "jaar": 2020, "maand": 5},
        },
    } | changed


def test_a_person_lives_where_the_answer_says_since_then() -> None:
    (row,) = answers().stays(1, {"personen": [person()]})
    assert (row["start_earliest"], row["start_latest"]) == (date(2020, 5, 1), date(2020, 5, 31))
    assert (row["municipality"], row["function"], row["end_earliest"]) == ("0599", "W", None)
    assert row["adult_from_latest"] == date(1998, 12, 31)


def test_who_lives_abroad_or_died_lives_at_no_object() -> None:
    abroad = person(verblijfplaats={"type": "VerblijfplaatsBuitenland"})
    assert not list(answers().stays(1, {"personen": [abroad]}))
    ended = {"reden": {"code": "O"}, "datum": {"type": "Datum", "datum": "2024-03-01"}}
    (row,) = answers().stays(1, {"personen": [person(opschortingBijhouding=ended)]})
    assert row["end_latest"] == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ([], "something else"),
        ({"status": 403, "title": "Niet geautoriseerd"}, "went wrong"),
        ({"x": 1}, "neither"),
        ({"bewoningen": [{"adresseerbaarObjectIdentificatie": "12"}]}, "adresseerbaarObjectIdentificatie"),
        ({"bewoningen": [lived(FIRST, FIRST, [], [])]}, "ends before"),
        ({"bewoningen": [lived(FIRST, FIRST + timedelta(days=1), ["123"], [])]}, "burgerservicenummer"),
        ({"bewoningen": [{"adresseerbaarObjectIdentificatie": HERE}]}, "datumVan"),
        ({"personen": [{}]}, "burgerservicenummer"),
        ({"personen": [person(geboorte={"datum": {"jaar": "x"}})]}, "day that is none"),
        ({"personen": [person(geboorte={"datum": {"datum": "2020-13-01"}})]}, "no such month"),
        ({"personen": "x"}, "list of objects"),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_of_it_repeated(answer: Any, reason: str) -> None:
    with pytest.raises(FactRefusedError, match=reason) as refused:
        list(answers().stays(1, answer))
    assert BSN[0] not in str(refused.value) and "123" not in str(refused.value)


def test_a_folder_without_lists_and_answers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "readme.md").write_text("x", encoding="utf-8")
    with pytest.raises(RefusedError, match="no CSV and no JSON"):
        ingest("brp", tmp_path / "in", vault=tmp_path / "vault", at=NOON)
