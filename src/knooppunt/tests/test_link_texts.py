"""Linking texts against a vault, on the command line too: corrections, lists, bad input, old street names."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import ibis
import pyarrow as pa
import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.ingest import ingest
from knooppunt.linkage import correct_address, link_addresses
from knooppunt.linkage.corrections import corrections
from knooppunt.linkage.texts import former_streets
from knooppunt.synthetic import synthesise
from knooppunt.synthetic.messy import HELD_OUT, Address, Kind, write_lines, write_tips
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import Vault, VaultError, open_vault


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    folder = tmp_path_factory.mktemp("texts")
    synthesise(residents=3_000, seed=11, out=folder)
    ingest("bag", folder / "bag.zip", vault=folder / "vault", at=NOON)
    yield open_vault(folder / "vault")


def known(vault: Vault) -> list[Address]:
    """Every address in use in the vault, once per object."""
    from knooppunt.linkage.asof import address_book_on  # noqa: PLC0415  brings ibis along  brings ibis along
    from knooppunt.linkage.run import bag_tables  # noqa: PLC0415  brings ibis along

    engine = vault.connect()
    rows = (
        address_book_on(bag_tables(vault, engine), vault.delivery("bag").as_of or NOON.date()).to_pyarrow().to_pylist()
    )
    engine.close()
    numbers = [(row["street"], row["number"]) for row in rows]
    alone = {number for number in numbers if numbers.count(number) == 1} if len(rows) < 5_000 else set()
    return [
        Address(row["object_id"], row["street"], row["number"], row["letter"] or "", row["addition"] or "",
                row["postcode"], row["town"], (row["street"], row["number"]) in alone)
        for row in sorted(rows, key=lambda row: row["address_id"])
    ]  # fmt: skip


def test_lines_with_real_life_errors_are_linked_right(vault: Vault) -> None:
    written = write_lines(known(vault), 5_000, seed=77)
    found = link_addresses(vault, written.texts).table["object_id"].to_pylist()
    pairs = [(a, b) for a, b in zip(found, written.objects, strict=True) if a]
    assert sum(a == b for a, b in pairs) / len(pairs) >= 0.995
    assert len(pairs) / sum(b > 0 for b in written.objects) >= 0.97


def test_tips_are_linked_right(vault: Vault) -> None:
    written = write_tips(known(vault), 2_000, seed=78)
    found = link_addresses(vault, written.texts, tips=True).table["object_id"].to_pylist()
    pairs = [(a, b) for a, b in zip(found, written.objects, strict=True) if a]
    assert sum(a == b for a, b in pairs) / len(pairs) >= 0.995
    assert len(pairs) / len(found) >= 0.88


def test_there_are_thirty_kinds_of_error_and_some_were_kept_apart() -> None:
    assert (len(Kind), len(HELD_OUT)) == (30, 6)


def test_the_same_seed_writes_the_same_lines(vault: Vault) -> None:
    addresses = known(vault)
    assert write_lines(addresses, 200, seed=5).texts == write_lines(addresses, 200, seed=5).texts


def test_a_correction_is_remembered_without_its_text(vault: Vault) -> None:
    text, object_id = "De rode loods achter Jansen", f"{known(vault)[0].object_id:016}"
    assert link_addresses(vault, [text]).table["object_id"].to_pylist() == [None]
    correct_address(vault, text, object_id, by="C. Vos", reason="gezien op straat", at=NOON)
    links = link_addresses(vault, [text.upper(), "iets anders"])
    assert links.table["object_id"].to_pylist() == [int(object_id), None]
    assert links.by_stage["corrected"] == 1
    assert "Jansen" not in (vault.path / "corrections" / "addresses.jsonl").read_text(encoding="utf-8")
    correct_address(vault, text, None, by="C. Vos", reason="toch niet", at=NOON)
    assert link_addresses(vault, [text]).table["object_id"].to_pylist() == [None]
    assert len(corrections(vault)) == 2


@pytest.mark.parametrize(
    ("text", "object_id", "by"), [("", "0" * 16, "C. Vos"), ("Kade 1", "12", "C. Vos"), ("Kade 1", "0" * 16, " ")]
)
def test_a_correction_that_says_nothing_is_refused(vault: Vault, text: str, object_id: str, by: str) -> None:
    with pytest.raises(VaultError):
        correct_address(vault, text, object_id, by=by, reason="omdat", at=NOON)


def test_the_command_writes_a_row_for_every_text(vault: Vault, tmp_path: Path) -> None:
    address = known(vault)[0]
    (tmp_path / "in.csv").write_text(
        f"id;adres\n1;{address.street} {address.number}, {address.town}\n2;nergens\n", "utf-8"
    )
    arguments = ["link", "addresses", str(tmp_path / "in.csv"), "--vault", str(vault.path), "--column", "adres"]
    result = CliRunner().invoke(main, [*arguments, "--out", str(tmp_path / "out.csv"), "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["texts"] == 2
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines(), delimiter=";"))
    assert [row["stage"] for row in rows][1] == "no_number"
    assert "suggestion" in CliRunner().invoke(main, arguments).output


def test_the_command_says_what_is_wrong_with_a_file(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_bytes(b"adres\n\xff\n")
    for arguments, word in ((["--column", "plaats"], "no column"), ([], "not in UTF-8")):
        if arguments:
            (tmp_path / "good.csv").write_text("adres\nKade 1\n", encoding="utf-8")
        file = tmp_path / ("good.csv" if arguments else "bad.csv")
        result = CliRunner().invoke(main, ["link", "addresses", str(file), "--vault", str(vault.path), *arguments])
        assert (result.exit_code, word in result.output) == (1, True)


def test_link_still_asks_for_a_vault() -> None:
    assert CliRunner().invoke(main, ["link"]).exit_code == 2


def test_streets_are_known_by_the_names_they_had(vault: Vault) -> None:
    engine = vault.connect()
    from knooppunt.linkage.run import bag_tables  # noqa: PLC0415  brings ibis along

    bag = bag_tables(vault, engine)
    now = bag.public_spaces.to_pyarrow().slice(0, 1)
    before = now.set_column(
        now.schema.get_field_index("name"), "name", pa.array(["Oudeweg"], now.schema.field("name").type)
    )
    both = ibis.memtable(pa.concat_tables([now, before]).set_column(
        now.schema.get_field_index("occurrence"), "occurrence", pa.array([2, 1], now.schema.field("occurrence").type)
    ))  # fmt: skip
    rows = (
        former_streets(bag._replace(public_spaces=both), vault.delivery("bag").as_of or NOON.date())
        .to_pyarrow()
        .to_pylist()
    )
    engine.close()
    assert rows == [{"street": now["name"][0].as_py(), "was": "Oudeweg"}]
