"""What one guess at a vault phrase costs, beside the derivation of GlobaLeaks with the same library on this machine.

The bar is theirs: 128 MiB and about a second (quality.md, 4). Beside it: how long the last of a crowd waits, and that
memory stays within what the settings promise.
"""

import resource
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from nacl.pwhash import argon2id

from tests.bench.result import Figure, middle, write

PHRASE, SALT = b"molen krekel tuinhek kompas lente zeilboot", bytes(16)
GLOBALEAKS_PASSES, GLOBALEAKS_MIB = 17, 128
OURS_PASSES, OURS_MIB, AT_ONCE = 12, 128, 2  # the defaults in config/environment.py
ROUNDS, CROWD = 7, 8


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def derive(passes: int, mib: int) -> bytes:
    """One derivation."""
    return argon2id.kdf(32, PHRASE, SALT, opslimit=passes, memlimit=mib * 1024 * 1024)


def crowd() -> float:
    """Seconds until the last of a crowd has its key, with so many at work at once as the settings allow."""
    with ThreadPoolExecutor(AT_ONCE) as door:
        return seconds(lambda: list(door.map(lambda _one: derive(OURS_PASSES, OURS_MIB), range(CROWD))))


def main() -> None:
    """Measure in turns, so that both meet the same weather."""
    ours, theirs = [], []
    for _round in range(ROUNDS):
        ours.append(seconds(lambda: derive(OURS_PASSES, OURS_MIB)))
        theirs.append(seconds(lambda: derive(GLOBALEAKS_PASSES, GLOBALEAKS_MIB)))
    figures: dict[str, Figure] = {
        "seconds a guess": middle(ours),
        "of a guess at GlobaLeaks": middle(ours) / middle(theirs),
        f"seconds for the last of {CROWD}": crowd(),
        "memory at most, MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    write("vault-phrase", figures)


if __name__ == "__main__":
    main()
