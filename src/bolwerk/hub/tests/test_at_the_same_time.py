"""Two people at the same moment: one wins, the others are told, nothing is doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from bolwerk.hub.access import in_use
from bolwerk.hub.actions import (
    AlreadyLeftOutError,
    ChangedMeanwhileError,
    JobAtWorkError,
    LeftOut,
    Said,
    SwitchedMeanwhileError,
    add_exclusion,
    ask_to_run,
    decide,
    review,
    switch_off,
)
from bolwerk.hub.models import Decision, Exclusion, Job, Review, SwitchChange
from bolwerk.hub.rules.assessments import Outcome, OutcomeNotAllowedError
from bolwerk.hub.rules.reviews import Verdict
from bolwerk.hub.tests.makers import (
    HOME,
    MONDAY,
    TODAY,
    make_analyst,
    make_assessment,
    make_finding,
    make_privacy_officer,
    put_on,
)

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 5
CONFLICTS = (
    AlreadyLeftOutError,
    ChangedMeanwhileError,
    JobAtWorkError,
    OutcomeNotAllowedError,
    SwitchedMeanwhileError,
)


def at_once(act: Callable[[], object]) -> list[object]:
    """Do the same in several threads that start together; what they return, or the conflict they met."""
    start = Barrier(AT_ONCE)

    def run(_number: int) -> object:
        try:
            start.wait()
            return act()
        except CONFLICTS as conflict:
            return conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(run, range(AT_ONCE)))


def losers(outcomes: list[object]) -> int:
    """How many met a conflict."""
    return sum(isinstance(outcome, CONFLICTS) for outcome in outcomes)


def test_of_five_verdicts_one_wins() -> None:
    finding, by = make_finding(), make_analyst()
    said = Said(Verdict.EXPLAINED, "Accountant", 1)
    outcomes = at_once(lambda: review(finding=finding, said=said, by=by, at=MONDAY, on=TODAY))
    assert (losers(outcomes), Review.objects.count()) == (AT_ONCE - 1, 1)


def test_of_five_jobs_one_gets_the_vault() -> None:
    put_on()
    by = make_analyst()
    outcomes = at_once(lambda: ask_to_run(as_of=TODAY, by=by, at=MONDAY, on=TODAY))
    assert (losers(outcomes), Job.objects.count()) == (AT_ONCE - 1, 1)


def test_of_five_decisions_one_counts() -> None:
    assessment, by = make_assessment("bag"), make_privacy_officer()
    said = {"outcome": Outcome.CONFIRMED, "reason": "", "by": by, "at": MONDAY, "on": TODAY}
    outcomes = at_once(lambda: decide(assessment=assessment, **said))  # type: ignore[arg-type]  # names of its fields
    assert (losers(outcomes), Decision.objects.count()) == (AT_ONCE - 1, 1)


def test_of_five_who_switch_off_one_does() -> None:
    put_on("bag")
    by = make_analyst()
    outcomes = at_once(lambda: switch_off(code="bag", by=by, at=MONDAY, seen=1, reason="Verkeerde levering"))
    assert (losers(outcomes), SwitchChange.objects.filter(is_on=False).count()) == (AT_ONCE - 1, 1)
    assert in_use(on=TODAY) == frozenset()


def test_of_five_exclusions_of_one_address_one_is_kept() -> None:
    what, by = LeftOut("BED-01", HOME, "Kade 1", "Verzamelgebouw", TODAY + timedelta(days=30)), make_analyst()
    outcomes = at_once(lambda: add_exclusion(what=what, by=by, at=MONDAY, on=TODAY))
    assert (losers(outcomes), Exclusion.objects.count()) == (AT_ONCE - 1, 1)
