"""Any table by a mapping: what is taken over, and what is refused with file, line and reason."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.ingest import ingest
from knooppunt.registers.refusal import RefusedError
from knooppunt.registers.tables.layout import ABOUT_PEOPLE
from knooppunt.registers.tables.layouts import LAYOUTS
from knooppunt.registers.tables.mapping import read_mapping, shipped_mapping
from knooppunt.registers.tables.propose import propose_mapping
from knooppunt.tests.deliveries import NOON, state_of
from knooppunt.vault import open_vault

PERMIT = "Zaaknummer;Soort;Status;Begindatum;Huisnummer;Postcode\n"
MAPPING = """
register = "permits"
date_format = "%d-%m-%Y"
[columns]
number = "Zaaknummer"
kind = "Soort"
status = "Status"
started_on = "Begindatum"
house_number = "Huisnummer"
postcode = "Postcode"
[values.kind]
"Horeca" = "horeca"
[values.status]
"Verleend" = "valid"
"""


def write(folder: Path, csv: str, mapping: str = MAPPING) -> tuple[Path, Path]:
    """A CSV and its mapping."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "permits.csv").write_text(csv, encoding="utf-8")
    (folder / "permits.toml").write_text(mapping, encoding="utf-8")
    return folder / "permits.csv", folder / "permits.toml"


def take(folder: Path, csv: str, mapping: str = MAPPING, **options: Any) -> list[dict[str, Any]]:
    """Ingest a table and return its rows."""
    path, toml = write(folder, csv, mapping)
    summary = ingest("table", path, vault=folder / "vault", at=NOON, mapping=toml, **options)
    vault = open_vault(folder / "vault")
    (table,) = vault.delivery(summary.register).counts
    rows: list[dict[str, Any]] = vault.table(table).to_pyarrow().to_pylist()
    return rows


def test_a_table_is_read_by_its_mapping(tmp_path: Path) -> None:
    (row,) = take(tmp_path, PERMIT + "Z1;horeca;verleend;31-01-2024;12;6981 ea\n")
    assert (row["number"], row["kind"], row["status"], row["postcode"]) == ("Z1", "horeca", "valid", "6981EA")
    assert (str(row["started_on"]), row["house_number"], row["ended_on"]) == ("2024-01-31", 12, None)
    assert (row["source_file"], row["source_line"]) == ("permits.csv", 2)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Z1;Horeca;Verleend;2024-01-31;12;6981EA", "Begindatum “2024-01-31” is not a date written as %d-%m-%Y"),
        ("Z1;Horeca;Verleend;31-02-2024;12;6981EA", "Begindatum “31-02-2024” is not a date"),
        ("Z1;Kermis;Verleend;31-01-2024;12;6981EA", "Soort “Kermis” has no meaning here"),
        ("Z1;Horeca;;31-01-2024;12;6981EA", "Status is empty"),
        ("Z1;Horeca;Verleend;31-01-2024;12a;6981EA", "Huisnummer is not a number"),
        ("Z1;Horeca;Verleend;31-01-2024;12", "has 5 columns, the heading has 6"),
    ],
)
def test_a_wrong_row_refuses_the_table_with_line_and_reason(tmp_path: Path, row: str, reason: str) -> None:
    good = "Z0;Horeca;Verleend;31-01-2024;12;6981EA\n"
    with pytest.raises(RefusedError, match="line 3") as refused:
        take(tmp_path, PERMIT + good + row + "\n")
    assert reason in str(refused.value)
    assert not (tmp_path / "vault" / "vault.json").exists()
    assert len(take(tmp_path / "again", PERMIT + good + row + "\n", keep_going=True)) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            ('number = "Zaaknummer"', 'number = ["Zaaknummer", "Soort"]'),
            "maps two columns to number: Zaaknummer, Soort",
        ),
        (('kind = "Soort"\n', ""), "does not say which column is kind"),
        (('kind = "Soort"', 'kind = "Soort"\nkind = "Status"'), "is not a mapping in TOML"),
        (('"Horeca" = "horeca"', '"Horeca" = "pub"'), "translates to pub in kind"),
        (('register = "permits"', 'register = "Permits!"'), "does not say which register it is for"),
        (('number = "Zaaknummer"', 'number = "Zaaknummer"\ncolour = "Kleur"'), "maps colour; known are"),
        (("[columns]", "colour = 1\n[columns]"), "has colour; known are"),
        (('number = "Zaaknummer"', "number = 3"), "does not give a heading for number"),
        (("[values.kind]", '[fixed]\nkind = "alcohol"\n[values.kind]'), "fixes kind"),
        (('register = "permits"', 'register = "permits"\nencoding = "ebcdic"'), "has the encoding ebcdic"),
        (('register = "permits"', 'register = "permits"\ndelimiter = ";;"'), "needs a delimiter of one character"),
    ],
)
def test_a_mapping_that_is_wrong_is_refused(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    path, toml = write(tmp_path, PERMIT, MAPPING.replace(*change))
    with pytest.raises(RefusedError) as refused:
        ingest("table", path, vault=tmp_path / "vault", at=NOON, mapping=toml)
    assert reason in str(refused.value)
    assert refused.value.rejection.file == "permits.toml"


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"permits\.csv, line 1: has no column Postcode"):
        take(tmp_path, "Zaaknummer;Soort;Status;Begindatum;Huisnummer\n")


def test_the_same_number_twice_is_refused(tmp_path: Path) -> None:
    row = "Z1;Horeca;Verleend;31-01-2024;12;6981EA\n"
    with pytest.raises(RefusedError, match="the same in permits twice: number Z1"):
        take(tmp_path, PERMIT + row + row)


def test_a_second_time_changes_nothing_and_a_refusal_leaves_the_last_good_state(tmp_path: Path) -> None:
    good = PERMIT + "Z1;Horeca;Verleend;31-01-2024;12;6981EA\n"
    take(tmp_path, good)
    before = state_of(tmp_path / "vault")
    take(tmp_path, good)
    with pytest.raises(RefusedError):
        take(tmp_path, PERMIT + "Z2;Horeca\n")
    assert state_of(tmp_path / "vault") == before


OWN = """
register = "garages"
[columns]
number = "Nr"
rent = "Huur"
[fields.number]
required = true
[fields.rent]
kind = "amount"
least = 0
most = 500
[keys]
unique = ["number"]
"""


def test_a_table_of_ones_own_has_its_fields_in_the_mapping(tmp_path: Path) -> None:
    assert take(tmp_path, "Nr;Huur\nG1;€ 120,50\n", OWN)[0]["rent"] == 120.5
    with pytest.raises(RefusedError, match="line 2: Huur lies outside what the mapping allows"):
        take(tmp_path / "b", "Nr;Huur\nG1;501\n", OWN)


def test_a_table_of_ones_own_has_no_place_for_people(tmp_path: Path) -> None:
    for field in ("naam", "bsn", "nationaliteit", "geboorte_land"):
        with pytest.raises(RefusedError, match="says something about a person"):
            take(tmp_path, "Nr\n1\n", OWN.replace("[fields.rent]", f"[fields.{field}]"))


def test_coordinates_in_the_sea_are_refused(tmp_path: Path) -> None:
    mapping = 'register = "lamps"\n[columns]\nx = "X"\ny = "Y"\n[fields.x]\nkind = "x"\n[fields.y]\nkind = "y"\n'
    assert take(tmp_path, "X;Y\n155000;463000\n", mapping)[0]["x"] == 155_000
    with pytest.raises(RefusedError, match="X lies outside the Netherlands"):
        take(tmp_path / "b", "X;Y\n4,89;52,37\n".replace("4,89", "-90000"), mapping)


def test_every_shipped_mapping_is_whole_and_about_objects() -> None:
    for register, layout in LAYOUTS.items():
        assert read_mapping(shipped_mapping(register)).layout is layout
        own = {name for field in layout.fields for name in (field.name, *field.name.split("_"))}
        assert own & ABOUT_PEOPLE <= {"name"}, "the name of a neighbourhood is no person's"


def test_a_mapping_for_another_register_is_refused(tmp_path: Path) -> None:
    path, toml = write(tmp_path, PERMIT)
    with pytest.raises(RefusedError, match="is a mapping for permits, not for rdw"):
        ingest("rdw", path, vault=tmp_path / "vault", at=NOON, mapping=toml)


def test_a_postcode_may_come_in_two_columns(tmp_path: Path) -> None:
    path = tmp_path / "rdw.csv"
    path.write_text(
        "volgnummer,erkenning,straat,huisnummer,huisnummer_toevoeging,postcode_numeriek,postcode_alfanumeriek,plaats\n"
        "7,APK,Kade,3,A,6981,EA,Doesburg\n"
    )
    ingest("rdw", path, vault=tmp_path / "vault", at=NOON)
    (row,) = open_vault(tmp_path / "vault").table("recognitions").to_pyarrow().to_pylist()
    assert (row["postcode"], row["addition"], row["kind"]) == ("6981EA", "A", "APK")


def test_a_mapping_is_proposed_from_the_head(tmp_path: Path) -> None:
    path = tmp_path / "uitvoer.csv"
    path.write_text(
        "zaaknummer,soort,status,begindatum,huisnummer,postcode,naam\n"
        + "Z1,Terras,Verleend,31-01-2024,4,6981EA,Jan\n",
        encoding="cp1252",
    )
    found = propose_mapping(path)
    assert (found.register, found.missing, found.unused) == ("permits", (), ("naam",))
    assert found.words == {"kind": ("Terras",), "status": ("Verleend",)}
    assert 'date_format = "%d-%m-%Y"' in found.toml and 'delimiter = ","' in found.toml


def test_the_guided_proposal_is_completed_and_taken_in(tmp_path: Path) -> None:
    path, _ = write(tmp_path, PERMIT + "Z1;Terras;Verleend;31-01-2024;4;6981EA\n")
    out = tmp_path / "mine.toml"
    asked = ["map", str(path), "--register", "permits", "--ask", "--out", str(out)]
    told = CliRunner().invoke(main, asked, input="horeca\nvalid\n")
    assert told.exit_code == 0, told.output
    told = CliRunner().invoke(
        main, ["ingest", "table", str(path), "--mapping", str(out), "--vault", str(tmp_path / "vault"), "--json"]
    )
    assert json.loads(told.stdout)["current"] == {"permits": 1}


def test_a_proposal_as_json_names_columns_about_people(tmp_path: Path) -> None:
    path, _ = write(tmp_path, PERMIT.strip() + ";Naam houder\nZ1;horeca;valid;2024-01-31;4;6981EA;x\n")
    told = json.loads(CliRunner().invoke(main, ["map", str(path), "--json"]).stdout)
    assert told["about_people"] == ["Naam houder"]


def test_something_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\x00\x01\x02\n")
    for command in (["map", str(path)], ["map", str(tmp_path / "absent.csv")]):
        assert CliRunner().invoke(main, command).exit_code == 1
    told = CliRunner().invoke(main, ["ingest", "table", str(path), "--vault", str(tmp_path / "vault")])
    assert told.exit_code == 1 and "--mapping" in told.output


SIGNALEN = "id,source,text,created_at,main_category,sub_category,lat,lng\n"


@pytest.mark.parametrize("place", ["52.15517440,5.38720621", "5.38720621,52.15517440"])
def test_signalen_is_read_with_the_mapping_that_comes_along(tmp_path: Path, place: str) -> None:
    path = tmp_path / "signalen.csv"
    row = f"7,online,Herrie bij Jan,2026-05-01 12:30:00+00:00,Overlast,Geluid,{place}\n"
    path.write_text(SIGNALEN + row + "8,Meldkamer Handhaver,,2026-05-02T08:00:00Z,Afval,,,\n", encoding="utf-8")
    ingest("reports", path, vault=tmp_path / "vault", at=NOON, mapping="signalen")
    one, other = open_vault(tmp_path / "vault").table("reports").order_by("number").to_pyarrow().to_pylist()
    assert (one["category"], one["source"], str(one["reported_on"])) == ("Overlast: Geluid", "resident", "2026-05-01")
    assert abs(one["x"] - 155_000) < 1 and abs(one["y"] - 463_000) < 1, "the middle of RD, in Amersfoort"
    assert (other["category"], other["source"], other["x"], other["y"]) == ("Afval", "inspector", None, None)
    assert "Jan" not in str(one)


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("52.37,", "has a latitude without a longitude, or the other way round"),
        ("52.37,52.38", "has a latitude twice, or a longitude"),
        ("48.85,2.35", "lies outside the Netherlands (WGS84, degrees)"),
        ("121394,487383", "lies outside the Netherlands (WGS84, degrees)"),
    ],
)
def test_degrees_that_are_no_place_here_are_refused(tmp_path: Path, place: str, reason: str) -> None:
    path = tmp_path / "signalen.csv"
    path.write_text(SIGNALEN + f"7,online,,2026-05-01,Overlast,Geluid,{place}\n", encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        ingest("reports", path, vault=tmp_path / "vault", at=NOON, mapping="signalen")
    assert (refused.value.rejection.line, reason in str(refused.value)) == (2, True)


@pytest.mark.parametrize(
    ("headings", "category"),
    [
        ("main_category,sub_category,lat,lng", '["main_category", "sub_category"]'),
        ("hoofdcategorie,subcategorie,latitude,longitude", '["hoofdcategorie", "subcategorie"]'),
        ("main,sub,breedtegraad,lengtegraad", '["main", "sub"]'),
        ("categorie,tekst,y,x", '"categorie"'),
        ("tekst,Subcategorie,Lat,Lon", '"Subcategorie"'),
    ],
)
def test_categories_and_degrees_are_recognised(tmp_path: Path, headings: str, category: str) -> None:
    path = tmp_path / "meldingen.csv"
    path.write_text(f"id,source,created_at,{headings}\n7,resident,2026-05-01,Overlast,Geluid,52.37276,4.8936\n")
    found = propose_mapping(path)
    *_, latitude, longitude = headings.split(",")
    assert (found.register, found.missing, set(found.unused) - {"tekst"}) == ("reports", (), set())
    assert f"category = {category}" in found.toml and 'coordinates = "degrees"' in found.toml
    assert (found.columns["x"], found.columns["y"]) == (longitude, latitude)
    (tmp_path / "mine.toml").write_text(found.toml)
    ingest("table", path, vault=tmp_path / "vault", at=NOON, mapping=tmp_path / "mine.toml")
    (row,) = open_vault(tmp_path / "vault").table("reports").to_pyarrow().to_pylist()
    assert 121_300 < row["x"] < 121_500


def test_a_mapping_with_half_a_place_in_degrees_is_refused(tmp_path: Path) -> None:
    mapping = 'register = "lamps"\ncoordinates = "degrees"\n[columns]\nx = "X"\n[fields.x]\nkind = "x"\n'
    with pytest.raises(RefusedError, match="which need both x and y"):
        take(tmp_path, "X\n4.9\n", mapping)
    with pytest.raises(RefusedError, match="has the coordinates miles"):
        take(tmp_path, "X\n4.9\n", mapping.replace("degrees", "miles"))


@pytest.mark.parametrize(
    ("text", "register", "alike"),
    [
        ("Meldnummer;Datum;X;Y\n1;2-3-2026;143493,5;505440,9\n", "reports", ()),
        ("Contractnummer;KVK-nummer;Wet\nC1;99000001;wmo\n", "contracts", ()),
        ("Zaaknummer;Soort;Begindatum\nV1;x;2026-01-02\n", "rdw", ("measures",)),
    ],
)
def test_a_table_is_known_by_what_it_is_called(tmp_path: Path, text: str, register: str, alike: tuple[str]) -> None:
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    found = propose_mapping(tmp_path / "in.csv")
    assert (found.register, found.alike) == (register, alike)


def test_a_first_line_without_headings_is_told(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("123;Dorpsstraat;2-1-2026\n124;Dorpsstraat;3-1-2026\n", encoding="utf-8")
    told = CliRunner().invoke(main, ["map", str(tmp_path / "in.csv")]).stderr
    told = " ".join(told.split())
    assert "It is not clear what this is" in told
    assert "looks like data: 123, 2-1-2026." in told and "Not placed: 123, Dorpsstraat, 2-1-2026." in told


def test_a_figure_that_is_withheld_is_none(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("Gebied;Indicator;Jaar;Waarde;Aantal\nBU1;gas;2025;-99999999;\nBU2;gas;2025;2.450,5;9\n")
    ingest("figures", path, vault=tmp_path / "vault", at=NOON)
    rows = open_vault(tmp_path / "vault").table("figures").to_pyarrow().to_pylist()
    assert [row["value"] for row in rows] == [None, 2450.5]
