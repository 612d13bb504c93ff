"""Makes reactions for tests, through the real actions."""

from datetime import date, datetime, timedelta

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.documents.actions import keep_own
from bolwerk.documents.rules import Kind
from bolwerk.incidents.actions.response import establish, move_measure, propose, write_hearing
from bolwerk.incidents.models import Incident, Measure
from bolwerk.incidents.rules.ladder import Severity, Step
from bolwerk.incidents.rules.measures import Event, Findings, Hearing, Plan, Said
from bolwerk.incidents.tests.makers import MONDAY

TODAY = MONDAY.date()


def make_board() -> Person:
    """Whoever decides by mandate of the board."""
    return make_person("Annelies Hoekstra", Role.BOARD)


def make_established(incident: Incident, by: Person, *, at: datetime = MONDAY, heard: bool = True) -> None:
    """Facts, rule and warning; the person was heard unless told otherwise."""
    findings = Findings(
        Severity.HEAVY,
        "Sloeg op de balie.",
        at.date(),
        "Wij bedreigen niemand.",
        warned_on=at.date() - timedelta(days=30),
    )
    establish(incident=incident, findings=findings, by=by, at=at, seen=0)
    if heard:
        write_hearing(incident=incident, hearing=Hearing(at.date(), "Het spijt me."), by=by, at=at, seen=1)


def make_plan(step: Step = Step.BAN, *, on: date = TODAY, **changes: object) -> Plan:
    """A whole plan for three months, which the matrix proposes for what is serious."""
    whole: dict[str, object] = {
        "step": step,
        "reasons": "Medewerkers durven niet meer aan de balie.",
        "starts_on": on,
        "ends_on": on + timedelta(days=90),
        "review_on": on + timedelta(days=45),
        "route": "objection",
        "house_rules_shown": True,
        "police_informed": True,
        "other_channel": "Per brief.",
        "contact": "Teammanager Publiek, 0229 55 55 55",
        "ways": ("letter",),
    }
    return Plan(**(whole | changes))  # type: ignore[arg-type]  # names of its fields


def step(measure: Measure, event: Event, by: Person, *, at: datetime = MONDAY, said: Said | None = None) -> Measure:
    """One step, seen as it is now."""
    now = Measure.objects.get(pk=measure.pk)
    return move_measure(
        measure=now, event=event, by=by, at=at, seen=now.version, said=said or Said("Omdat het nodig is.")
    )


def make_asked(incident: Incident, by: Person, *, at: datetime = MONDAY, plan: Plan | None = None) -> Measure:
    """A ban on entry of which the board is asked to decide."""
    make_established(incident, by, at=at)
    measure = propose(incident=incident, plan=plan or make_plan(on=at.date()), by=by, at=at)
    return step(measure, Event.ASK, by, at=at)


def keep_a_letter(measure: Measure, by: Person, *, at: datetime = MONDAY) -> None:
    """A letter of the measure, kept."""
    keep_own(content=b"%PDF-1.7", name="brief.pdf", subject=measure.urn, kind=Kind.LETTER, by=by, at=at)


def make_sent(
    incident: Incident, by: Person, *, board: Person, at: datetime = MONDAY, plan: Plan | None = None
) -> Measure:
    """A ban on entry that was decided, with its letter sent."""
    measure = step(make_asked(incident, by, at=at, plan=plan), Event.DECIDE, board, at=at)
    keep_a_letter(measure, by, at=at)
    return step(measure, Event.SEND, by, at=at, said=Said(day=at.date()))
