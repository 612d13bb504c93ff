"""Counts wrong attempts, so that guessing is slow and nobody else is kept out. The limits stand in rules.py.

The table is shared by every process. It holds keyed hashes only: no e-mail address and no network address.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from bolwerk.accounts.signin import devices, rules
from bolwerk.accounts.signin.address import address_of, network_of
from bolwerk.accounts.signin.models import Attempt


class TooManyAttemptsError(Exception):
    """Somebody must wait `wait` before the next attempt is looked at."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"wait {wait}")
        self.wait = wait

    @property
    def seconds(self) -> int:
        """Whole seconds to wait, at least one: the value of Retry-After."""
        return max(1, -int(-self.wait.total_seconds() // 1))


def _hash(what: str, value: str) -> str:
    return salted_hmac(f"bolwerk.signin.{what}", value, algorithm="sha256").hexdigest()


def begin(request: HttpRequest, *, purpose: str, account: str, at: datetime) -> Attempt:
    """Write an attempt down before its secret is checked; `account` is an e-mail address.

    Raises TooManyAttemptsError when it must wait; then the secret must not be looked at.
    """
    Attempt.objects.filter(at__lt=at - rules.WINDOW).delete()
    attempt = row_of(request, purpose=purpose, account=account, at=at)
    attempt.save()
    wait = rules.wait(_pressure(attempt), known_device=bool(attempt.device), at=at)
    if wait:
        attempt.delete()
        raise TooManyAttemptsError(wait)
    return attempt


def row_of(request: HttpRequest, *, purpose: str, account: str, at: datetime) -> Attempt:
    """An attempt as it is kept."""
    device = devices.known_device(request, account)
    return Attempt(
        purpose=purpose,
        account=_hash("account", account.lower()),
        address=_hash("address", network_of(address_of(request))),
        device=_hash("device", device) if device else "",
        at=at,
    )


def was_right(attempt: Attempt) -> None:
    """The secret was right: what failed on this account from here was a mistake of its owner and counts no more."""
    Attempt.objects.filter(_same_place(attempt), purpose=attempt.purpose, account=attempt.account).delete()


def _same_place(attempt: Attempt) -> Q:
    return Q(device=attempt.device) if attempt.device else Q(address=attempt.address, device="")


def _pressure(attempt: Attempt) -> rules.Pressure:
    others = Attempt.objects.filter(purpose=attempt.purpose).exclude(pk=attempt.pk)
    account = others.filter(account=attempt.account)
    near = others.filter(address=attempt.address, device="", at__gt=attempt.at - rules.ADDRESS_WINDOW)
    accounts = near.exclude(account=attempt.account).values("account").distinct()
    recent = others.filter(at__gt=attempt.at - rules.OVERALL_WINDOW)
    return rules.Pressure(
        here=_failures(account.filter(_same_place(attempt))),
        elsewhere=_failures(account.filter(device="")),
        address=rules.Failures(
            accounts[: rules.ACCOUNTS_AT_ADDRESS + 20].count(),  # more only makes a longest wait
            near.aggregate(last=Max("at"))["last"],
        ),
        overall=recent[: rules.FAILURES_OVERALL].count(),
    )


def _failures(rows: QuerySet[Attempt]) -> rules.Failures:
    return rules.Failures(rows.count(), rows.aggregate(last=Max("at"))["last"])


def asked(attempt: Attempt) -> int:
    """How often this was asked for this account, from anywhere, within the window; the attempt itself counts."""
    return Attempt.objects.filter(purpose=attempt.purpose, account=attempt.account).count()


@dataclass(frozen=True)
class Pace:
    """How often something may be done within the window before it slows down, and how long each then waits."""

    account: int
    address: int
    overall: int
    wait: timedelta


def keep_pace(request: HttpRequest, *, purpose: str, account: str, pace: Pace, at: datetime) -> None:
    """Count something that anybody may do, such as reporting at a kiosk. Above its pace it goes slowly.

    Whoever floods a place keeps nobody else out of it: there always is a next turn, `pace.wait` after the last one.
    Raises TooManyAttemptsError.
    """
    Attempt.objects.filter(at__lt=at - rules.WINDOW).delete()
    now = row_of(request, purpose=purpose, account=account, at=at)
    recent = Attempt.objects.filter(purpose=purpose, at__gt=at - rules.WINDOW)
    counted = (
        (recent.filter(account=now.account), pace.account),
        (recent.filter(address=now.address), pace.address),
        (recent, pace.overall),
    )
    for rows, most in counted:
        found = _failures(rows)
        if found.count >= most and found.last_at is not None and found.last_at + pace.wait > at:
            raise TooManyAttemptsError(found.last_at + pace.wait - at)
    now.save()
