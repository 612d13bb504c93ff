"""Employees who click: keep-alive connections that ask for pages with time to read in between. Loopback only."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

HOST = "127.0.0.1"
LONGEST_READ = 10  # times the mean: nobody waits for ever


@dataclass
class Outcome:
    """What came back: seconds per page, and how many answers of which status were not 200."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    refused: dict[int, int] = field(default_factory=dict)

    def note(self, page: str, status: int, seconds: float) -> None:
        """Keep one answer."""
        self.seconds.setdefault(page, []).append(seconds)
        if status != 200:
            self.refused[status] = self.refused.get(status, 0) + 1

    def p95(self, page: str) -> float:
        """The time within which 95 of 100 answers came, in seconds."""
        return quantiles(self.seconds[page], n=20)[-1]

    def middle(self, page: str) -> float:
        """The median, in seconds."""
        return median(self.seconds[page])

    @property
    def p95_of_all(self) -> float:
        """The time within which 95 of 100 answers came, whatever the page, in seconds."""
        return quantiles([one for times in self.seconds.values() for one in times], n=20)[-1]

    @property
    def refusals(self) -> int:
        """How many answers were not 200."""
        return sum(self.refused.values())

    @property
    def answers(self) -> int:
        """How many answers came."""
        return sum(len(times) for times in self.seconds.values())


@dataclass(frozen=True)
class Visitor:
    """One employee: the session, and the address of each page by its name."""

    cookie: str
    pages: dict[str, str]


@dataclass
class Connection:
    """A keep-alive connection to the server, as a browser has."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def get(self, path: str, cookie: str) -> tuple[int, float]:
        """Ask for a page and read it to its end; return its status and the seconds that took."""
        begun = time.perf_counter()
        status, _body = await self.ask(path, cookie)
        return status, time.perf_counter() - begun

    async def ask(self, path: str, cookie: str, *, form: str | None = None, more: str = "") -> tuple[int, bytes]:
        """Ask for a page, or send a form; return the status and what came. `more` are header lines."""
        sent = ""
        if form is not None:
            sent = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n"
        verb = "GET" if form is None else "POST"
        head = f"{verb} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n{sent}{more}\r\n"
        self.writer.write(f"{head}{form or ''}".encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        lengths = [line.split(":")[1] for line in head.split("\r\n") if line.startswith("content-length:")]
        body = await self.reader.readexactly(int(lengths[0]) if lengths else 0)
        return int(head.split(" ", 2)[1]), body


@dataclass
class Line:
    """A connection that is opened again when the server ended it because nobody asked anything, as a browser does."""

    port: int
    connection: Connection | None = None

    async def ask(self, path: str, cookie: str, *, form: str | None = None, more: str = "") -> tuple[int, bytes]:
        """As `Connection.ask`."""
        fresh = self.connection is None
        self.connection = self.connection or await connect(self.port)
        try:
            return await self.connection.ask(path, cookie, form=form, more=more)
        except (asyncio.IncompleteReadError, ConnectionResetError):
            if fresh:
                raise
            self.connection = await connect(self.port)
            return await self.connection.ask(path, cookie, form=form, more=more)


async def connect(port: int) -> Connection:
    """A new connection to the server on a port of this machine."""
    return Connection(*await asyncio.open_connection(HOST, port))


async def _employee(port: int, visitor: Visitor, *, seconds: float, reads: float, seed: int, outcome: Outcome) -> None:
    chance = random.Random(seed)
    until = time.monotonic() + seconds
    await asyncio.sleep(chance.uniform(0, reads))
    connection = await connect(port)
    while time.monotonic() < until:
        page, path = chance.choice(list(visitor.pages.items()))
        try:
            outcome.note(page, *await connection.get(path, visitor.cookie))
        except asyncio.IncompleteReadError as closed:  # a server may end a connection on which nobody asks anything
            if closed.partial:
                raise
            connection = await connect(port)
            outcome.note(page, *await connection.get(path, visitor.cookie))
        await asyncio.sleep(min(chance.expovariate(1 / reads), LONGEST_READ * reads))
    connection.writer.close()


def click_and_read(port: int, visitors: Sequence[Visitor], outcome: Outcome, *, seconds: float, reads: float) -> None:
    """Let everybody open one of their pages at random, read for `reads` seconds on average, and open the next."""

    async def all_of_them() -> None:
        clicking = [
            _employee(port, visitor, seconds=seconds, reads=reads, seed=number + outcome.answers, outcome=outcome)
            for number, visitor in enumerate(visitors)
        ]
        await asyncio.gather(*clicking)

    asyncio.run(all_of_them())


def one_by_one(port: int, visitors: Sequence[Visitor], outcome: Outcome) -> None:
    """Let one visitor after the other open every page once, with nobody else on the server."""

    async def in_turn() -> None:
        connection = await connect(port)
        for visitor in visitors:
            for page, path in visitor.pages.items():
                outcome.note(page, *await connection.get(path, visitor.cookie))
        connection.writer.close()

    asyncio.run(in_turn())
