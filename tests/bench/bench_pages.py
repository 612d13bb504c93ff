"""`pages`: the ten most used pages with 200 employees busy at once, beside a bare signed-in page on the same server.

Both databases, with 1,000 and with 100,000 incidents (ten lines in the trail for each). Bars in quality.md: p95 at most
6 times the bare page, at most 12 queries a page, p95 at 100,000 incidents at most 1.2 times that at 1,000.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bolwerk.crypto.keyfile import make_key_file
from tests.bench.load import HOST, Outcome, Visit, visit_pages
from tests.bench.result import Figure, write
from tests.postgres import empty_database

SIZES = (1_000, 100_000)
SECONDS = 60.0
BARE = "/bare/"


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(environment: dict[str, str]) -> Iterator[int]:
    """The production server on a port of its own, as `bolwerk serve` starts it."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    command += [
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "error",
        "bolwerk.config.wsgi:application",
    ]
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("The server did not start.")


def _figures(name: str, town: dict[str, object], pages: Outcome, bare: Outcome) -> dict[str, Figure]:
    bare_p95 = bare.p95(BARE)
    worst = max(pages.seconds, key=pages.p95)
    figures: dict[str, Figure] = {f"{name} {path} p95 ÷ bare": pages.p95(path) / bare_p95 for path in pages.seconds}
    figures[f"{name} worst p95 ÷ bare"] = pages.p95(worst) / bare_p95
    figures[f"{name} worst page p95 (s)"] = pages.p95(worst)
    figures[f"{name} answers other than 200"] = pages.refused + bare.refused
    queries = town["queries"]
    figures[f"{name} most queries on a page"] = max(queries.values()) if isinstance(queries, dict) else 0
    return figures


def measure(kind: str, size: int, environment: dict[str, str]) -> tuple[dict[str, Figure], Outcome]:
    """Build a town of `size` incidents, let people click, and return figures with the raw outcome."""
    build = [sys.executable, "-m", "tests.bench.pages_town", str(size)]
    town = json.loads(subprocess.run(build, env=environment, check=True, capture_output=True, text=True).stdout)
    with server(environment) as port:
        visit_pages(Visit(port, [BARE, *town["paths"]], town["cookies"], seconds=8.0))  # warm
        bare = visit_pages(Visit(port, [BARE], town["cookies"], seconds=SECONDS / 3))
        pages = visit_pages(Visit(port, town["paths"], town["cookies"], seconds=SECONDS))
    return _figures(f"{kind} {size}", town, pages, bare), pages


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
            environment["BOLWERK_DATABASE_URL"] = empty_database(place.name)
        yield environment
    finally:
        shutil.rmtree(place, ignore_errors=True)


def main() -> None:
    """Measure both databases at both sizes."""
    figures: dict[str, Figure] = {"employees": 10_000, "busy at once": 200, "seconds per run": SECONDS}
    for kind in ("sqlite", "postgres"):
        worst: dict[int, float] = {}
        for size in SIZES:
            with folder(kind) as environment:
                found, pages = measure(kind, size, environment)
                figures |= found
                worst[size] = max(pages.p95(path) for path in pages.seconds)
        figures[f"{kind} worst p95 at {SIZES[1]} ÷ at {SIZES[0]}"] = worst[SIZES[1]] / worst[SIZES[0]]
    print(write("pages", figures).read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
