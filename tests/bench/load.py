"""Employees who click: many keep-alive connections that ask for pages with a pause in between. Loopback only."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import quantiles

HOST = "127.0.0.1"


@dataclass
class Outcome:
    """What came back: seconds per page, and how many answers were not 200."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    refused: int = 0

    def p95(self, path: str) -> float:
        """The time within which 95 of 100 answers came, in seconds."""
        return quantiles(self.seconds[path], n=20)[-1]


@dataclass(frozen=True)
class Visit:
    """Who asks for what: paths, the cookies of each employee, and how long everything takes."""

    port: int
    paths: Sequence[str]
    cookies: Sequence[str]
    seconds: float
    pause: float = 5.0


async def _read_answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    await reader.readexactly(int(lengths[0]) if lengths else 0)
    return int(head.split(b" ", 2)[1])


async def _employee(visit: Visit, cookie: str, seed: int, outcome: Outcome) -> None:
    chance = random.Random(seed)
    until = time.monotonic() + visit.seconds
    await asyncio.sleep(chance.uniform(0, visit.pause))
    reader, writer = await asyncio.open_connection(HOST, visit.port)
    while time.monotonic() < until:
        path = chance.choice(visit.paths)
        begun = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode())
        status = await _read_answer(reader)
        outcome.seconds.setdefault(path, []).append(time.perf_counter() - begun)
        outcome.refused += status != 200
        await asyncio.sleep(chance.uniform(0, 2 * visit.pause))
    writer.close()


async def _all(visit: Visit) -> Outcome:
    outcome = Outcome()
    await asyncio.gather(*(_employee(visit, cookie, n, outcome) for n, cookie in enumerate(visit.cookies)))
    return outcome


def visit_pages(visit: Visit) -> Outcome:
    """Let every employee click for the given time and return what they waited."""
    return asyncio.run(_all(visit))
