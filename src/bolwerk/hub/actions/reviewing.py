"""Reviewing: what an analyst says of a finding after the first look, with the reason. History is kept."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.hub.models import Finding, Review
from bolwerk.hub.rules.reviews import Verdict, check_verdict


class ChangedMeanwhileError(Exception):
    """Somebody else reviewed the finding after this person opened it."""


@dataclass(frozen=True)
class Said:
    """A verdict with its reason, and the version of the finding that was on the screen."""

    verdict: Verdict
    reason: str
    seen: int


@transaction.atomic
def review(*, finding: Finding, said: Said, by: Person, at: datetime, on: date) -> Finding:
    """Give a finding a verdict.

    The row is locked first: two analysts who judge at once must not both win. Raises ChangedMeanwhileError, and
    VerdictNotAllowedError when the finding expired, when it is the same verdict again or without a reason.
    """
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    if finding.version != said.seen:
        raise ChangedMeanwhileError
    now = Verdict(finding.verdict)
    check_verdict(now, said.verdict, reason=said.reason, expires_on=finding.expires_on, on=on)
    give_verdict(finding=finding, verdict=said.verdict, reason=said.reason, by=by, at=at)
    return finding


def give_verdict(*, finding: Finding, verdict: Verdict, reason: str, by: Person, at: datetime) -> None:
    """Write a verdict down with its reason. The caller holds the row locked and knows that it may be said."""
    finding.verdict, finding.version = verdict, finding.version + 1
    finding.save(update_fields=["verdict", "version"])
    Review.objects.create(finding=finding, verdict=verdict, reason=reason, by=by, at=at)
    record("hub.finding.reviewed", subject=finding.urn, actor=by.urn, at=at, verdict=verdict.value)
