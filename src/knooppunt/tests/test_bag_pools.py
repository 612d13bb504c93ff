"""Blocks read in other processes, in threads or right here: always the same, and nothing stays behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knooppunt.registers.bag import helper, pools
from knooppunt.registers.bag.blocks import Block, read_block
from knooppunt.registers.bag.helper import Helper, HelperFailedError
from knooppunt.registers.bag.pools import Helpers, Pool, Threads, open_pool
from knooppunt.registers.refusal import StoppedError
from knooppunt.tests.deliveries import building, write_extract

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="helpers are forks, and those are safe on Linux only")


def block(number: int) -> Block:
    """A block of three buildings, of which the last is refused."""
    bad = building(number + 2).replace(b"Pand in gebruik", b"Pand in de war")
    return Block(building(number) + building(number + 1) + b"\n" + bad, "file.xml", "stand", number)


def said(pool: Pool, blocks: list[Block]) -> list[tuple[Any, Any]]:
    """What comes out of blocks, in order."""
    with pool:
        results = [pending.result() for pending in [pool.submit(block) for block in blocks]]
    return [
        ({name: [table.to_pylist() for table in own] for name, own in result.tables.items()}, result.rejections)
        for result in results
    ]


@pytest.mark.parametrize("make", [lambda: Helpers(2, alone=1), Threads, open_pool])
def test_every_pool_gives_what_reading_here_gives(make: Callable[[], Pool]) -> None:
    blocks = [block(number) for number in range(1, 60, 3)]
    here = [read_block(own) for own in blocks]
    assert said(make(), blocks) == [
        ({"buildings": [table.to_pylist() for table in own.tables["buildings"]]}, own.rejections) for own in here
    ]


def test_a_small_delivery_starts_no_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "Helper", lambda: pytest.fail("a helper was started"))
    assert len(said(open_pool(small=True), [block(number) for number in range(pools.ALONE)])) == pools.ALONE


def test_a_process_with_other_threads_is_not_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    assert isinstance(open_pool(), Threads)
    done.set()
    thread.join()


def test_what_does_not_fit_comes_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "_SLOT_BYTES", len(block(1).data) + 2)  # an answer is larger than such a small block
    own = Helper()
    assert own.has_room_for(block(1))
    assert not own.has_room_for(Block(block(1).data * 2, "file.xml", "stand", 1))
    assert own.submit(block(1)).result().tables["buildings"][0].num_rows == 2
    own.end()


def test_a_helper_that_is_gone_is_told_in_a_sentence() -> None:
    own = Helper()
    os.kill(own.process, signal.SIGKILL)
    with pytest.raises(StoppedError, match=r"file\.xml: could not be read"):
        own.submit(block(1)).result()
    own.end()


def test_what_goes_wrong_in_a_helper_goes_wrong_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "read_block", lambda _: 1 / 0)
    own = Helper()
    with pytest.raises(HelperFailedError, match="ZeroDivisionError"):
        own.submit(block(1)).result()
    own.end()


def processes_of(folder: Path) -> list[int]:
    """The processes that were started for a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue  # it has ended meanwhile
    return found


@pytest.mark.slow
def test_a_helper_ends_with_the_one_it_helps(tmp_path: Path) -> None:
    path = write_extract(tmp_path / "new", *map(building, range(1, 120_000)))
    command = [sys.executable, "-m", "knooppunt.tests.ingest_process", str(path), str(tmp_path / "vault")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while len(processes_of(tmp_path)) < 2 and process.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    helped = len(processes_of(tmp_path)) == 2
    process.kill()
    process.wait()
    while processes_of(tmp_path) and time.monotonic() < until:
        time.sleep(0.01)
    assert (helped or os.cpu_count() == 1, processes_of(tmp_path)) == (True, [])
