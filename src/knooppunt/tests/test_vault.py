"""The vault: whole or not at all, one writer at a time, the same delivery once."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knooppunt.ingest import ingest
from knooppunt.ingest.rejected import read_rejected
from knooppunt.tests.deliveries import NOON, building, state_of, write_extract
from knooppunt.vault import VaultError, open_vault
from knooppunt.vault.locking import writing
from knooppunt.vault.staging import person_key


def test_the_same_delivery_again_changes_nothing(tmp_path: Path) -> None:
    vault, path = tmp_path / "vault", write_extract(tmp_path / "new", building(1))
    first = ingest("bag", path, vault=vault, at=NOON)
    before = state_of(vault)
    again = ingest("bag", path, vault=vault, at=NOON)
    assert (first.unchanged, again.unchanged) == (False, True)
    assert again.occurrences == first.occurrences
    assert state_of(vault) == before


def test_a_new_delivery_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    for number in (1, 2, 3):
        ingest("bag", write_extract(tmp_path / str(number), building(number)), vault=vault, at=NOON)
    ids = open_vault(vault).table("buildings").id.to_pyarrow().to_pylist()
    assert ids == [221100000000003]
    assert len(list((vault / "registers" / "bag").iterdir())) == 2  # the one before it stays


def test_says_what_it_holds(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    ingest("bag", write_extract(tmp_path / "new", building(1), building(2)), vault=vault, at=NOON)
    (delivery,) = open_vault(vault).registers()
    assert (delivery.register, str(delivery.as_of), delivery.municipality) == ("bag", "2020-09-15", "0221")
    assert delivery.ingested_at == NOON
    assert delivery.counts["buildings"] == 2
    (line,) = (vault / "vault.log.jsonl").read_text().splitlines()
    assert json.loads(line)["rows"]["buildings"] == 2


def test_two_writers_at_once_are_refused_in_a_sentence(tmp_path: Path) -> None:
    path = write_extract(tmp_path / "new", building(1))
    with writing(tmp_path / "vault"), pytest.raises(VaultError, match="Another ingest is writing"):
        ingest("bag", path, vault=tmp_path / "vault", at=NOON)


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    ingest("bag", write_extract(tmp_path / "new", building(1)), vault=vault, at=NOON)
    with pytest.raises(VaultError, match="holds no BRP yet"):
        open_vault(vault).table("stays")
    with pytest.raises(VaultError, match="no table"):
        open_vault(vault).table("nonsense")


def test_every_file_of_a_delivery_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("knooppunt.vault.staging.sync_folder", synced.append)
    ingest("bag", write_extract(tmp_path / "new", building(1)), vault=tmp_path / "vault", at=NOON)
    (folder,) = (tmp_path / "vault" / "registers" / "bag").iterdir()
    staged, home = synced[:-2], synced[-1]
    assert {path.name for path in staged} == {path.name for path in folder.iterdir()}
    assert (synced[-2].name.startswith(".staging-"), home) == (True, folder.parent)


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.05, 0.15, 0.3, 0.6, 1.0])
def test_killed_half_way_the_last_good_state_stays(tmp_path: Path, delay: float) -> None:
    vault = tmp_path / "vault"
    ingest("bag", write_extract(tmp_path / "old", building(7)), vault=vault, at=NOON)
    before = state_of(vault)
    path = write_extract(tmp_path / "new", *(building(number) for number in range(1, 40_000)))
    command = [sys.executable, "-m", "knooppunt.tests.ingest_process", str(path), str(vault)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == b"started\n"
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    after = {name: data for name, data in state_of(vault).items() if ".staging-" not in name}
    if after["vault.json"] == before["vault.json"]:
        assert {name: after[name] for name in before} == before
        ids = open_vault(vault).table("buildings").id.to_pyarrow().to_pylist()
        assert ids == [221100000000007]
    summary = ingest("bag", path, vault=vault, at=NOON)  # the next one finds its way, and clears up
    assert summary.objects["PND"] == 39_999
    assert not list(vault.rglob(".staging-*"))


def test_the_key_of_persons_is_for_its_owner_only(tmp_path: Path) -> None:
    assert person_key(tmp_path) == person_key(tmp_path)
    assert stat.S_IMODE((tmp_path / "person.key").stat().st_mode) == 0o600


def test_rows_that_come_in_disorder_are_sorted_outside_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knooppunt.vault.writing.ROWS", 50)
    numbers = [*range(500, 900), *range(1, 400)]
    path = write_extract(tmp_path / "new", *map(building, numbers))
    monkeypatch.setattr("knooppunt.registers.bag.documents.BLOCK_BYTES", 40_000)
    summary = ingest("bag", path, vault=tmp_path / "vault", at=NOON)
    ids = open_vault(tmp_path / "vault").table("buildings").id.to_pyarrow().to_pylist()
    assert ids == [221100000000000 + number for number in sorted(numbers)]
    assert (summary.occurrences["PND"], summary.objects["PND"], summary.current["PND"]) == (799, 799, 799)


def test_rows_that_come_a_little_late_find_their_place_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knooppunt.vault.writing.ROWS", 64)
    monkeypatch.setattr("knooppunt.vault.writing.TableWriter._sort_again", None)  # would fail
    monkeypatch.setattr("knooppunt.registers.bag.documents.BLOCK_BYTES", 40_000)
    numbers = [number + (1, -1)[number % 2] for number in range(2, 400)]  # 3 2 5 4 …
    path = write_extract(tmp_path / "new", *map(building, numbers))
    summary = ingest("bag", path, vault=tmp_path / "vault", at=NOON)
    ids = open_vault(tmp_path / "vault").table("buildings").id.to_pyarrow().to_pylist()
    assert ids == [221100000000000 + number for number in sorted(numbers)]
    assert summary.objects["PND"] == len(numbers)


def test_what_was_left_out_can_be_read_again(tmp_path: Path) -> None:
    bad = [building(number).replace(b"Pand in gebruik", b"Pand in brand") for number in (1, 2, 3)]
    path = write_extract(tmp_path / "new", *bad, building(4))
    summary = ingest("bag", path, vault=tmp_path / "vault", at=NOON, keep_going=True)
    (delivery,) = open_vault(tmp_path / "vault").registers()
    assert read_rejected(delivery) == summary.rejected
    assert read_rejected(delivery, start=1, most=1) == summary.rejected[1:2]
    (delivery.path / "rejected.jsonl").unlink()
    with pytest.raises(VaultError, match="Ingest bag again"):
        read_rejected(delivery)
