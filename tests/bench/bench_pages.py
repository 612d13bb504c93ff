"""`pages`: the ten most used pages with 200 employees busy at once, beside a bare signed-in page on the same server.

Both databases, with 1,000 and with 100,000 incidents (ten lines in the trail for each). Bars in quality.md: p95 at most
6 times the bare page, at most 12 queries a page, p95 at 100,000 incidents at most 1.2 times that at 1,000, every answer
a 200. `python -m tests.bench.bench_pages [seconds [database]]`.

What "200 employees busy at once" means here: 200 people with a session each, who open a page, read for seven seconds on
average (exponentially spread, as in the TPC-W benchmark) and open the next. That is the rate of a house in which
everybody is at it at the same time, some 28 pages a second; it is not 200 requests under way at every moment, which
nobody's fingers can keep up. All 200 handle incidents (174 managers, 6 heads of sectors, 20 coordinators): their pages
cost the most, and unlike those of most employees they write to the trail.

The bare page (signed in, one line of template) is one of the eleven pages at which they click, so that it is measured
under the same load, in the same minutes, on the same server. Its wait in the queue counts as much as that of the
others: `one by one` therefore also compares the pages with nobody else there, page after page in turns.

Between two towns only the past differs: what is open (a fortnight of reports) is the same in both.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bolwerk.crypto.keyfile import make_key_file
from tests.bench.load import HOST, Outcome, Visitor, click_and_read, one_by_one
from tests.bench.result import Figure, write

SIZES = (1_000, 100_000)
SECONDS = 120.0  # of clicking in each town, over all rounds
ROUNDS = 4
READS = 7.0  # seconds between two pages
WORKERS = {"sqlite": 1, "postgres": 2}  # as docs/how-to/run-in-production.md says: one, and about one per core
BARE = "bare"
SERVE = "from bolwerk.config import serving; serving.run(host={host!r}, port={port}, workers={workers})"


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(environment: dict[str, str], *, workers: int = 1) -> Iterator[int]:
    """The production server as `bolwerk serve` starts it, on a port of its own."""
    port = free_port()
    command = [sys.executable, "-c", SERVE.format(host=HOST, port=port, workers=workers)]
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=40)


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("The server did not start.")


@dataclass
class Town:
    """A town that is built: who clicks where, its queries, and what came back so far."""

    visitors: list[Visitor]
    queries: dict[str, int]
    busy: Outcome = field(default_factory=Outcome)
    alone: Outcome = field(default_factory=Outcome)

    def figures(self, name: str) -> dict[str, Figure]:
        """All figures of this town."""
        pages = [page for page in self.busy.seconds if page != BARE]
        worst = max(pages, key=self.busy.p95)
        bare = self.busy.p95(BARE)
        found: dict[str, Figure] = {f"{name}, {page}: p95 ÷ bare": self.busy.p95(page) / bare for page in pages}
        found[f"{name}, worst p95 ÷ bare"] = self.busy.p95(worst) / bare
        found[f"{name}, worst page"] = worst
        found[f"{name}, worst p95 in seconds"] = self.busy.p95(worst)
        found[f"{name}, bare p95 in seconds"] = bare
        found[f"{name}, one by one, worst median ÷ bare"] = self.slowest / self.alone.middle(BARE)
        found[f"{name}, most queries on a page"] = max(self.queries.values())
        found[f"{name}, answers"] = self.busy.answers + self.alone.answers
        found[f"{name}, answers other than 200"] = self.busy.refusals + self.alone.refusals
        return found

    @property
    def slowest(self) -> float:
        """The median of the slowest page with nobody else there, in seconds."""
        return max(self.alone.middle(page) for page in self.alone.seconds)


def build(size: int, environment: dict[str, str]) -> Town:
    """Build a town of `size` incidents in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.pages_town", str(size)]
    town = json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout)
    visitors = [Visitor(one["cookie"], {BARE: "/bare/", **one["pages"]}) for one in town["visitors"]]
    return Town(visitors, town["queries"])


def measure(kind: str, seconds: float) -> dict[str, Figure]:
    """Build both towns, serve both, and let people click in them by turns: what slows this machine slows both."""
    with ExitStack() as stack:
        environments = {size: stack.enter_context(folder(kind)) for size in SIZES}
        towns = {size: build(size, environment) for size, environment in environments.items()}
        ports = {size: stack.enter_context(server(environments[size], workers=WORKERS[kind])) for size in SIZES}
        for size, town in towns.items():
            one_by_one(ports[size], town.visitors[::20], Outcome())  # warm
        for _ in range(ROUNDS):
            for size, town in towns.items():
                one_by_one(ports[size], town.visitors[::10], town.alone)
                click_and_read(ports[size], town.visitors, town.busy, seconds=seconds / ROUNDS, reads=READS)
    small, large = towns[SIZES[0]], towns[SIZES[1]]
    growth = f"{kind}, {SIZES[1]} ÷ {SIZES[0]} incidents"
    return {name: value for size in SIZES for name, value in towns[size].figures(f"{kind} {size}").items()} | {
        f"{growth}: p95 of all pages": large.busy.p95_of_all / small.busy.p95_of_all,
        f"{growth}: slowest page, one by one": large.slowest / small.slowest,
    }


@contextmanager
def folder(kind: str) -> Iterator[dict[str, str]]:
    """An empty installation on the asked database, as environment variables; gone afterwards."""
    place = Path(tempfile.mkdtemp(prefix="bolwerk-bench-"))
    environment = os.environ | {
        "BOLWERK_DIR": str(place),
        "BOLWERK_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "tests.bench.pages_server",
    }
    make_key_file(place / "keys" / "ring.json", mode="test", at=datetime.now(UTC))
    try:
        if kind == "postgres":
            from tests.postgres import empty_database

            environment["BOLWERK_DATABASE_URL"] = empty_database(place.name)
        yield environment
    finally:
        shutil.rmtree(place, ignore_errors=True)


def main(seconds: float, kinds: Iterable[str]) -> None:
    """Measure both databases, or the one asked for; what is measured is written before the next begins."""
    figures: dict[str, Figure] = {"employees": 10_000, "busy at once": 200, "seconds per town": seconds}
    for kind in kinds:
        figures |= measure(kind, seconds)
        print(write("pages", figures).read_text(encoding="utf-8"), flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS, sys.argv[2:] or WORKERS)
