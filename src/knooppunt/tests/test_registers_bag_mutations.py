"""Mutations of the BAG: worked into the delivery before them, once, in order, or refused in a sentence."""

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from knooppunt.cli import main
from knooppunt.ingest import ingest
from knooppunt.synthetic import synthesise
from knooppunt.synthetic.bag_mutations import LARGER, write_mutations
from knooppunt.synthetic.municipality import MUTATIONS
from knooppunt.tests.deliveries import NOON, state_of
from knooppunt.vault import Vault, open_vault

STAND = date(2026, 11, 1)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    synthesise(residents=3_000, seed=3, out=folder)
    return folder


@pytest.fixture
def vault(town: Path, tmp_path: Path) -> Path:
    ingest("bag", town / "bag.zip", vault=tmp_path / "vault", at=NOON)
    return tmp_path / "vault"


def take_in(path: Path, vault: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["ingest", "bag", str(path), "--vault", str(vault), "--json", *options])


def premises(vault: Vault) -> list[dict[str, Any]]:
    columns = ["id", "occurrence", "floor_area", "valid_from", "valid_to", "part", "registered_at", "registered_until"]
    rows: list[dict[str, Any]] = pq.read_table(vault.table_path("premises"), columns=columns).to_pylist()
    return rows


def refused(result: Result, reason: str) -> None:
    assert result.exit_code == 1 and result.stdout == ""
    assert reason in result.stderr and "Traceback" not in result.stderr


def test_a_day_of_mutations_is_a_new_delivery_with_the_history_in_it(town: Path, vault: Path) -> None:
    before = premises(open_vault(vault))
    told = json.loads(take_in(town / MUTATIONS, vault).stdout)
    delivery, after = open_vault(vault).delivery("bag"), premises(open_vault(vault))
    changed = delivery.quality["mutations_changed"]
    assert told["as_of"] == "2026-11-02" == str(delivery.as_of)
    assert changed == delivery.quality["mutations_added"] > 10
    assert len(after) == len(before) + changed
    old = [row for row in after if row["valid_to"] == STAND and row["registered_until"]]
    new = {row["id"]: row for row in after if row["valid_from"] == STAND and row["registered_at"].date() == STAND}
    assert len(old) == len(new) == changed
    for row in old:
        assert new[row["id"]]["floor_area"] == row["floor_area"] + LARGER
        assert new[row["id"]]["occurrence"] == row["occurrence"] + 1
    rest = [row for row in after if row["id"] not in new]
    assert rest == [row for row in before if row["id"] not in new]


def test_it_stays_sorted_and_what_did_not_change_is_as_it_was(town: Path, vault: Path) -> None:
    before = open_vault(vault)
    tables = {name: pq.read_table(before.table_path(name)) for name in ("addresses", "buildings", "town_municipality")}
    assert take_in(town / MUTATIONS, vault).exit_code == 0
    after = open_vault(vault)
    for name, rows in tables.items():
        assert pq.read_table(after.table_path(name)).equals(rows)
    keys = [(row["part"] != "inactief", row["id"], row["occurrence"]) for row in premises(after)]
    assert keys == sorted(keys)


def test_the_same_mutations_twice_change_nothing(town: Path, vault: Path) -> None:
    take_in(town / MUTATIONS, vault)
    before = state_of(vault)
    assert json.loads(take_in(town / MUTATIONS, vault).stdout)["unchanged"] is True
    assert state_of(vault) == before


def test_days_follow_each_other_and_an_earlier_one_does_not_come_back(town: Path, vault: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.zip"
    write_mutations(town / "bag.zip", second, start=date(2026, 11, 2), larger=3)
    refused(take_in(second, vault), "the BAG in the vault is of 2026-11-01, so mutations are missing")
    assert take_in(town / MUTATIONS, vault).exit_code == 0
    empty = tmp_path / "empty.zip"
    write_mutations(town / "bag.zip", empty, start=date(2026, 11, 2), every=10**9)
    assert take_in(empty, vault).exit_code == 0
    before = state_of(vault)
    refused(take_in(town / MUTATIONS, vault), "holds the mutations up to 2026-11-02")
    overlapping = tmp_path / "overlapping.zip"
    write_mutations(town / "bag.zip", overlapping, start=date(2026, 11, 1), days=4)
    refused(take_in(overlapping, vault), "the periods overlap")
    old = tmp_path / "old.zip"
    write_mutations(town / "bag.zip", old, start=date(2026, 10, 1), larger=1)
    refused(take_in(old, vault), "has them already")
    assert state_of(vault) == before


def changed(source: Path, target: Path, before: str, after: str) -> Path:
    """Mutations with something else in their text."""
    with zipfile.ZipFile(source) as outer:
        (part,) = outer.namelist()
        target.write_bytes(outer.read(part))
    with zipfile.ZipFile(target) as inner:
        (name,) = inner.namelist()
        text = inner.read(name).decode()
    assert before in text
    file = target.with_name(name)
    file.write_text(text.replace(before, after), encoding="utf-8")
    return file


BROKEN = {
    "an occurrence the vault does not have": (
        "voorkomenidentificatie>1<",
        "voorkomenidentificatie>8<",
        "does not have",
    ),
    "another kind of mutation": ("ml:toevoeging", "ml:schenking", "unknown kind of mutation: schenking"),
    "no period": ("MutatiedatumVanaf", "Vanaf", "does not say which period"),
    "another municipality": (">9900<", ">0344<", "municipality 0344, not of 9900"),
    "an unknown status": ("Verblijfsobject in gebruik", "Verblijfsobject in de war", "unknown status"),
    "an entity": ("<mlm:bagInfo>", "<!DOCTYPE a><mlm:bagInfo>", "document type"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_wrong_mutations_are_refused_and_the_vault_stays(case: str, town: Path, vault: Path, tmp_path: Path) -> None:
    before, after, reason = BROKEN[case]
    state = state_of(vault)
    refused(take_in(changed(town / MUTATIONS, tmp_path / "part.zip", before, after), vault), reason)
    assert state_of(vault) == state


def test_mutations_cut_short_are_refused(town: Path, vault: Path, tmp_path: Path) -> None:
    file = changed(town / MUTATIONS, tmp_path / "part.zip", "LVBAG", "LVBAG")
    file.write_bytes(file.read_bytes()[:-500])
    refused(take_in(file, vault), "cut short")


def test_without_a_delivery_before_there_is_nothing_to_change(town: Path, tmp_path: Path) -> None:
    refused(take_in(town / MUTATIONS, tmp_path / "empty"), "take in a whole extract of the BAG first")


def test_what_is_wrong_is_left_out_when_asked(town: Path, vault: Path, tmp_path: Path) -> None:
    file = changed(town / MUTATIONS, tmp_path / "part.zip", "voorkomenidentificatie>1<", "voorkomenidentificatie>8<")
    told = json.loads(take_in(file, vault, "--keep-going").stdout)
    assert told["rejected"] and {one["file"] for one in told["rejected"]} == {file.name}
    kept = open_vault(vault).table_path("premises")
    assert pc.sum(pc.equal(pq.read_table(kept)["occurrence"], 8)).as_py() == len(told["rejected"])
