"""Makes cases and runs of them, for tests."""

from datetime import datetime, timedelta
from uuid import uuid4

from bolwerk.accounts.models import Person
from bolwerk.circle.actions import intervision as steps
from bolwerk.circle.actions.contributions import Words, join_run, send
from bolwerk.circle.models import Case, Circle, Contribution, Intervision, Participant
from bolwerk.circle.tests.makers import MONDAY, make_member, make_participant

MINUTE = timedelta(minutes=1)


def person_of(seat: Participant) -> Person:
    """Whose seat it is."""
    assert seat.person
    return seat.person


def make_group(circle: Circle, count: int = 3) -> list[Participant]:
    """Participants of as many municipalities."""
    names = ["Oosterwaard", "Veendrecht", "Kanaalstad", "Duinrade", "Lindehove"]
    return [make_participant(make_member(circle, names[n]), f"Deelnemer {n}") for n in range(count)]


def make_run(circle: Circle, case: Case | None = None, method: str = "incident") -> Intervision:
    """A run that is ready."""
    return steps.plan_run(circle=circle, plan=steps.RunPlan(method, case), by=circle.founded_by, at=MONDAY)


def make_running_at(
    circle: Circle, case: Case | None = None, *, method: str = "incident", phase: int = 0
) -> Intervision:
    """A run that is in a phase."""
    run = make_run(circle, case, method)
    run = steps.start_run(run=run, seen=run.version, by=circle.founded_by, at=MONDAY)
    for _number in range(phase):
        run = steps.next_phase(run=run, seen=run.version, by=circle.founded_by, at=MONDAY)
    return run


def there(run: Intervision, *seats: Participant) -> None:
    """People take part."""
    for seat in seats:
        join_run(run=run, by=person_of(seat), at=MONDAY)


def say(
    run: Intervision, seat: Participant, text: str, *, phase: int | None = None, at: datetime = MONDAY
) -> Contribution:
    """Somebody sends words."""
    words = Words(uuid4(), run.phase if phase is None else phase, text)
    return send(run=run, words=words, me=seat, by=person_of(seat), at=at)
