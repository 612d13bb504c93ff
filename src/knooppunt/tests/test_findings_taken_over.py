"""What was seen of objects that nothing changed about is taken over, and reads as a full run tells it."""

import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from knooppunt.findings import FindingsRun, load_findings, run_findings, transit_address
from knooppunt.findings.part import sides
from knooppunt.findings.rule import Ref
from knooppunt.findings.told import delivered_as, records_again, with_records
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.synthetic import synthesise
from knooppunt.synthetic.bag_mutations import write_mutations
from knooppunt.tests.deliveries import NOON
from knooppunt.tests.test_findings_delta import TODAY, same_as_in_full, take_in
from knooppunt.vault import Vault, open_vault

REGISTERS = ("bag", "brp", "kvk")
RULES = ("BED-01", "BED-02", "WON-01", "WON-03", "WON-04", "BUI-01", "BAG-01")
"""Of objects, streets and all; of companies, residents, buildings and the BAG itself. Every rule is in `make drills`
(test_findings_delta).
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a delivery of a municipality, and a vault that took it in and ran in full."""
    folder = tmp_path_factory.mktemp("town")
    synthesise(residents=3_000, seed=5, out=folder / "one")
    run_findings(take_in(folder / "one", folder / "vault", REGISTERS), as_of=TODAY, rules=RULES)
    return folder


@pytest.fixture
def vault(town: Path, tmp_path: Path) -> Vault:
    shutil.copytree(town / "vault", tmp_path / "vault")
    return open_vault(tmp_path / "vault")


@pytest.fixture
def read_again(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many objects were read again, a run."""
    numbers: list[int] = []

    def counted(days: Any, objects: pa.Array, same: Any) -> Any:
        numbers.append(len(objects))
        return sides(days, objects, same)

    monkeypatch.setattr("knooppunt.findings.delta.sides", counted)
    return numbers


def found_at(run: FindingsRun) -> int:
    return len({one.object_id for one in run.findings if one.level == "address"})


def test_of_a_day_of_mutations_only_the_changed_objects_are_read(
    town: Path, tmp_path: Path, vault: Vault, read_again: list[int]
) -> None:
    write_mutations(town / "one" / "bag.zip", tmp_path / "mutations.zip")
    ingest("bag", tmp_path / "mutations.zip", vault=vault.path, at=NOON, as_of=TODAY)
    link(open_vault(vault.path), at=NOON)
    run = same_as_in_full(open_vault(vault.path), TODAY, RULES)
    assert read_again == [run.again] and 0 < read_again[0] < found_at(run)


def test_people_are_said_to_stand_in_the_file_of_now(
    town: Path, tmp_path: Path, vault: Vault, read_again: list[int]
) -> None:
    *lines, _ = (town / "one" / "brp.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / 'the "day" after.csv').write_text("".join(lines), encoding="utf-8")
    ingest("brp", tmp_path / 'the "day" after.csv', vault=vault.path, at=NOON, as_of=TODAY)
    run = same_as_in_full(open_vault(vault.path), TODAY, RULES)
    files = {ref.source_file for one in run.findings for ref in one.refs if ref.table == "stays"}
    assert files == {'the "day" after.csv'}
    assert read_again[0] < found_at(run)


def test_an_object_that_is_found_because_what_is_usual_shifted_is_looked_up(
    town: Path, tmp_path: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(transit_address, "TIMES_MEDIAN", 1_000)
        patch.setattr(transit_address, "MINIMUM_MOVES", 2)
        assert not [one for one in run_findings(vault, as_of=TODAY, rules=RULES).findings if one.rule == "WON-04"]
    monkeypatch.setattr(transit_address, "MINIMUM_MOVES", 2)
    monkeypatch.setattr(transit_address, "TIMES_MEDIAN", 0)
    shutil.copy(town / "one" / "brp.csv", tmp_path / "again.csv")
    with (tmp_path / "again.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    ingest("brp", tmp_path / "again.csv", vault=vault.path, at=NOON, as_of=TODAY)
    run = same_as_in_full(open_vault(vault.path), TODAY, RULES)
    assert all(one.refs for one in run.findings if one.rule == "WON-04")
    assert any(one.rule == "WON-04" for one in load_findings(vault).findings)


def test_a_finding_by_column_is_the_same_finding() -> None:
    ref = Ref("stays", {"object_id": "1"}, 'a "file"; é.csv', None, {"adults": 3})
    rows = with_records(pa.table({"object_id": [1, 2], "adults": [3, 4]}), {(1, ""): [ref]})
    assert rows["refs"].null_count == 1
    moved = delivered_as(rows, "stays", 'a "file"; é.csv', "b.csv")
    assert "b.csv" in moved["refs"][0].as_py() and moved["refs"][1].as_py() is None
    assert delivered_as(rows, "stays", "a.csv", "a.csv") is rows


def test_records_of_a_street_are_patched_or_looked_up() -> None:
    one, other, new = (Ref("establishments", {"kvk": str(number)}, "kvk", number, {}) for number in (1, 5, 3))
    keys = {"object_id": [7, 8, 9], "part": ["a", "b", "c"]}
    before = with_records(pa.table(keys), {(7, "a"): [one, other], (8, "b"): [one], (9, "c"): [one]})
    known = records_again(before, {(7, "a"): [one], (8, "b"): [other]}, {(7, "a"): [new]})
    assert known == {(7, "a"): [new, other], (9, "c"): before["refs"][2].as_py()}


def test_records_of_which_nothing_changed_are_taken_over_as_they_lie() -> None:
    one, other = (Ref("establishments", {"kvk": str(number)}, "kvk", number, {}) for number in (1, 5))
    before = with_records(pa.table({"object_id": [7], "part": ["a"]}), {(7, "a"): [one, other]})
    assert records_again(before, {(7, "a"): [other]}, {(7, "a"): [other]}) == {(7, "a"): before["refs"][0].as_py()}
