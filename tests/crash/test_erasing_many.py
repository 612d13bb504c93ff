"""What is due goes from a very large house in flat memory, and what is not due stays.

Small here; BOLWERK_FULL_SIZE=1 (`make slow`) does it with the 1,000,000 records of the largest house.
"""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.installation import ROOT, Installation

RECORDS = 1_000_000 if os.environ.get("BOLWERK_FULL_SIZE") else 3_000
DUE = RECORDS // 50  # closed long ago; the others closed last year
MOST_MIB = 400  # a process of Bolwerk that does nothing takes about 150
FILL = """
from datetime import timedelta
from uuid import uuid4
from django.utils import timezone
from bolwerk.accounts.models import Person
from bolwerk.incidents.models import Incident
from bolwerk.incidents.rules import NEVER, Channel, Kind, Safety, Status
from tests.bench.pouring import pour
person, now = Person.objects.filter(is_active=True).first(), timezone.now()
long_ago, lately = now - timedelta(days=365 * 20), now - timedelta(days=365)

def closed(number):
    at = long_ago if number < {due} else lately
    return Incident(
        reference=f"{{number:09d}}", submission_key=uuid4(), reporter=person, happened_to=person, kind=Kind.OTHER,
        channel=Channel.DESK, occurred_at=at, safety=Safety.YES, words="Iemand werd boos.", status=Status.CLOSED,
        reported_at=at, closed_at=at, next_due_at=NEVER,
    )

for first in range(0, {records}, 5000):
    pour(closed(number) for number in range(first, min(first + 5000, {records})))
answer = Incident.objects.count()
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    """An installation with somebody in it."""
    one = Installation(tmp_path)
    one.patience = 3600 if RECORDS > 10_000 else one.patience
    one.signed_in("sanne@zilverdam.example")
    yield one
    one.close()


def peak_of(house: Installation, *words: str) -> int:
    """Run a command to its end; returns the most memory that it held, in MiB.

    Asked of the process while it runs: what the kernel adds up at its end begins with the peak of who started it.
    """
    running, peak = subprocess.Popen(house.command(*words), env=house.environment, cwd=ROOT), 0
    while running.poll() is None:
        peak = max(peak, held_by(running.pid))
        time.sleep(0.05)
    assert running.returncode == 0
    assert peak > 0
    return peak


def held_by(process: int) -> int:
    """The most memory that a process held so far, in MiB; 0 when it is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


@pytest.mark.drill  # national scale
@pytest.mark.slow
@pytest.mark.timeout(4 * 3600)
def test_what_is_due_goes_from_a_very_large_house_in_flat_memory(house: Installation) -> None:
    assert house.ask(FILL.format(records=RECORDS, due=DUE)) == RECORDS
    assert peak_of(house, "erase-due") < MOST_MIB
    found = house.ask(
        "from bolwerk.incidents.models import Incident\n"
        "from bolwerk.vault.models import Erasure\n"
        "answer = [Incident.objects.count(), Erasure.objects.count()]"
    )
    assert found == [RECORDS - DUE, DUE]
    house.bolwerk("audit", "verify")
