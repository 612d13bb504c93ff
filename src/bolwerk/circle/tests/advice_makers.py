"""Makes cases on which a group worked and gave advice, for tests."""

from bolwerk.circle.actions.cases import finish_case
from bolwerk.circle.models import Case, Contribution, Intervision, Participant, Present
from bolwerk.circle.queries.methods import copy_of
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.tests.makers import MONDAY, make_case


def make_worked_on(author: Participant, *givers: Participant, level: Level = Level.ORANGE) -> Case:
    """A case of which a run is over, with an advice of each giver, and something that is no advice."""
    case, by = make_case(author), author.member.circle.founded_by
    Case.objects.filter(pk=case.pk).update(level=level)
    run = Intervision.objects.create(
        circle=case.circle,
        case=case,
        method="incident",
        kept=copy_of("incident", case_known=True),
        state="finished",
        led_by=by,
        planned_at=MONDAY,
        began_at=MONDAY,
    )
    for number, seat in enumerate(givers):
        assert seat.person
        words = f"Advies {number}"
        Contribution.objects.create(intervision=run, phase=5, kind="advice", text=words, by=seat, at=MONDAY)
        Present.objects.create(intervision=run, person=seat.person)
    Contribution.objects.create(intervision=run, phase=4, kind="words", text="Geen advies", at=MONDAY)
    return finish_case(case=case, seen=case.version, by=by, at=MONDAY)
