"""Pieces made in a thread: the same ones in the same order, and no thread stays behind."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from knooppunt.ingest import ingest
from knooppunt.registers.bag import ahead, documents, pools
from knooppunt.registers.bag.ahead import Ahead
from knooppunt.registers.bag.blocks import Block
from knooppunt.registers.bag.helper import Helper
from knooppunt.registers.bag.pools import Helpers
from knooppunt.registers.refusal import RefusedError
from knooppunt.tests.deliveries import NOON, building, write_extract, write_zip


def counted(made: list[int], most: int = 100) -> Iterator[int]:
    """Numbers, and in `made` how many of them were made."""
    for number in range(most):
        made.append(number)
        yield number


def blocks(count: int) -> list[Block]:
    """Blocks of one building each."""
    return [Block(building(number), "file.xml", "stand", 1) for number in range(1, count + 1)]


@pytest.fixture(autouse=True)
def no_other_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on the command line: threads that other tests left would keep a delivery from being unpacked ahead."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def running() -> int:
    """How many threads that make ahead run now; other tests may have left threads of their own."""
    return sum(one.name == "ahead" for one in threading.enumerate())


def test_pieces_come_in_their_order_and_the_thread_is_gone() -> None:
    with Ahead(counted([])) as pieces:
        assert list(pieces) == list(range(100))
    assert running() == 0


def test_no_more_is_made_ahead_than_there_is_room_for() -> None:
    made: list[int] = []
    with Ahead(counted(made)) as pieces:
        for number in pieces:
            assert len(made) <= number + 3 + ahead._AHEAD
    assert len(made) == 100


def test_who_stops_halfway_leaves_no_thread() -> None:
    made: list[int] = []
    with pytest.raises(KeyError), Ahead(counted(made)) as pieces:
        next(pieces)
        raise KeyError
    assert running() == 0
    assert len(made) < 100


def test_what_goes_wrong_is_raised_after_the_pieces_before_it() -> None:
    def wrong() -> Iterator[int]:
        yield from (1, 2)
        raise RefusedError("file.xml", 3, "is cut short")

    found = []
    with pytest.raises(RefusedError, match="line 3: is cut short"), Ahead(wrong()) as pieces:
        for number in pieces:
            found.append(number)  # noqa: PERF402  what came before the error is wanted
    assert found == [1, 2]
    assert running() == 0


def test_the_thread_brings_what_no_helper_reads_and_is_gone_before_there_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads = []

    class Counting(Helper):
        def __init__(self) -> None:
            threads.append(running())
            super().__init__()

    monkeypatch.setattr(pools, "Helper", Counting)
    pieces = iter(blocks(20))
    with Helpers(1, alone=8) as pool:
        with pool.ahead(pieces) as first:
            results = [pool.submit(piece).result() for piece in first if isinstance(piece, Block)]
        assert (len(results), threads) == (8, [])
        results += [pool.submit(piece).result() for piece in pieces]
    assert [result.tables["buildings"][0]["id"][0].as_py() % 100 for result in results] == list(range(1, 21))
    assert threads == [0]


def test_a_small_delivery_is_the_same_with_the_thread_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "BLOCK_BYTES", 20_000)
    monkeypatch.setattr("knooppunt.registers.bag.reader.BLOCK_BYTES", 2**30)  # however it is cut, it is small
    bad = building(300).replace(b"Pand in gebruik", b"Pand in de war")
    xml = write_extract(tmp_path / "new", *map(building, range(1, 300)), bad, *map(building, range(301, 600)))
    path = write_zip(tmp_path / "new.zip", **{"0221PND15092020-000001__xml": xml.read_bytes()})
    ways = []
    for way, worth in (("beside", 2), ("alone", 1_000)):
        monkeypatch.setattr(pools, "_WORTH_A_THREAD", worth)
        ways.append(ingest("bag", path, vault=tmp_path / way, at=NOON, keep_going=True))
        with pytest.raises(RefusedError) as refused:
            ingest("bag", path, vault=tmp_path / f"{way} refused", at=NOON)
        assert refused.value.rejection == ways[-1].rejected[0]
    assert ways[0].objects == ways[1].objects
    assert ways[0].rejected == ways[1].rejected
    (one,), (other,) = ((tmp_path / way).glob("registers/bag/*/buildings.parquet") for way in ("beside", "alone"))
    assert one.read_bytes() == other.read_bytes()
    assert running() == 0


def test_what_is_not_packed_needs_no_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "Ahead", lambda _pieces: pytest.fail("a thread was started"))
    path = write_extract(tmp_path / "new", building(1))
    assert ingest("bag", path, vault=tmp_path / "vault", at=NOON).objects["PND"] == 1
    packed = write_zip(tmp_path / "new.zip", **{"0221PND15092020-000001__xml": path.read_bytes()})
    with pytest.raises(pytest.fail.Exception):
        ingest("bag", packed, vault=tmp_path / "other", at=NOON)
