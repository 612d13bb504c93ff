"""The registers of Zilverdam, from their assessments to their findings, through the actions that people use.

One thing is left to do: the assessment of the BRP waits for the privacy officer, and its delivery lies ready.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.demo.content import read
from bolwerk.demo.everyday import add_everyday_reports
from bolwerk.hub import actions
from bolwerk.hub.models import Finding, Job, WorkItem
from bolwerk.hub.rules.assessments import Outcome
from bolwerk.hub.rules.reviews import Verdict
from bolwerk.hub.rules.stages import Looked, Stage
from bolwerk.hub.rules.studies import REPORTS
from knooppunt.synthetic import synthesise
from knooppunt.synthetic.boundaries import FILE as BOUNDARIES
from knooppunt.synthetic.records import FILES

RESIDENTS = 6_000  # a part of town: enough to find something, little enough to build while somebody waits
DELIVERIES = {"bag": "bag.zip", "kvk": "kvk.jsonl", "brp": "brp.csv", **FILES, "boundaries": BOUNDARIES}
READ_IN = ("bag", "kvk", "permits", "reports", "brk", "areas", "areamap", "boundaries")  # the others lie ready
ANALYST, OTHER_ANALYST, PRIVACY_OFFICER = "Ravi Soerjadi", "Iris Kramer", "Marijke van Dam"
ASSESSED, READ, LOOKED_BACK, LOOKED = (timedelta(days=days) for days in (60, 24, 20, 3))  # how long ago
DRAWN = timedelta(days=2)
FAR_BACK = timedelta(days=100)  # the first search is about a day whose findings have expired by now


@dataclass(frozen=True)
class Office:
    """Who works with the registers, and when the demo is built."""

    analyst: Person
    other: Person
    privacy_officer: Person
    now: datetime

    def ago(self, time: timedelta, *, hour: int = 10) -> datetime:
        """A moment so long ago, at an hour of the working day."""
        return timezone.localtime(self.now - time).replace(hour=hour, minute=20, second=0, microsecond=0)


def fill_vault(*, folder: Path, seed: int, people: dict[str, Person], at: datetime) -> int:
    """Write the deliveries to `<folder>/deliveries`, assess, switch on, read, look for findings and review some.

    Returns how many findings are in the list.
    """
    office = Office(people[ANALYST], people[OTHER_ANALYST], people[PRIVACY_OFFICER], at)
    stand = _deliver(folder, seed)
    _assess(office)
    for register in READ_IN:
        as_of = min(stand, office.ago(READ).date())
        _read(office, actions.Order(register=register, delivery=DELIVERIES[register], as_of=as_of))
    _look(office, as_of=office.ago(FAR_BACK).date(), at=office.ago(LOOKED_BACK))
    _review(office, read("reviews")["looked_back"], at=office.ago(LOOKED_BACK, hour=14))
    _leave_out(office)
    _look(office, as_of=office.ago(LOOKED).date(), at=office.ago(LOOKED))
    _review(office, read("reviews")["lately"], at=office.ago(LOOKED, hour=15))
    _draw_and_look(office)
    _look_ahead(office)
    return Finding.objects.count()


def _deliver(folder: Path, seed: int) -> date:
    """The files as registers deliver them, without the truth about the town. Returns the day they describe."""
    workshop, deliveries = folder / "synth", folder / "deliveries"
    deliveries.mkdir(parents=True)
    town = synthesise(residents=RESIDENTS, seed=seed, out=workshop)
    for file in DELIVERIES.values():
        shutil.move(workshop / file, deliveries / file)
    shutil.rmtree(workshop)
    add_everyday_reports(deliveries, on=date.fromisoformat(town.as_of), seed=seed)
    return date.fromisoformat(town.as_of)


def _assess(office: Office) -> None:
    """Write down every assessment, let the privacy officer look at all but the last, and switch those on."""
    for number, words in enumerate(read("assessments")):
        at = office.ago(ASSESSED - timedelta(days=number))
        decided = (at - timedelta(days=12)).date()
        until = (office.now + timedelta(days=300 + 20 * number)).date()
        text = {name: " ".join(words[name].split()) for name in words if name not in {"source", "confirmed"}}
        written = actions.write_assessment(
            source=words["source"],
            text=actions.AssessmentText(**text, decided_on=decided, valid_until=until),
            by=office.analyst,
            at=at,
        )
        if words["confirmed"]:
            later = at + timedelta(days=5)
            outcome, by = Outcome.CONFIRMED, office.privacy_officer
            actions.decide(assessment=written, outcome=outcome, reason="", by=by, at=later, on=later.date())
            _switch_on(words["source"], office, at=later + timedelta(hours=3))


def _switch_on(code: str, office: Office, *, at: datetime) -> None:
    reason = "DPIA bevestigd, afgesproken in het overleg informatiepositie"
    actions.switch_on(code=code, by=office.analyst, at=at, on=timezone.localdate(at), seen=0, reason=reason)


def _read(office: Office, order: actions.Order) -> None:
    at = office.ago(READ)
    _work(actions.ask_to_read(order=order, by=office.analyst, at=at, on=timezone.localdate(at)), at)


def _look(office: Office, *, as_of: date, at: datetime) -> None:
    _work(actions.ask_to_run(as_of=as_of, by=office.analyst, at=at, on=timezone.localdate(at)), at)


def _work(job: Job, at: datetime) -> None:
    """Do a job at once, as a worker would."""
    begun = actions.begin(job_id=job.pk, at=at)
    assert begun is not None
    result = actions.do(job=begun, at=at, on=timezone.localdate(at), progress=lambda _step, _done, _total: None)
    actions.end(job=begun, result=result, at=at + timedelta(seconds=4))


def _review(office: Office, words: list[dict[str, Any]], *, at: datetime) -> None:
    """Give verdicts to open findings of the last search, some each of two analysts."""
    for number, (finding, said) in enumerate(_open_findings(words)):
        by = office.other if number % 3 == 2 else office.analyst
        moment = at + timedelta(minutes=11 * number)
        verdict = actions.Said(Verdict(said["verdict"]), said["reason"], finding.version)
        actions.record_reading(what=actions.What.FINDING, subject=finding.urn, by=by, at=moment)
        actions.review(finding=finding, said=verdict, by=by, at=moment, on=finding.as_of)


def _open_findings(words: list[dict[str, Any]]) -> Iterator[tuple[Finding, dict[str, Any]]]:
    """An open finding of the rule for each verdict, as long as there are any."""
    for said in words:
        rows = Finding.objects.filter(current=True, verdict=Verdict.OPEN, rule=said["rule"]).order_by("place")
        if finding := rows.first():
            yield finding, said


def _leave_out(office: Office) -> None:
    """The last address with many companies is a multi-tenant building; the rule passes it over from now on."""
    finding = Finding.objects.filter(current=True, rule="BED-01").order_by("place").last()
    if finding is not None:
        at = office.ago(LOOKED_BACK, hour=16)
        reason = " ".join(read("reviews")["left_out"].split())
        until = timezone.localdate(at) + timedelta(days=365)
        what = actions.LeftOut(finding.rule, finding.object_id, finding.place, reason, until)
        actions.add_exclusion(what=what, by=office.analyst, at=at, on=timezone.localdate(at))


def _draw_and_look(office: Office) -> None:
    """Two rules were measured: one is right clearly more often than chance, of the other a list is half-way."""
    at = office.ago(DRAWN)
    for rule, said in read("reviews")["looked_at"].items():
        moving = actions.Moving(Stage.PILOT, " ".join(said["pilot"].split()), 0)
        actions.move_rule(code=rule, moving=moving, by=office.analyst, at=at)
        drawing = actions.Drawing(rule, said["most"])
        try:
            made = actions.draw_list(drawing=drawing, by=office.analyst, at=at, on=timezone.localdate(at))
        except actions.NothingToLookAtError:
            continue
        items = list(made.items.order_by("number"))
        for number, item in enumerate(items[: len(items) - said["left"]]):
            _gave(office, item, said, number, at)


def _gave(office: Office, item: WorkItem, said: dict[str, Any], number: int, at: datetime) -> None:
    outcome = Looked.REFUTED if item.is_control or number % said["every"] == 0 else Looked.CONFIRMED
    words = said[outcome.value]
    gave = actions.Gave(outcome, words[number % len(words)])
    by = office.other if number % 2 else office.analyst
    moment = at + timedelta(minutes=25 * (number + 1))
    actions.give_outcome(item=item, gave=gave, by=by, at=moment, on=timezone.localdate(at))


def _look_ahead(office: Office) -> None:
    at = office.ago(DRAWN, hour=16)
    ask = actions.ask_to_study(
        about=REPORTS, as_of=timezone.localdate(at), by=office.analyst, at=at, on=timezone.localdate(at)
    )
    _work(ask, at)
