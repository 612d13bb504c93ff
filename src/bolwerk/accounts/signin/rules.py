"""How long somebody waits after wrong attempts, and when a session ends. Pure: no database, no clock, no request."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MAX_PASSWORD_LENGTH = 128  # longer texts are refused before any hashing: the hash is the costly part (ASVS 5.0 6.2.9)

# Throttling. ASVS 5.0 6.3.1 asks for limits without lock-out; OWASP's device cookies give the shape. The numbers are
# ours: a person mistypes a few times, a guesser needs thousands.
FAILURES_HERE = 5  # wrong attempts on one account from one address, before waiting begins
FAILURES_ELSEWHERE = 20  # wrong attempts on one account from all unknown devices together
ACCOUNTS_AT_ADDRESS = 50  # different accounts that failed from one address: a whole office may mistype in the morning
FAILURES_OVERALL = 300  # wrong attempts in all; above it the limits for unknown devices become a fifth
WINDOW = timedelta(hours=1)  # how long a wrong attempt counts
ADDRESS_WINDOW = timedelta(minutes=15)
OVERALL_WINDOW = timedelta(minutes=5)
LONGEST_WAIT_HERE = timedelta(minutes=15)
LONGEST_WAIT_ELSEWHERE = timedelta(minutes=5)
LONGEST_WAIT_AT_ADDRESS = timedelta(seconds=30)
UNDER_STRESS = 5  # the limits for unknown devices are divided by this


@dataclass(frozen=True)
class Failures:
    """How many wrong attempts count, and when the last one was."""

    count: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True)
class Pressure:
    """What was tried before this attempt."""

    here: Failures  # on this account from this address; on a known device: from this device
    elsewhere: Failures  # on this account from unknown devices, wherever they are
    address: Failures  # different accounts that failed from this address and did not get in
    overall: int  # all wrong attempts of the last minutes


def _delay(failures: Failures, *, free: int, longest: timedelta, at: datetime) -> timedelta:
    """What is left of a wait that doubles with every failure after the first `free`: 1 s, 2 s, 4 s, up to `longest`."""
    if failures.count < free or failures.last_at is None:
        return timedelta()
    doublings = min(failures.count - free, 20)  # 2**20 seconds is beyond any longest wait
    return max(timedelta(), failures.last_at + min(timedelta(seconds=2**doublings), longest) - at)


def wait(pressure: Pressure, *, known_device: bool, at: datetime) -> timedelta:
    """How long this attempt must wait before the secret is looked at; zero when it need not.

    A device on which the account signed in before only answers for its own mistakes, so that others who guess, at the
    same office address or anywhere else, never keep the owner out.
    """
    here = _delay(pressure.here, free=FAILURES_HERE, longest=LONGEST_WAIT_HERE, at=at)
    if known_device:
        return here
    stress = UNDER_STRESS if pressure.overall >= FAILURES_OVERALL else 1
    elsewhere = _delay(pressure.elsewhere, free=FAILURES_ELSEWHERE // stress, longest=LONGEST_WAIT_ELSEWHERE, at=at)
    address = _delay(pressure.address, free=ACCOUNTS_AT_ADDRESS // stress, longest=LONGEST_WAIT_AT_ADDRESS, at=at)
    return max(here, elsewhere, address)


def ended_because(*, age: timedelta, rest: timedelta, idle: timedelta, absolute: timedelta) -> str:
    """Why a session of this age and this rest is over: "absolute", "idle", or an empty text when it goes on."""
    if age >= absolute:
        return "absolute"
    return "idle" if rest >= idle else ""
