"""An intervision with sixty phones: how long a press of "next phase" takes to reach all of them.

`python -m tests.bench.bench_circle_live [changes]`. Sixty people who signed in and joined ask for the state as the
page's own script does (400 to 500 ms after each answer), of a real `bolwerk serve`, and whoever leads presses through
the phases. Measured is the time from the press (not from its answer) to the moment at which a phone has the new phase
in hand: title, question, duty, clock, and the form to write or choose with. The text of the case and what was written
before follow within six seconds at the full door; each phone asks for them here as well.

The bar of the issue: every change reaches all within 1 s, on one machine of two cores; here the sixty phones run on
that machine as well. Once more while all sixty send their words in the same moment.

The script on the page and this file keep the same pace: `EVERY`, `SPREAD`, `LIGHT`, `TURN` in circle/intervision.js.
"""

import asyncio
import json
import os
import random
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tests.bench.bench_pages import WORKERS, folder, server
from tests.bench.load import Line
from tests.bench.result import Figure, write

SCRIPT = Path(__file__).resolve().parents[2] / "src/bolwerk/circle/static/circle/intervision.js"
EVERY, SPREAD, LIGHT, TURN = 0.4, 0.1, 1.5, 0.25  # seconds
NOT_YOUR_TURN = 202
CHANGES = 30
BETWEEN = 3.0  # seconds between two presses
BAR = 1.0
TOKEN = "a" * 32
PROOF = f"X-CSRFToken: {TOKEN}\r\nOrigin: null\r\nSec-Fetch-Site: same-origin\r\nX-Requested-With: fetch\r\n"


@dataclass
class Room:
    """The run, the phones, and when each of them had which version in hand."""

    port: int
    place: str
    version: int
    had: list[dict[int, float]] = field(default_factory=list)
    pressed: dict[int, float] = field(default_factory=dict)
    asked: int = 0
    refused: int = 0
    over: bool = False

    def waits(self, versions: list[int]) -> list[float]:
        """The seconds from each press to each phone. One that never heard of a change waits for ever."""
        return [phone.get(one, float("inf")) - self.pressed[one] for one in versions for phone in self.had]


def now_is_later(follow: float) -> tuple[bool, float]:
    """Whether the rest of the state is to be asked for now, and when otherwise."""
    due = time.monotonic() >= follow
    return due, float("inf") if due else follow


async def phone(room: Room, cookie: str, number: int) -> None:
    """Ask for the state again and again, as the script does."""
    chance, seen, follow = random.Random(number), room.version, float("inf")
    await asyncio.sleep(chance.uniform(0, EVERY + SPREAD))
    line = Line(room.port)
    while not room.over:
        anew, follow = now_is_later(follow)
        path = f"{room.place}stand/?voor=telefoon&versie={'' if anew else seen}&binnen=0"
        status, body = await line.ask(path, cookie)
        now = time.monotonic()
        room.asked += 1
        room.refused += status != 200
        state = json.loads(body) if status == 200 else {"version": seen}
        if "html" in state:
            for version in range(seen + 1, state["version"] + 1):
                room.had[number].setdefault(version, now)
            seen = state["version"]
            if state.get("light"):
                follow = now + LIGHT + chance.uniform(0, 3 * LIGHT)
        await asyncio.sleep(EVERY + chance.uniform(0, SPREAD))


async def press(room: Room, line: Line, cookie: str, step: str) -> int:
    """Whoever leads presses; return the version that everybody must come to have."""
    room.pressed[room.version + 1] = time.monotonic()
    form = urlencode({"seen": room.version})
    status, body = await line.ask(f"{room.place}{step}/", f"{cookie}; csrf={TOKEN}", form=form, more=PROOF)
    if status != 200:
        raise LookupError(f"{step} answers {status}: {body[:200]!r}")
    room.version += 1
    return room.version


async def write_words(room: Room, cookie: str, phase: int) -> tuple[int, float]:
    """Send words from one phone; return the status and the seconds it took."""
    line, begun = Line(room.port), time.monotonic()
    form = urlencode({"key": str(uuid4()), "phase": phase, "text": "Bel terug, samen met een collega. " * 4})
    where = f"{room.place}schrijven/"
    status = NOT_YOUR_TURN
    while status == NOT_YOUR_TURN:
        status, _body = await line.ask(where, f"{cookie}; csrf={TOKEN}", form=form, more=PROOF)
        if status == NOT_YOUR_TURN:
            await asyncio.sleep(TURN + random.random() * TURN)
    return status, time.monotonic() - begun


async def session(port: int, town: dict[str, Any], changes: int) -> dict[str, Figure]:
    """Let all phones ask, press through the phases, and then once more while everybody writes."""
    room = Room(port, town["place"], town["version"], [{} for _ in town["phones"]])
    asking = [asyncio.create_task(phone(room, cookie, number)) for number, cookie in enumerate(town["phones"])]
    await asyncio.sleep(2 * BETWEEN)  # warm: everybody has asked a few times
    line = Line(port)
    begun, asked, spent = time.monotonic(), room.asked, cpu_seconds()
    path = steps(town["phases"], changes)
    quiet = []
    for step in path:
        quiet.append(await press(room, line, town["leader"], step))
        await asyncio.sleep(BETWEEN + random.random() * EVERY)
    seconds, load = time.monotonic() - begun, cpu_seconds() - spent
    rate = (room.asked - asked) / seconds
    busy, sent = [], []
    for step in ("verder", "terug") * 3:  # back and forth between two phases; words for the first arrive all the same
        writing = [asyncio.create_task(write_words(room, cookie, ADVICE)) for cookie in town["phones"][1:]]
        busy.append(await press(room, line, town["leader"], step))
        sent += await asyncio.gather(*writing)
        await asyncio.sleep(2 * BETWEEN)
    room.over = True
    await asyncio.gather(*asking)
    return figures(room, quiet, busy, sent) | {
        "questions per second": rate,
        "cores that the server kept busy": load / seconds,
        "answers other than 200": room.refused,
    }


ADVICE = 4  # the phase of the method in circle_town in which everybody writes advice; the path below ends there


def steps(phases: int, changes: int) -> list[str]:
    """Up and down the phases, so many changes, and then to the phase of advice."""
    found, at, way = [], 0, 1
    for _ in range(changes):
        way = 1 if at == 0 else -1 if at == phases - 1 else way
        at += way
        found.append("verder" if way > 0 else "terug")
    return found + (["verder"] * (ADVICE - at) if at < ADVICE else ["terug"] * (at - ADVICE))


def figures(room: Room, quiet: list[int], busy: list[int], sent: list[tuple[int, float]]) -> dict[str, Figure]:
    """What is shown of one database."""
    found: dict[str, Figure] = {}
    for name, versions in (("", quiet), ("while all write, ", busy)):
        waits = room.waits(versions)
        found[f"{name}changes"] = len(versions)
        found[f"{name}median seconds to a phone"] = median(waits)
        found[f"{name}p95 seconds to a phone"] = quantiles(waits, n=20)[-1]
        found[f"{name}last phone, median of changes"] = median(max(room.waits([one])) for one in versions)
        found[f"{name}slowest of all"] = max(waits)
        found[f"{name}changes that reached all within {BAR:.0f} s"] = sum(
            max(room.waits([one])) <= BAR for one in versions
        )
    taken = [seconds for _status, seconds in sent]
    found["words sent at once"] = len(sent)
    found["words that were refused"] = sum(status != 200 for status, _seconds in sent)
    found["slowest to send words, seconds"] = max(taken)
    return found


def cpu_seconds() -> float:
    """What the processes of the server used so far, in seconds of a core."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    tick = os.sysconf("SC_CLK_TCK")
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        pid = int(entry.parent.name)
        parents[pid], used[pid] = int(fields[1]), (int(fields[11]) + int(fields[12])) / tick

    def ours(pid: int) -> bool:
        while pid in parents and pid != os.getpid():
            pid = parents[pid]
        return pid == os.getpid()

    return sum(seconds for pid, seconds in used.items() if pid != os.getpid() and ours(pid))


def measure(kind: str, changes: int) -> dict[str, Figure]:
    """One database."""
    with folder(kind) as environment:
        environment |= {"DJANGO_SETTINGS_MODULE": "bolwerk.config.settings"}
        command = [sys.executable, "-m", "tests.bench.circle_town"]
        town = json.loads(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)
        with server(environment, workers=WORKERS[kind]) as port:
            found = asyncio.run(session(port, town, changes))
    return {f"{kind}, {name}": value for name, value in found.items()}


def same_pace() -> None:
    """Raise ValueError when the script on the page asks at another pace than this file."""
    pace = re.search(r"EVERY = (\d+), SPREAD = (\d+), LIGHT = (\d+), TURN = (\d+)", SCRIPT.read_text(encoding="utf-8"))
    if pace is None or [int(one) for one in pace.groups()] != [EVERY * 1000, SPREAD * 1000, LIGHT * 1000, TURN * 1000]:
        raise ValueError("circle/intervision.js asks at another pace than this benchmark.")


def main(changes: int) -> None:
    """Measure both databases."""
    same_pace()
    found: dict[str, Figure] = {"phones": 60, "load of this machine before": os.getloadavg()[0], "bar in seconds": BAR}
    for kind in WORKERS:
        found |= measure(kind, changes)
    print(write("circle-live", found).read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CHANGES)
