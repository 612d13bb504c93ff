"""A first delivery with people that is refused leaves nothing: no key, no folder; and no key is lost to another."""

import hmac
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knooppunt.ingest import ingest
from knooppunt.registers.refusal import RefusedError
from knooppunt.tests.deliveries import NOON, building, write_extract
from knooppunt.tests.test_registers_brp import BSN, row, write
from knooppunt.vault import VaultError, open_vault
from knooppunt.vault.locking import LOCK, VaultBusyError, writing
from knooppunt.vault.staging import KEY, person_key

BAD = {
    "brp": ("brp", "lists.csv", ""),
    "haal centraal": ("brp", "bewoningen.jsonl", '{"bewoningen": [{"periode": 1}]}'),
    "hr": ("hr", "in.xml", "<a><b></a>"),
    "hr json": ("hr", "in.jsonl", '{"kvkNummer": 1'),
    "brk": ("brk", "in.xml", "<a><b></a>"),
}


def everything(folder: Path) -> dict[str, bytes]:
    """Each folder and file below it; of the lock only that it is there, for it tells who wrote last."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() and path.name != LOCK else b""
        for path in folder.rglob("*")
    }


def good(folder: Path) -> Path:
    """Person lists of one person."""
    folder.mkdir(exist_ok=True)
    return write(folder, row(bsn=BSN, birth="19851201") | {"label": "1"})


def bad(folder: Path) -> Path:
    """Person lists with a date that does not exist."""
    folder.mkdir(exist_ok=True)
    return write(folder, row(bsn=BSN, since="20240230") | {"label": "1"})


@pytest.fixture(params=BAD)
def refused(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Path], None]:
    """Offer a delivery that is refused to a vault."""
    register, name, text = BAD[request.param]
    path = tmp_path / name
    if text:
        path.write_text(text, encoding="utf-8")
    else:
        path = bad(tmp_path / "in")

    def offer(vault: Path) -> None:
        with pytest.raises(RefusedError):
            ingest(register, path, vault=vault, at=NOON)

    return offer


def test_a_vault_that_was_not_there_is_not_there_afterwards(tmp_path: Path, refused: Callable[[Path], None]) -> None:
    refused(tmp_path / "new" / "vault")
    assert not (tmp_path / "new").exists()


def test_an_empty_folder_stays_an_empty_folder(tmp_path: Path, refused: Callable[[Path], None]) -> None:
    (tmp_path / "vault").mkdir()
    refused(tmp_path / "vault")
    assert everything(tmp_path / "vault") == {}


def test_a_vault_without_people_stays_as_it_was(tmp_path: Path, refused: Callable[[Path], None]) -> None:
    vault = tmp_path / "vault"
    ingest("bag", write_extract(tmp_path / "bag", building(1)), vault=vault, at=NOON)
    before = everything(vault)
    refused(vault)
    assert everything(vault) == before


def test_a_vault_with_people_keeps_its_key(tmp_path: Path, refused: Callable[[Path], None]) -> None:
    vault = tmp_path / "vault"
    ingest("brp", good(tmp_path / "good"), vault=vault, at=NOON)
    before = everything(vault)
    refused(vault)
    assert everything(vault) == before and KEY in before


def test_who_asks_for_the_key_during_a_first_delivery_gets_the_one_that_it_keeps(tmp_path: Path) -> None:
    vault, asked = tmp_path / "vault", []

    def ask(_done: int, _total: int, _file: str) -> None:
        with pytest.raises(VaultBusyError):
            person_key(vault)
        with pytest.raises(VaultBusyError):
            ingest("brp", bad(tmp_path / "bad"), vault=vault, at=NOON)
        asked.append(1)

    ingest("brp", good(tmp_path / "good"), vault=vault, at=NOON, progress=ask)
    (person,) = open_vault(vault).table("stays").person.to_pyarrow().to_pylist()
    assert asked and person == hmac.digest(person_key(vault), BSN.encode(), "sha256").hex()[:32]


def test_one_writer_at_a_time_also_where_refused_ones_take_the_vault_away(tmp_path: Path) -> None:
    vault, inside = tmp_path / "new" / "vault", []

    def write_and_fail(number: int) -> None:
        try:
            with writing(vault):
                inside.append(number)
                assert inside == [number] and (vault / LOCK).exists(), "somebody else is in"
                inside.remove(number)
                raise RefusedError("file", None, "is refused")
        except (RefusedError, VaultError):
            return

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write_and_fail, range(400)))
    assert not (vault / LOCK).exists() or (vault / LOCK).stat().st_size == 0
    ingest("brp", good(tmp_path / "good"), vault=vault, at=NOON)
    assert (vault / KEY).is_file()
