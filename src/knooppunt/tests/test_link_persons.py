"""Persons: only with a basis, exact before weighed, one of a household never for another, the same every time."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, JaroWinkler

from knooppunt.ingest import ingest
from knooppunt.linkage.free.book import postcode_code
from knooppunt.linkage.free.dutch import sound_of, sounds_of
from knooppunt.linkage.persons import Basis, PersonIndex, bsn_key, link_persons, read_weights
from knooppunt.linkage.persons import link as linking
from knooppunt.linkage.persons.alike import ALIKE, may_be_alike
from knooppunt.linkage.persons.filed import STRANGERS, Filed, in_order
from knooppunt.linkage.persons.index import occurrences
from knooppunt.linkage.persons.link import compare
from knooppunt.linkage.persons.names import Vocabulary, plain, plain_all, surnames
from knooppunt.linkage.persons.records import postcode_codes
from knooppunt.synthetic.persons import copies, population
from knooppunt.tests.deliveries import NOON, building, write_extract
from knooppunt.vault import Vault, VaultError, open_vault

BASIS = Basis("Wet Bibob art. 7a", "onderzoek vergunning 12", "C. Vos")
MAY = date(1980, 5, 4)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    folder = tmp_path_factory.mktemp("persons")
    ingest("bag", write_extract(folder / "new", building(1)), vault=folder / "vault", at=NOON)
    yield open_vault(folder / "vault")


def record(
    given: str = "Johannes", surname: str = "Vriesland", *, prefix: str = "van", birth: date | None = MAY,
    postcode: str | None = "6981AB", number: int = 1, bsn: str | None = None,
) -> dict[str, object]:  # fmt: skip
    """A record as a row."""
    return {
        "bsn_key": bsn,
        "given": given,
        "prefix": prefix,
        "surname": surname,
        "birth": birth,
        "postcode": postcode,
        "number": number,
    }


def table(*rows: dict[str, object]) -> pa.Table:
    """Records as a table."""
    kinds = [("bsn_key", pa.string()), ("given", pa.string()), ("prefix", pa.string()), ("surname", pa.string()),
             ("birth", pa.date32()), ("postcode", pa.string()), ("number", pa.int32())]  # fmt: skip
    return pa.Table.from_pylist(list(rows), schema=pa.schema(kinds))


ONE, OTHER = "1" * 32, "2" * 32
REGISTER = table(
    record(bsn=ONE),
    record("Maria", birth=date(1982, 7, 9)),
    record("Pieter", birth=date(2010, 2, 3)),
    record("Sanne", birth=date(2010, 2, 3)),  # twins
    record("Willem", "Boomkens", prefix="", postcode="6981AC", number=8, birth=date(1950, 3, 4)),
    record("Johannes", "Vriesland", postcode="1234AB", number=77, birth=date(1951, 1, 1)),
)


def found(*rows: dict[str, object]) -> list[tuple[int | None, str]]:
    """Row and stage of each record."""
    links = compare(PersonIndex(REGISTER), table(*rows)).to_pylist()
    return [(link["row"], link["stage"]) for link in links]


@pytest.mark.parametrize(
    ("asked", "row", "stage"),
    [
        (record("J.", bsn=ONE, postcode=None), 0, "bsn"),
        (record(), 0, "unique_and_equal"),
        (record("JOHANNES", "vriesland"), 0, "unique_and_equal"),
        (record("Jan", number=3), 0, "weighed"),  # a call name
        (record("J.", birth=date(1980, 4, 5)), 0, "weighed"),  # day and month swapped
        (record("Johannes", "vanVrieslandt", prefix=""), 0, "weighed"),  # glued, one letter more
        (record("Maria", "Boomkens-Vriesland", birth=date(1982, 7, 9)), 1, "weighed"),  # a married name
        (record("Wim", "Boomkens", prefix="", postcode="9999ZZ", birth=date(1950, 3, 4)), 4, "weighed"),  # moved
        (record("Pieter", birth=None), 2, "weighed"),
    ],
)
def test_a_record_leads_to_its_person(asked: dict[str, object], row: int, stage: str) -> None:
    assert found(asked) == [(row, stage)]


@pytest.mark.parametrize(
    "asked",
    [
        record("Fleur", birth=date(2010, 2, 3)),  # another child of the house
        record("Thijs", birth=date(1979, 1, 1)),
        record("Naomi", "Achterdijk", prefix="", birth=date(1999, 9, 9), postcode="8888AA"),
        record("", "", prefix="", birth=None, postcode=None, number=0),
    ],
)
def test_who_is_not_there_is_not_found(asked: dict[str, object]) -> None:
    assert found(asked)[0][0] is None


def test_a_bsn_of_somebody_wholly_different_is_for_a_human() -> None:
    asked = record("Naomi", "Achterdijk", prefix="", birth=date(1999, 9, 9), postcode="8888AA", bsn=ONE)
    assert found(asked) == [(None, "bsn_says_otherwise")]


def test_a_differing_bsn_speaks_against() -> None:
    assert found(record(bsn=OTHER)) == [(None, "bsn_says_otherwise")]


def test_without_a_basis_nothing_is_compared(vault: Vault) -> None:
    for basis in (
        Basis("", "onderzoek", "C. Vos"),
        Basis("Wet Bibob", " ", "C. Vos"),
        Basis("Wet Bibob", "onderzoek", ""),
    ):
        with pytest.raises(VaultError, match="basis"):
            link_persons(vault, PersonIndex(REGISTER), table(record()), basis=basis, at=NOON)


def test_the_basis_is_logged_and_the_person_is_not(vault: Vault) -> None:
    link_persons(vault, PersonIndex(REGISTER), table(record(), record("Maria")), basis=BASIS, at=NOON)
    text = (vault.path / "vault.log.jsonl").read_text(encoding="utf-8")
    line = json.loads(text.splitlines()[-1])
    assert (line["legal_ground"], line["purpose"], line["by"], line["records"]) == (
        *(BASIS.legal_ground, BASIS.purpose, BASIS.by),
        2,
    )
    assert "Vriesland" not in text


def test_a_bsn_becomes_a_key_of_this_vault(vault: Vault) -> None:
    assert bsn_key(vault, "999990019") == bsn_key(vault, "999990019") != bsn_key(vault, "999990020")
    assert "99999" not in bsn_key(vault, "999990019")


def test_a_tussenvoegsel_counts_for_nothing() -> None:
    known = Vocabulary()
    first, second = surnames(
        pa.array(["van den", "", None, ""]), pa.array(["Berg", "VandenBerg", "Berg", "Berg-Kamp"]), known
    )
    assert first.tolist() == [0, 0, 0, 0]
    assert second.tolist()[3] == known.words.index("KAMP")


def test_a_stuck_tussenvoegsel_is_known_by_the_names_of_the_register() -> None:
    known = Vocabulary()
    surnames(pa.array(["", ""]), pa.array(["Berg", "Vandersloot"]), known)
    known.close()
    asked = ["vanBerg", "vandenBergh", "vanBerghem", "Vandaal", "vanBergh", "vanVanBerg"]
    first, _ = surnames(pa.array([""] * len(asked)), pa.array(asked), known)
    assert [known.words[n] for n in first] == ["BERG", "BERGH", "BERGHEM", "VANDAAL", "BERGH", "VANBERG"]


def test_the_shipped_weights_can_be_read_and_add_up() -> None:
    assert read_weights().bits("birth", "swapped") > 5
    assert read_weights().bits("given", "different") < -5


def test_many_records_are_linked_right_and_the_same_every_time() -> None:
    people = population(9_200, seed=31)
    rows = list(range(9_200))
    Random(31).shuffle(rows)
    register, asked = sorted(rows[:9_000]), rows[9_000:] + rows[:1_800]
    place = {row: at for at, row in enumerate(register)}
    truth = np.array([place.get(row, -1) for row in asked])
    nothing = pa.nulls(9_000, pa.string())
    index = PersonIndex(people.take(pa.array(register)).append_column("bsn_key", nothing))
    records = copies(people, asked, seed=32, with_number=0.0).append_column("bsn_key", nothing.slice(0, 2_000))
    links = compare(index, records)
    row = links["row"].fill_null(-1).to_numpy()
    right = (row == truth) & (row >= 0)
    assert right.sum() / (row >= 0).sum() >= 0.99
    assert right.sum() / (truth >= 0).sum() >= 0.96
    assert compare(index, records).equals(links)


def test_what_a_record_links_to_depends_on_no_other_record(monkeypatch: pytest.MonkeyPatch) -> None:
    people = population(1_200, seed=33).append_column("bsn_key", pa.nulls(1_200, pa.string()))
    register = people.slice(0, 1_000)
    records = copies(people, range(1_200), seed=34, with_number=0.0).append_column("bsn_key", people["bsn_key"])
    whole = compare(PersonIndex(register), records)
    monkeypatch.setattr(linking, "_BLOCK", 80)
    monkeypatch.setattr(linking, "_BATCH", 40)
    pieces: list[tuple[int, int]] = []
    assert compare(PersonIndex(register), records, lambda done, of: pieces.append((done, of))).equals(whole)
    assert pieces == [(done, 30) for done in range(1, 31)]
    index = PersonIndex(register)
    for place in (7, 1_100, 3):
        assert compare(index, records.slice(place, 1)).equals(whole.slice(place, 1))


def test_no_records_give_no_links() -> None:
    assert compare(PersonIndex(REGISTER), table()).num_rows == 0
    assert compare(PersonIndex(table()), table(record())).to_pylist()[0]["stage"] == "not_found"


_NAMES = st.text("ABCDE", min_size=1, max_size=9) | st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=12)


@given(_NAMES, _NAMES, st.integers(0, 11), st.sampled_from("ABZ"))
def test_no_names_that_are_alike_are_passed_over(one: str, other: str, place: int, letter: str) -> None:
    slips = (other, one[:place] + letter + one[place:], one[:place] + one[place + 1 :] or "A", one[:place] + one)
    for near in slips:
        words = Vocabulary()
        numbers = words.add([one]), words.add([near])
        alike = OSA.distance(one, near) <= 1 or JaroWinkler.similarity(one, near) >= ALIKE
        assert may_be_alike(words, *numbers, ALIKE)[0] >= alike


@given(st.lists(st.integers(-1, 5), max_size=30))
def test_a_value_is_counted_in_every_row_that_has_it(values: list[int]) -> None:
    expected = [0 if value < 0 else values.count(value) for value in values]
    assert occurrences(np.array(values, np.int64)).tolist() == expected


def test_nothing_of_it_is_left_in_the_vault(vault: Vault, tmp_path: Path) -> None:
    link_persons(vault, PersonIndex(REGISTER), table(record()), basis=BASIS, at=NOON)
    assert not any(b"VRIESLAND" in file.read_bytes().upper() for file in vault.path.rglob("*") if file.is_file())


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=8))
def test_many_names_at_once_are_what_they_are_one_by_one(texts: list[str]) -> None:
    assert plain_all(texts) == [plain(text) for text in texts]


@given(st.lists(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=12) | st.text("ABCÉ", max_size=5), max_size=8))
def test_many_sounds_at_once_are_what_they_are_one_by_one(names: list[str]) -> None:
    assert sounds_of(names) == [sound_of(name) for name in names]


_POSTCODES = st.from_regex(r"[0-9 ]{3,4}[0-9A-Za-z@\[`{ ]{2,3}", fullmatch=True) | st.text(max_size=7)


@given(st.lists(_POSTCODES, max_size=8))
def test_many_postcodes_at_once_are_what_they_are_one_by_one(texts: list[str]) -> None:
    assert postcode_codes(texts).tolist() == [postcode_code(text) for text in texts]


@given(st.lists(st.integers(1, 2**64 - 1) | st.integers(1, 40), max_size=60))
def test_hashes_are_put_in_order_of_their_first_half(hashes: list[int]) -> None:
    array = np.array(hashes, np.uint64)
    assert in_order(array).tolist() == sorted(range(len(hashes)), key=lambda place: hashes[place] >> 32)


@given(st.lists(st.sampled_from([0, 1, 2, 1 << 32, 1 << 63]), max_size=40), st.integers(1, 9))
def test_rows_are_found_by_both_halves_of_a_hash(hashes: list[int], most: int) -> None:
    asked = [0, 1, 2, 3, 1 << 32, 1 << 63]
    found = Filed(np.array(hashes, np.uint64)).find(np.array(asked, np.uint64), most)
    few = [number for number in asked[1:] if hashes.count(number) <= most]
    expected = [(asked.index(one), row) for one in few for row, other in enumerate(hashes) if one == other]
    strangers = {number >> 32 for number in asked if sum(h >> 32 == number >> 32 for h in hashes) > most + STRANGERS}
    assert sorted(zip(*map(np.ndarray.tolist, found), strict=True)) == [
        (place, row) for place, row in expected if asked[place] >> 32 not in strangers
    ]


@pytest.mark.parametrize("prefix", ["van", "", "heer"])
def test_a_tussenvoegsel_in_its_own_column_counts_as_one_in_the_name(prefix: str) -> None:
    names = ["Berg", "de Boer-Smit", "", "-Vries", "Ter", "van den Brink"]
    apart, together = Vocabulary(), Vocabulary()
    found = surnames(pa.array([prefix] * len(names)), pa.array(names), apart)
    whole = surnames(pa.array([""] * len(names)), pa.array([f"{prefix} {name}" for name in names]), together)
    for mine, theirs in zip(found, whole, strict=True):
        assert [apart.words[n] if n >= 0 else "" for n in mine] == [together.words[n] if n >= 0 else "" for n in theirs]
