"""Address lines and tips to objects: what links, how sure that is, and what must not be guessed."""

from random import Random

import numpy as np
import pyarrow as pa
import pytest

from knooppunt.linkage.free import AddressBook, Linker, TipLinker
from knooppunt.linkage.free.additions import read_addition
from knooppunt.linkage.free.book import postcode_code
from knooppunt.linkage.free.decide import one_slip
from knooppunt.linkage.free.dutch import key_of, sound_of, written_out
from knooppunt.linkage.free.linker import BATCH
from knooppunt.linkage.free.tokens import hash_of, tokenise

ROWS = """
1 6981AB 1 - - Kerkstraat Meerwoude
2 6981AB 3 - - Kerkstraat Meerwoude
3 6981AB 3 A - Kerkstraat Meerwoude
4 6981AB 5 - bis Kerkstraat Meerwoude
5 6981AB 5 - - Kerkstraat Meerwoude
6 6981AC 7 - I Kerkstraat Meerwoude
7 6981AC 7 - II Kerkstraat Meerwoude
8 6981AC 7 - H Kerkstraat Meerwoude
9 6981AD 12 A 2 Burgemeester_van_der_Venlaan Meerwoude
10 6981AE 4 - - Oude_Kerkstraat Meerwoude
11 6981AF 9 - - De_Bleek Meerwoude
12 6981AG 2 - - Plein_1945 Meerwoude
13 6981AH 20 - - Willem_de_Zwijgerlaan Meerwoude
14 5678CD 1 - - Kerkstraat Grootelst
15 5678CE 8 - - Irenelaan Grootelst
16 5678CF 8 - - Irisstraat Grootelst
"""


def table(rows: str = ROWS) -> pa.Table:
    """Drawn addresses as a table; `_` is a space and `-` nothing."""
    fields = [line.split() for line in rows.strip().splitlines()]
    text = [
        [None if part == "-" else part.replace("_", " ") for part in column] for column in zip(*fields, strict=True)
    ]
    numbers = [pa.array([int(part or 0) for part in text[place]]) for place in (0, 2)]
    names = ["object_id", "number", "postcode", "letter", "addition", "street", "town"]
    return pa.table([*numbers, *(pa.array(text[place], pa.string()) for place in (1, 3, 4, 5, 6))], names=names)


BOOK = AddressBook(table(), pa.table({"street": ["Irenelaan"], "was": ["Oude Gracht"]}))


def linked(*lines: str) -> list[tuple[int | None, int | None]]:
    """Object and errors of some lines."""
    rows = Linker(BOOK).link(pa.array(lines)).to_pylist()
    return [(row["object_id"], row["errors"]) for row in rows]


@pytest.mark.parametrize(
    ("line", "object_id", "errors"),
    [
        ("Kerkstraat 1, 6981 AB Meerwoude", 1, 0),
        ("6981ab 1", 1, 0),
        ("KERKSTR. 3a 6981AB", 3, 0),
        ("Kerkstraat 5bis, 6981 AB", 4, 0),
        ("Kerkstraat 5 boven, 6981 AB Meerwoude", 4, 1),
        ("Kerkstraat 7-2, 6981 AC", 7, 1),
        ("Kerkstraat 7 1-hoog, 6981 AC", 6, 1),
        ("Kerkstraat 7 hs, 6981 AC", 8, 1),
        ("Burg. v.d. Venln 12 2A, 6981 AD Meerwoude", 9, 2),
        ("Burg vd Venlaan 12, 6981 AD Meerwoude", 9, 2),
        ("Kerkstraat 1-3, 6981 AB Meerwoude", 1, 2),
        ("t.a.v. Jansen, Kerkstraat 1, NL-6981 AB Meerwoude, Nederland", 1, 0),
        ("6981 AB Meerwoude, Kerkstraat 1", 1, 0),
        ("1 Kerkstraat, 6981AB Meerwoude", 1, 0),
        ("Plein 1945 nr. 2, 6981 AG Meerwoude", 12, 0),
        ("Kerkstraat 1, Meerwoude", 1, 3),
        ("Kerk straat 1 Meerwoud", 1, 3),
        ("Kerkstraat 1, 6918 AB Meerwoude", 1, 1),
        ("Kerksraat 3A, Meerwoude", 3, 4),
        ("W. de Zwijgerlaan 20", 13, 4),
        ("Bleek 9, Meerwoude", 11, 4),
        ("Oude Gracht 8, Grootelst", 15, 4),
        ("Kèrkstraat 1, 6981 AB", 1, 0),
    ],
)
def test_a_line_leads_to_its_object(line: str, object_id: int, errors: int) -> None:
    assert linked(line) == [(object_id, errors)]


@pytest.mark.parametrize(
    ("line", "stage"),
    [
        ("Kerkstraat 1", "ambiguous"),  # two towns have one
        ("Kerkstraat 7, 6981 AC Meerwoude", "ambiguous"),  # three doors
        ("Kerkstraat 7 C, Meerwoude", "ambiguous"),
        ("Kerkstraat 1, 5678 CF Meerwoude", "postcode_and_street_disagree"),
        ("Kerkstraat 1, 6811 ZZ Arnhem", "not_found"),
        ("Irisstraat 8, Arnhem", "not_found"),
        ("Postbus 1, 6981 AB Meerwoude", "po_box"),
        ("Kerkstraat, Meerwoude", "no_number"),
        ("Kleine Kerkstraat 1, Meerwoude", "not_found"),  # another street than Kerkstraat
        ("", "no_number"),
        ("\u00e9\u00e8 '`", "no_number"),
    ],
)
def test_nothing_is_guessed(line: str, stage: str) -> None:
    (row,) = Linker(BOOK).link(pa.array([line])).to_pylist()
    assert (row["object_id"], row["errors"], row["stage"]) == (None, None, stage)


def test_what_may_be_meant_is_a_suggestion() -> None:
    (row,) = Linker(BOOK).link(pa.array(["Kerkstraat 1, 5678 CF Meerwoude"])).to_pylist()
    assert (row["object_id"], row["suggestion"]) == (None, 1)


@pytest.mark.parametrize(
    ("tip", "object_id"),
    [
        ("Al 3 weken herrie bij Kerkstraat 3a in Meerwoude, elke nacht.", 3),
        ("Kijk eens op nummer 8 in de Irisstraat in Grootelst!", 16),
        ("De Irisstraat in Grootelst op nummer 8, 4 auto's zonder kenteken.", 16),
        ("Op Kerkstraat 7, I hoog (6981 AC) wordt gedeald.", 6),
        ("Irisstr. 8 staat al 2 jaar leeg", 16),
        ("Kerkstraat 7 in Meerwoude", None),
        ("Kerkstraat 1 of Kerkstraat 3a in Meerwoude", None),
        ("Irisstraat 8 in Arnhem", None),
        ("Er staan 8 auto's voor de deur", None),
        ("", None),
    ],
)
def test_a_tip_leads_to_the_one_object_it_is_about(tip: str, object_id: int | None) -> None:
    (row,) = TipLinker(Linker(BOOK)).link(pa.array([tip])).to_pylist()
    assert row["object_id"] == object_id


def test_answers_do_not_depend_on_the_batch_or_the_order() -> None:
    lines = ["Kerkstraat 1, 6981 AB Meerwoude", "Kerksraat 3A, Meerwoude", "", "Kerkstraat 7 hs, 6981 AC"] * (
        BATCH // 2
    )
    rng = Random(3)
    order = rng.sample(range(len(lines)), len(lines))
    one = Linker(BOOK).link(pa.array(lines))["object_id"].to_pylist()
    other = Linker(BOOK).link(pa.array([lines[place] for place in order]))["object_id"].to_pylist()
    assert [one[place] for place in order] == other


def test_nothing_at_all_gives_nothing() -> None:
    assert Linker(BOOK).link(pa.array([], pa.string())).num_rows == 0
    assert Linker(BOOK).link(pa.array([None], pa.string())).to_pylist()[0]["object_id"] is None


def test_a_hash_does_not_know_where_words_were_split() -> None:
    tokens = tokenise(pa.array(["Kerk-Straat 12b", "'s-Gravenhage"]))
    first = tokens.first
    assert int(tokens.hash(first[:1], first[:1] + 2)[0]) == hash_of("KERKSTRAAT")
    assert tokens.words(0, tokens.count) == ["KERK", "STRAAT", "12", "B", "S", "GRAVENHAGE"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("BURG V D VENSTR", "BURGEMEESTERVANDEVENSTRAAT"),
        ("KERKGRACHT", "KERKGRACHT"),
        ("ST JANSSGL", "SINTJANSSINGEL"),
        ("VAN DER VENSTRAAT", "VANDEVENSTRAAT"),
    ],
)
def test_what_is_cut_short_is_written_out(words: str, key: str) -> None:
    assert key_of(written_out(words.split())) == key


def test_what_sounds_alike_is_alike() -> None:
    assert sound_of("LEIDSCHEPLEIN") == sound_of("LIJDSGEPLIJN")
    assert sound_of("KERKSTRAAT") != sound_of("KERSSTRAAT")


def test_an_addition_may_mean_several_things() -> None:
    assert dict(read_addition(["2", "HOOG"]).keys)["2"] == 1
    assert read_addition(["14"]).last_number == 14
    assert read_addition(["KAMER", "3"]).ignorable


def test_postcodes_one_typing_error_apart() -> None:
    others = [postcode_code(text) for text in ("6981AB", "6918AB", "6981BA", "6982AB", "6899AB", "6981ZZ")]
    assert one_slip(np.full(6, postcode_code("6981AB")), np.array(others)).tolist() == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]
