"""Registers that do not fit together: what is said of it, and that nothing is guessed."""

import json
import shutil
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from knooppunt.cli import main
from knooppunt.findings import run_findings
from knooppunt.ingest import ingest
from knooppunt.linkage import link, unlinked
from knooppunt.linkage.addresses import link_addresses
from knooppunt.registers.dutch import in_dutch
from knooppunt.registers.refusal import NOTHING_REMAINS, RefusedError, Rejection
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON, building, state_of, write_extract
from knooppunt.tests.drawn import rows, table
from knooppunt.tests.test_findings_end_to_end import TODAY
from knooppunt.tests.test_link_addresses import ASKED, BOOK, STREET
from knooppunt.vault import VaultError, open_vault


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a municipality, and a vault with BAG and KVK, linked."""
    folder = tmp_path_factory.mktemp("town")
    synthesise(residents=3_000, seed=3, out=folder)
    for register, file in (("bag", "bag.zip"), ("kvk", "kvk.jsonl")):
        ingest(register, folder / file, vault=folder / "vault", at=NOON, as_of=TODAY)
    link(open_vault(folder / "vault"), at=NOON)
    return folder


@pytest.fixture
def vault(town: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(town / "vault", tmp_path / "vault"))


def doctor(vault: Path, *options: str) -> str:
    return CliRunner().invoke(main, ["doctor", "--vault", str(vault), *options]).stdout


def test_registers_of_different_days_are_named(town: Path, vault: Path) -> None:
    assert json.loads(doctor(vault, "--json"))["days_behind"] == {}
    ingest("brp", town / "brp.csv", vault=vault, at=NOON, as_of=date(2025, 11, 1))
    assert json.loads(doctor(vault, "--json"))["days_behind"] == {"brp": 365}
    assert "brp is 365 days older than the newest register" in doctor(vault)


def test_half_a_delivery_is_taken_in_and_said(town: Path, vault: Path, tmp_path: Path) -> None:
    lines = (town / "kvk.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    for share, told in ((0.9, False), (0.3, True)):
        part = tmp_path / f"kvk-{share}.jsonl"
        part.write_text("".join(lines[: int(len(lines) * share)]), encoding="utf-8")
        summary = ingest("kvk", part, vault=vault, at=NOON, as_of=TODAY)
        assert ("rows_of_the_delivery_before" in summary.quality) is told
    assert "is it whole?" in doctor(vault)


def test_a_bag_without_its_premises_gives_no_answer(town: Path, vault: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.zip"
    with zipfile.ZipFile(town / "bag.zip") as whole, zipfile.ZipFile(half, "w") as part:
        for one in whole.infolist():
            if "VBO" not in one.filename:
                part.writestr(one, whole.read(one))
    ingest("bag", half, vault=vault, at=NOON)
    assert open_vault(vault).delivery("bag").counts["premises"] > 0, "those that are inactive came along"
    assert "is it whole?" in doctor(vault)
    with pytest.raises(VaultError, match="has no premises: it is a part of an extract"):
        link(open_vault(vault), at=NOON)


def test_a_source_that_vanished_leaves_what_there_was(town: Path, vault: Path) -> None:
    before = state_of(vault)
    with pytest.raises(RefusedError, match="does not exist"):
        ingest("kvk", town / "gone.jsonl", vault=vault, at=NOON)
    assert state_of(vault) == before


def test_extracts_that_overlap_are_refused_or_counted_once(tmp_path: Path) -> None:
    folder = tmp_path / "two"
    write_extract(folder, building(1), building(2), name="0221PND15092020-000001.xml")
    write_extract(folder, building(2), building(3), name="0221PND15092020-000002.xml")
    with pytest.raises(RefusedError, match="twice"):
        ingest("bag", folder, vault=tmp_path / "vault", at=NOON)
    told = ingest("bag", folder, vault=tmp_path / "vault", at=NOON, keep_going=True)
    assert told.occurrences["PND"] == 3 and len(told.rejected) == 1


def test_a_third_of_unknown_addresses_is_counted_and_guessed_nowhere(town: Path, vault: Path, tmp_path: Path) -> None:
    profiles = [json.loads(line) for line in (town / "kvk.jsonl").read_text(encoding="utf-8").splitlines()]
    unknown = set()
    for number, profile in enumerate(profiles):
        for address in profile.get("adressen", []) if number % 10 < 3 else []:
            address.update(postcode="9999ZZ", huisnummer=7, straatnaam="Nergensweg", plaats="Elders")
            address.pop("geoData", None)
            unknown.add(number + 1)
    file = tmp_path / "kvk.jsonl"
    file.write_text("\n".join(map(json.dumps, profiles)), encoding="utf-8")
    ingest("kvk", file, vault=vault, at=NOON, as_of=TODAY)
    report = link(open_vault(vault), at=NOON)
    left = {row["source_line"] for row in unlinked(open_vault(vault))}
    assert unknown <= left and report.by_errors["unlinked"] == len(left)
    assert 0.2 < len(left) / report.establishments < 0.4
    run = run_findings(open_vault(vault), as_of=TODAY, rules=["BED-01"])
    lines = {ref.source_line for finding in run.findings for ref in finding.refs if ref.table == "establishments"}
    assert lines and not lines & unknown


def refused(register: str, path: Path, *options: str) -> str:
    """What the command says when it refuses a delivery; the vault stays as it was."""
    vault = path.parent / "vault"
    before = state_of(vault)
    told = CliRunner().invoke(main, ["ingest", register, str(path), "--vault", str(vault), *options])
    assert (told.exit_code, told.stdout, state_of(vault)) == (1, "", before)
    return told.stderr


@pytest.mark.parametrize("options", [(), ("--keep-going",)])
def test_what_is_wrong_is_said_also_when_nothing_is_left(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = tmp_path / "brp.csv"
    path.write_text("01.01.10;01.03.10\n1;19800101\n", encoding="utf-8")
    assert "brp.csv, line 1: has no column 01.01.20" in refused("brp", path, *options)
    path.write_text(";".join(f"c{number}" for number in range(1_000_000)), encoding="utf-8")
    assert "brp.csv, line 1: is longer than 4 MiB" in refused("brp", path, *options)
    path.write_text(";".join(map(str, range(100_000))), encoding="utf-8")
    assert "brp.csv, line 1: has 100,000 columns" in refused("brp", path, *options)


def whole(register: str, folder: Path) -> Path:
    """A delivery that can be read, with something in it."""
    if register == "bag":
        return write_extract(folder, *(building(number) for number in range(1, 40)))
    folder.mkdir()
    path = folder / f"{register}.jsonl"
    path.write_text("\n".join(json.dumps({"identificatie": n, "waarden": [VALUE]}) for n in range(1, 40)), "utf-8")
    return path


VALUE = {"waardepeildatum": "2025-01-01", "vastgesteldeWaarde": 250000}


@pytest.mark.parametrize("register", ["bag", "woz"])
def test_a_delivery_of_which_no_file_is_whole_replaces_nothing(register: str, tmp_path: Path) -> None:
    good = whole(register, tmp_path / "good")
    ingest(register, good, vault=tmp_path / "vault", at=NOON)
    cut = tmp_path / good.name
    cut.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    said = refused(register, cut, "--keep-going")
    assert f"{good.name}, line " in said and said.strip().endswith(NOTHING_REMAINS)
    assert not in_dutch(Rejection("x", 1, f"is empty{NOTHING_REMAINS}")).endswith(NOTHING_REMAINS)
    both = tmp_path / "both"
    both.mkdir()
    shutil.copy(cut, both / f"a-{cut.name}")
    (both / f"b-{cut.name}").write_bytes(good.read_bytes())
    asked = ["ingest", register, str(both), "--vault", str(tmp_path / "vault"), "--keep-going"]
    told = CliRunner().invoke(main, asked)
    assert told.exit_code == 0 and "refused and left out" in told.stdout and "line " in told.stdout


def test_a_table_of_which_no_file_is_whole_replaces_nothing(tmp_path: Path) -> None:
    path = tmp_path / "areamap.csv"
    path.write_text("PC6;Huisnummer;Buurt\n" + "7001AA;1;BU02210101\n", encoding="utf-8")
    ingest("areamap", path, vault=tmp_path / "vault", at=NOON)
    path.write_bytes(b"PC6;Huisnummer;Buurt\n" + b"7001AA;2;BU02210101\n" * 9 + b"7001AA;\xff;BU02210101\n")
    assert NOTHING_REMAINS in refused("areamap", path, "--keep-going")


def test_a_spreadsheet_is_called_by_its_name(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("brp", 0).append(["01.01.20", "=1+1"])
    book.save(tmp_path / "brp.xlsx")
    assert "brp.xlsx, line 1: is a spreadsheet (XLSX)" in refused("brp", tmp_path / "brp.xlsx")
    (tmp_path / "brp.csv").write_bytes((tmp_path / "brp.xlsx").read_bytes())
    assert "brp.csv, line 1: is a spreadsheet (XLSX)" in refused("brp", tmp_path / "brp.csv", "--keep-going")


def renumbered(delivery: bytes, before: bytes, after: bytes) -> bytes:
    """A BAG delivery in which one identification is another."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(delivery)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name, renumbered(content, before, after) if name.endswith(".zip") else content.replace(before, after)
            )
    return made.getvalue()


def test_an_object_that_came_with_a_merger_keeps_its_number_and_is_found(town: Path, tmp_path: Path) -> None:
    planted = json.loads((town / "truth.json").read_text(encoding="utf-8"))["findings"]["BED-01"][0]["object_id"]
    other = "0344" + planted[4:]
    (tmp_path / "bag.zip").write_bytes(renumbered((town / "bag.zip").read_bytes(), planted.encode(), other.encode()))
    text = (town / "kvk.jsonl").read_text(encoding="utf-8")
    (tmp_path / "kvk.jsonl").write_text(text.replace(planted, other), encoding="utf-8")
    for register, file in (("bag", "bag.zip"), ("kvk", "kvk.jsonl")):
        ingest(register, tmp_path / file, vault=tmp_path / "vault", at=NOON, as_of=TODAY)
    link(open_vault(tmp_path / "vault"), at=NOON)
    found = {
        one.object_id for one in run_findings(open_vault(tmp_path / "vault"), as_of=TODAY, rules=["BED-01"]).findings
    }
    assert other in found and planted not in found


def test_the_side_of_a_street_that_went_to_the_neighbours_is_not_guessed() -> None:
    asked = table(
        """
        postcode | number | letter | addition | street     | town
        1234AB   | 2      |        |          | Lange Kade | Meerwoude
        1234AC   | 2      |        |          | Lange Kade | Meerwoude
                 | 2      |        |          | Lange Kade | Grootelst
        """,
        ASKED,
    )
    assert {row["object_id"] for row in rows(link_addresses(asked, table(STREET, BOOK)))} == {None}
