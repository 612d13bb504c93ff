"""Zilverdam and the police: most reports lead to a decision within days, some to a complaint with an outcome."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.deadlines.rules import Term, Unit
from bolwerk.demo.content import read
from bolwerk.incidents.actions import police as steps
from bolwerk.incidents.actions.seven_ws import write_seven_ws
from bolwerk.incidents.models import Incident, PoliceReport
from bolwerk.incidents.queries.police import first_answers, police_settings
from bolwerk.incidents.rules import Kind
from bolwerk.incidents.rules.damage import Item, Loss, Party, Way
from bolwerk.incidents.rules.police import (
    WITH_A_CLOCK,
    Filed,
    Filer,
    Outcome,
    Privacy,
    ReportKind,
    State,
    Told,
    Vpt,
)

A_DAY = timedelta(days=1)
CALM, GRAVE = 0.55, 0.2  # how often nothing is reported, and how often a complaint has no VPT code yet


def set_address(*, by: Person, at: datetime) -> None:
    """The address of the town hall, which goes to the police."""
    told = read("police")["setting"]
    term = Term(police_settings().term.amount, Unit.WORKING_DAYS, told["source"])
    steps.set_police(address=told["address"], contact=told["contact"], term=term, by=by, at=at)


def decide_about_police(*, incident: Incident, by: Person, at: datetime, dice: Random) -> None:
    """Report it to the police, or write why not; nothing where the kind asks for nothing."""
    kind = Kind(incident.kind)
    if kind not in WITH_A_CLOCK:
        return
    words = read("police")
    if dice.random() < CALM:
        steps.tell_why_not(incident=incident, reason=dice.choice(words["why_not"]), by=by, at=at, seen=0)
        return
    filed = _filed(words, kind, at, dice)
    report = steps.add_police_report(incident=incident, filed=filed, by=by, at=at, on=timezone.localdate(at), seen=0)
    if filed.kind is ReportKind.COMPLAINT:
        told = replace(first_answers(incident), who=dice.choice(words["who"]), why=dice.choice(words["why"]))
        if dice.random() < GRAVE * 2:
            item = Item(Party.VICTIM, Loss.GOODS, Way.CRIMINAL, dice.randrange(2_000, 45_000))
            steps.add_damage(incident=incident, item=item, by=by, at=at)
        write_seven_ws(incident=incident, answers=told, by=incident.reporter, at=at, seen=0)
    else:
        _tell(report, State.OVER, Outcome.NOTED, by=by, at=at)


def _filed(words: dict[str, Any], kind: Kind, at: datetime, dice: Random) -> Filed:
    complaint = dice.random() < 0.7
    return Filed(
        kind=ReportKind.COMPLAINT if complaint else ReportKind.NOTICE,
        filer=Filer.EMPLOYER if dice.random() < 0.7 else Filer.VICTIM,
        reported_on=timezone.localdate(at),
        privacy=dice.choice(list(Privacy)),
        vpt=Vpt.ASKED if dice.random() < GRAVE else Vpt.CONFIRMED,
        offences=(dice.choice(words["offences"][kind.value]),),
        number=f"PL0900-{at.year}-{dice.randrange(100_000, 999_999)}" if complaint else "",
    )


def follow_complaints(*, by: Person, at: datetime, dice: Random) -> None:
    """What became of older complaints: the police investigate, the court convicts, or nobody was found."""
    rows = PoliceReport.objects.filter(kind=ReportKind.COMPLAINT, state=State.MADE, at__lt=at - 21 * A_DAY)
    for report in rows.select_related("incident").order_by("at"):
        _tell(report, State.INVESTIGATED, "", by=by, at=min(report.at + 14 * A_DAY, at))
        if report.at < at - 120 * A_DAY:
            now = PoliceReport.objects.select_related("incident").get(pk=report.pk)
            end = dice.choice([Outcome.CONVICTED, Outcome.PENALTY, Outcome.DISMISSED, Outcome.UNSOLVED])
            _tell(now, State.OVER, end, by=by, at=report.at + 110 * A_DAY)


def _tell(report: PoliceReport, to: State, outcome: str, *, by: Person, at: datetime) -> None:
    day = timezone.localdate(at)
    steps.tell_state(report=report, told=Told(to, day, outcome), by=by, at=at, on=day, seen=report.version)
