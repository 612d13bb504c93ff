"""The BRP: uncertain dates stay uncertain, no BSN is kept, and who lives where follows the residence rules."""

from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.ingest import ingest
from knooppunt.registers.brp.dates import adult_from, read_span
from knooppunt.registers.brp.reader import passes_eleven_test
from knooppunt.registers.brp.residents import residents_at
from knooppunt.registers.brp.schemas import STAYS
from knooppunt.registers.brp.stays import COLUMNS, stays_of
from knooppunt.registers.refusal import RefusedError
from knooppunt.tests.deliveries import NOON, real
from knooppunt.vault import open_vault

HERE, THERE = "0599010000208579", "0599010000476795"
BSN = "999993653"


def row(**cells: str) -> dict[str, str]:
    """The cells of a row; what is not given is empty, and somebody lives there since 2010-08-01."""
    return dict.fromkeys(COLUMNS, "") | {"function": "W", "since": "20100801", "object_id": HERE} | cells


def at(rows: list[dict[str, str]], on: str) -> dict[int, tuple[int, int, int]]:
    """Residents, possible residents and adults per object on a day; rows run back in time."""
    numbered = [(number, cells) for number, cells in enumerate(rows, start=2)]
    table = pa.Table.from_pylist(list(stays_of(numbered, "p", bsn_valid=True)), STAYS)
    found = residents_at(ibis.memtable(table), date.fromisoformat(on)).to_pyarrow().to_pylist()
    return {own["object_id"]: (own["residents"], own["possible_residents"], own["adults"]) for own in found}


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    """Write person lists in RvIG's layout."""
    headings = ["", *COLUMNS.values()]
    lines = [";".join(headings)]
    lines += [";".join([own.get("label", ""), *(own.get(name, "") for name in COLUMNS)]) for own in rows]
    path = folder / "20220502_brp.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_reads_the_test_set_of_rvig_whole(tmp_path: Path) -> None:
    delivery = real("brp/20220502_Testset_persoonslijsten_proefomgeving_GBA-V.csv")
    summary = ingest("brp", delivery, vault=tmp_path, at=NOON)
    assert summary.quality["rows"] == 2_156
    assert summary.quality["bsn"] == 682
    assert (summary.quality["bsn_valid"], summary.quality["bsn_invalid"]) == (681, 1)
    assert (summary.rejected, str(summary.as_of)) == ([], "2022-05-02")


def test_no_bsn_is_anywhere_in_the_vault(tmp_path: Path) -> None:
    ingest("brp", write(tmp_path, row(bsn=BSN, birth="19851201") | {"label": "1"}), vault=tmp_path / "vault", at=NOON)
    for file in (tmp_path / "vault").rglob("*"):
        assert not file.is_file() or BSN.encode() not in file.read_bytes(), file
    (person,) = open_vault(tmp_path / "vault").table("stays").person.to_pyarrow().to_pylist()
    assert len(person) == 32


def test_a_reason_never_repeats_what_stands_in_the_row(tmp_path: Path) -> None:
    path = write(tmp_path, row(bsn=BSN, since="20240230") | {"label": "1"})
    with pytest.raises(RefusedError, match=r"line 2: 08\.10\.30 is not a date") as refused:
        ingest("brp", path, vault=tmp_path / "vault", at=NOON)
    assert BSN not in str(refused.value) and "20240230" not in str(refused.value)


def test_somebody_lives_there_from_the_first_day_until_the_next_stay_begins() -> None:
    rows = [row(object_id=THERE, since="20150101"), row()]
    assert at(rows, "2010-07-31") == {}
    assert at(rows, "2010-08-01") == {int(HERE): (1, 0, 0)}
    assert at(rows, "2014-12-31") == {int(HERE): (1, 0, 0)}
    assert at(rows, "2015-01-01") == {int(THERE): (1, 0, 0)}


@pytest.mark.parametrize("since", ["20220800", "20220000", "00000000"])
def test_an_uncertain_start_makes_a_possible_resident_after_the_stay_before(since: str) -> None:
    rows = [row(object_id=THERE, since=since), row(since="20220803")]
    assert int(THERE) not in at(rows, "2022-08-03")
    assert at(rows, "2022-08-04")[int(THERE)] == (0, 1, 0)


@pytest.mark.parametrize("since", ["20220800", "20220000", "00000000"])
def test_an_uncertain_start_ends_on_the_day_the_next_stay_begins(since: str) -> None:
    rows = [row(object_id=THERE, since="20220803"), row(since=since)]
    assert at(rows, "2022-08-02")[int(HERE)] == (0, 1, 0)
    assert at(rows, "2022-08-03") == {int(THERE): (1, 0, 0)}


@pytest.mark.parametrize("on", ["2010-08-01", "2010-08-18", "2010-08-31"])
def test_two_stays_from_the_same_month_are_both_possible_in_it(on: str) -> None:
    rows = [row(object_id=THERE, since="20100800"), row(since="20100800")]
    assert at(rows, on)[int(HERE)] == (0, 1, 0)
    assert int(HERE) not in at(rows, "2010-09-01")


@pytest.mark.parametrize("reason", ["F", "W"])
def test_a_list_made_in_error_never_lived_anywhere(reason: str) -> None:
    assert at([row(suspension=reason, suspended_on="20200101")], "2015-01-01") == {}


def test_somebody_who_died_lived_there_until_then() -> None:
    rows = [row(suspension="O", suspended_on="20200101")]
    assert at(rows, "2019-12-31") == {int(HERE): (1, 0, 0)}
    assert at(rows, "2020-01-01") == {}


def test_a_technical_change_goes_on_with_the_stay_before() -> None:
    rows = [row(declaration="T", since="00000000"), row()]
    assert at(rows, "2015-01-01") == {int(HERE): (1, 0, 0)}


def test_a_postal_address_and_a_row_marked_wrong_house_nobody() -> None:
    assert at([row(function="B")], "2015-01-01") == {}
    assert at([row(), row(object_id=THERE, since="20050101", wrong="O")], "2006-01-01") == {}


def test_an_adult_is_somebody_who_is_certainly_eighteen() -> None:
    assert at([row(birth="19970801")], "2015-07-31") == {int(HERE): (1, 0, 0)}
    assert at([row(birth="19970801")], "2015-08-01") == {int(HERE): (1, 0, 1)}
    assert at([row(birth="19970000")], "2015-12-30") == {int(HERE): (1, 0, 0)}
    assert adult_from(read_span("20040229")) == (date(2022, 3, 1), date(2022, 3, 1))


@pytest.mark.parametrize("text", ["20240230", "20241301", "2024", "2024013a", "٢٠٢٤٠١٠١"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        read_span(text)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_the_eleven_test_is_that_of_the_standard(bsn: str) -> None:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(int(digit) * weight for digit, weight in zip(bsn, weights, strict=True))
    assert passes_eleven_test(bsn) == (total % 11 == 0 and bsn != "000000000")
