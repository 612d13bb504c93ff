"""WOZ, functions of directors and the Kadaster in their own formats; people come out as keyed hashes only."""

import json
from pathlib import Path
from typing import Any

import pytest

from knooppunt.ingest import ingest
from knooppunt.registers.refusal import RefusedError
from knooppunt.tests.deliveries import NOON, real, state_of
from knooppunt.vault import open_vault


def stored(folder: Path, register: str, text: str, table: str, name: str = "in.jsonl") -> list[dict[str, Any]]:
    """Ingest a text and return the rows of a table."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    ingest(register, path, vault=folder / "vault", at=NOON)
    rows: list[dict[str, Any]] = open_vault(folder / "vault").table(table).to_pyarrow().to_pylist()
    return rows


def test_the_real_woz_objects_are_read(tmp_path: Path) -> None:
    summary = ingest("woz", real("woz/test-data.json"), vault=tmp_path, at=NOON)
    rows = open_vault(tmp_path).table("valuations").to_pyarrow().to_pylist()
    assert summary.rejected == []
    assert len({row["woz"] for row in rows}) == 7, "of the twelve objects, seven have a value"
    first = [row for row in rows if row["woz"] == 800000051111]
    assert [(str(row["valued_on"]), row["value"]) for row in first][:2] == [
        ("2008-01-01", 1_500_000),
        ("2009-01-01", 1_700_000),
    ]


def test_nobody_comes_along_with_a_value(tmp_path: Path) -> None:
    ingest("woz", real("woz/test-data.json"), vault=tmp_path, at=NOON)
    assert all(b"Boerderij" not in data for data in state_of(tmp_path).values())


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ('{"identificatie": "1", "waarden": [{"vastgesteldeWaarde": 5}]}', "without waardepeildatum"),
        ('{"waarden": []}', "has no identificatie"),
        ("[3]", "is not a WOZ object"),
        ('{"identificatie": "1", "waarden": {}}', "waarden is not a list of objects"),
    ],
)
def test_a_wrong_value_is_refused_with_its_line(tmp_path: Path, found: str, reason: str) -> None:
    with pytest.raises(RefusedError, match="line 1") as refused:
        stored(tmp_path, "woz", found, "valuations", "in.json")
    assert reason in str(refused.value)


COMPANY = {
    "kvkNummer": "01234567",
    "functievervullingen": [
        {"functie": "Bestuurder", "datumAanvang": "20200101", "natuurlijkPersoon": {"bsn": "999990019"}},
        {"functie": "Bestuurder", "datumAanvang": "20210101", "rechtspersoon": {"kvkNummer": "07654321"}},
    ],
}
XML = """<maatschappelijkeActiviteit xmlns="http://schemas.kvk.nl/schemas/hrip/catalogus/2013/01">
<kvkNummer>01234567</kvkNummer><heeftAlsEigenaar><rechtspersoon><heeft><bestuursfunctie>
<registratie><datumAanvang>20200101</datumAanvang></registratie>
<door><natuurlijkPersoon><volledigeNaam>Jan Test</volledigeNaam><bsn>999990019</bsn></natuurlijkPersoon></door>
<functie>Bestuurder</functie></bestuursfunctie></heeft></rechtspersoon></heeftAlsEigenaar></maatschappelijkeActiviteit>"""


def test_functions_are_the_same_from_json_and_from_xml(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    first, second = stored(tmp_path, "hr", json.dumps(COMPANY), "functions")
    assert (first["kvk"], first["kind"], str(first["started_on"]), first["holder_kvk"]) == (
        1234567,
        "director",
        "2020-01-01",
        None,
    )
    assert second["holder_kvk"] == 7654321
    (from_xml,) = stored(tmp_path, "hr", XML, "functions", "in.xml")
    assert from_xml["holder"] == first["holder"]


def test_a_directors_number_and_name_stay_outside(tmp_path: Path) -> None:
    stored(tmp_path, "hr", XML, "functions", "in.xml")
    data = b"".join(state_of(tmp_path / "vault").values())
    assert b"999990019" not in data and b"Jan Test" not in data


LOT = {
    "identificatie": "099000000170000",
    "adressen": [{"adresseerbaarObjectIdentificatie": "9900010000000001"}],
    "zakelijkGerechtigden": [
        {
            "type": {"waarde": "eigendom"},
            "aanvangsdatum": "2026-03-01",
            "persoon": {"type": "niet_natuurlijk_persoon", "kvkNummer": "01234567", "land": "Cyprus"},
        },
        {
            "type": {"waarde": "eigendom"},
            "aanvangsdatum": "2020-03-01",
            "einddatum": "2026-03-01",
            "persoon": {"type": "natuurlijk_persoon", "burgerservicenummer": "999990019"},
        },
    ],
    "hypotheken": [{"aanvangsdatum": "2026-03-01"}],
    "stukken": [{"identificatie": "HYP4-1", "datumAanbieding": "2026-03-01", "koopsom": "310000"}],
}


def test_a_lot_brings_rights_deeds_and_mortgages(tmp_path: Path) -> None:
    rights = stored(tmp_path, "brk", json.dumps(LOT), "rights")
    assert [(row["holder_kind"], row["holder_kvk"], row["seat_abroad"]) for row in rights] == [
        ("natural", None, False),
        ("legal", 1234567, True),
    ]
    vault = open_vault(tmp_path / "vault")
    (deed,) = vault.table("deeds").to_pyarrow().to_pylist()
    assert (deed["price"], deed["several_lots"], deed["buyer_kind"]) == (310_000, False, "legal")
    assert vault.table("lots").to_pyarrow().to_pylist()[0]["object_id"] == 9900010000000001
    assert vault.delivery("brk").counts == {"lots": 1, "rights": 2, "deeds": 1, "mortgages": 1}
    assert b"999990019" not in b"".join(state_of(tmp_path / "vault").values())


@pytest.mark.parametrize("register", ["hr", "brk"])
def test_broken_xml_and_foreign_files_are_refused(tmp_path: Path, register: str) -> None:
    with pytest.raises(RefusedError, match="is not well-formed XML"):
        stored(tmp_path, register, "<a><b></a>", "functions", "in.xml")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "read.me").write_text("x")
    with pytest.raises(RefusedError, match="holds no JSON and no XML"):
        ingest(register, tmp_path / "folder", vault=tmp_path / "vault", at=NOON)
    assert not (tmp_path / "vault" / "vault.json").exists()
