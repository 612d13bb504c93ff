"""What was said of each object is kept from day to day: the same findings, and damage is found and said."""

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.cli import main
from knooppunt.engine import Engine
from knooppunt.findings import changes, run_findings, sums
from knooppunt.findings.state import NAME
from knooppunt.findings.sums import DamagedSumsError, Said, keep_sums, kept_sums
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.tests.test_findings_delta import TODAY, of_another_branch, same_as_in_full, take_in, told
from knooppunt.vault import Vault, open_vault
from knooppunt.vault.derived import read_derived

COLUMNS = ["object_id", "use"]
RULES = ("BED-01", "BED-02", "WON-01", "BUI-01")
"""Of objects, streets and all; of companies, residents and buildings. Every rule is in `make drills`."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a delivery of a municipality, and a vault that ran in full and had one day worked in."""
    folder = tmp_path_factory.mktemp("town")
    synthesise(residents=3_000, seed=9, out=folder / "one")
    vault = take_in(folder / "one", folder / "vault", ("bag", "brp", "kvk"))
    run_findings(vault, as_of=TODAY, rules=RULES)
    next_day(folder, vault, [5, 50])
    assert run_findings(open_vault(vault.path), as_of=TODAY, rules=RULES, since="last").again
    return folder


@pytest.fixture
def vault(town: Path, tmp_path: Path) -> Vault:
    shutil.copytree(town / "vault", tmp_path / "vault")
    return open_vault(tmp_path / "vault")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tables that were read to see what they say of each object."""
    tables: list[str] = []
    real = changes.said_in

    def noted(engine: Engine, table: str, key: str, columns: list[str]) -> Said:
        tables.append(table)
        return real(engine, table, key, columns)

    monkeypatch.setattr(changes, "said_in", noted)
    return tables


def next_day(town: Path, vault: Vault, lines: list[int]) -> None:
    """Take in a day on which the companies on these lines are in another branch."""
    of_another_branch(town / "one" / "kvk.jsonl", vault.path.parent / "kvk.jsonl", lines)
    ingest("kvk", vault.path.parent / "kvk.jsonl", vault=vault.path, at=NOON, as_of=TODAY)
    link(open_vault(vault.path), at=NOON)


def kept_in(vault: Vault) -> dict[str, Path]:
    made = read_derived(vault.path, NAME)
    assert made
    return {file.name: file for file in sorted(made.path.glob(sums.KIND))}


def test_the_day_after_reads_only_its_own_side(town: Path, vault: Vault, read: list[str]) -> None:
    assert "said_establishments.arrow" in kept_in(vault)
    next_day(town, vault, [5, 70, 90])
    assert same_as_in_full(open_vault(vault.path), TODAY, RULES).again
    assert "establishments_located" in read
    assert not [table for table in read if table.startswith("before_")]


@pytest.mark.drill  # every rule; some of each kind are in `make test`
@pytest.mark.timeout(900)
def test_the_day_after_reads_only_its_own_side_for_every_rule(town: Path, vault: Vault, read: list[str]) -> None:
    run_findings(vault, as_of=TODAY)
    next_day(town, vault, [8])
    assert run_findings(open_vault(vault.path), as_of=TODAY, since="last").again
    read.clear()
    next_day(town, vault, [5, 70, 90])
    assert same_as_in_full(open_vault(vault.path), TODAY).again
    assert "establishments_located" in read
    assert not [table for table in read if table.startswith("before_")]


def test_what_did_not_change_keeps_what_was_said_of_it(town: Path, vault: Vault, read: list[str]) -> None:
    run_findings(vault, as_of=TODAY, rules=RULES, since="last")
    assert not read and "said_establishments.arrow" in kept_in(vault)
    next_day(town, vault, [8])
    assert same_as_in_full(open_vault(vault.path), TODAY, RULES).again
    assert not [table for table in read if table.startswith("before_")]


def test_a_run_in_full_keeps_none_and_the_next_day_reads_both(town: Path, vault: Vault, read: list[str]) -> None:
    run_findings(vault, as_of=TODAY, rules=RULES)
    assert not kept_in(vault)
    next_day(town, vault, [8])
    assert same_as_in_full(open_vault(vault.path), TODAY, RULES).again
    assert "before_establishments" in read


def test_another_engine_counts_both_sides_anew(
    town: Path, vault: Vault, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sums, "version", lambda _: "another")
    next_day(town, vault, [8])
    assert same_as_in_full(open_vault(vault.path), TODAY, RULES).again
    assert "before_establishments" in read


def test_what_is_damaged_is_said_and_all_is_looked_at(town: Path, vault: Vault) -> None:
    next_day(town, vault, [5, 70])
    damaged = kept_in(vault)["said_establishments.arrow"]
    content = bytearray(damaged.read_bytes())
    content[len(content) // 3] ^= 4
    damaged.write_bytes(content)
    run = run_findings(open_vault(vault.path), as_of=TODAY, rules=RULES, since="last")
    assert (run.whole, run.again) == ("unreadable", None)
    assert told(run) == told(run_findings(open_vault(vault.path), as_of=TODAY, rules=RULES))


def test_the_command_line_says_that_it_is_damaged(town: Path, vault: Vault) -> None:
    next_day(town, vault, [5, 70])
    damaged = kept_in(vault)["said_establishments.arrow"]
    damaged.write_bytes(damaged.read_bytes()[:100])
    asked = ["findings", "--vault", str(vault.path), "--as-of", date.isoformat(TODAY), "--since-run", "last"]
    asked += [word for rule in RULES for word in ("--rule", rule)]
    shown = CliRunner().invoke(main, [*asked, "--lang", "en"])
    assert "what was kept of that run is damaged" in shown.stdout
    assert "objects were looked at again" not in shown.stdout


SAID = st.dictionaries(st.integers(0, 2**53), st.integers(0, 2**64 - 1), max_size=20)


def drawn(rows: dict[int, int]) -> Said:
    objects = sorted(rows)
    return Said(np.array(objects, np.int64), np.array([rows[one] for one in objects], np.uint64))


def same(one: Said | None, other: Said) -> bool:
    return one is not None and all(np.array_equal(mine, theirs) for mine, theirs in zip(one, other, strict=True))


@settings(deadline=None)
@given(rows=SAID, place=st.integers(0), bit=st.integers(0, 7), left=st.none() | st.integers(0))
def test_what_is_kept_reads_as_written_or_not_at_all(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[int, int], place: int, bit: int, left: int | None
) -> None:
    path, said = tmp_path_factory.mktemp("sums") / "said_living.arrow", drawn(rows)
    keep_sums(said, path, COLUMNS)
    assert same(kept_sums(path, COLUMNS), said)
    assert kept_sums(path, [*COLUMNS, "floor_area"]) is None
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content[: None if left is None else left % len(content)])
    try:
        read = kept_sums(path, COLUMNS)
    except DamagedSumsError:
        return
    assert read is None or same(read, said)


def test_what_was_never_kept_is_not_there(tmp_path: Path) -> None:
    assert kept_sums(tmp_path / "said_living.arrow", COLUMNS) is None
