"""The ladder, the matrix and the terms that hold here: the municipality's own, else the default."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.functional import Promise

from bolwerk.accounts.rules import Role
from bolwerk.deadlines.rules import Term, Unit
from bolwerk.incidents.models import Incident, LadderStep, Response, ResponseTerm
from bolwerk.incidents.queries.kinds import CONTENT
from bolwerk.incidents.queries.response.store import earlier_incidents
from bolwerk.incidents.queries.terms import words_of
from bolwerk.incidents.rules import Receiver
from bolwerk.incidents.rules.ladder import Need, Rung, Severity, Step, needs_of, proposed_step
from bolwerk.incidents.rules.objections import DEFAULT_PERIODS, Period
from bolwerk.ui.content import content_language, read_yaml


@dataclass(frozen=True)
class PeriodInForce:
    """A term of this track, where it comes from, and whether somebody stands behind it."""

    period: Period
    term: Term
    source: str | Promise
    own: bool
    verified: bool

    @property
    def in_words(self) -> str:
        """The term as people say it."""
        return words_of(self.term)


@dataclass(frozen=True)
class Proposal:
    """What the matrix proposes, and on what grounds."""

    step: Step
    severity: Severity
    earlier: int
    warned: bool


@cache
def _read(name: str) -> Any:
    return read_yaml((CONTENT / name).read_text(encoding="utf-8"))


def _term(days: int | None) -> Term | None:
    return Term(days, Unit.DAYS) if days else None


def _default(row: dict[str, Any]) -> Rung:
    step = Step(row["step"])
    return Rung(
        step=step,
        decider=Role(row["decider"]),
        needs=needs_of(step, map(Need, row["needs"])),
        source=row["source"],
        within=_term(row.get("within_days")),
        most_months=row.get("most_months"),
        about=row["about"],
    )


def ladder() -> dict[Step, Rung]:
    """Every step as it holds now, from light to heavy. One query."""
    language = content_language()
    rungs = {rung.step: rung for rung in map(_default, _read(f"ladder.{language}.yaml"))}
    for row in LadderStep.objects.all():
        step = Step(row.step)
        rungs[step] = Rung(
            step=step,
            decider=Role(row.decider),
            needs=needs_of(step, map(Need, row.needs)),
            source=row.source,
            within=_term(row.within_days),
            most_months=row.most_months,
            about=rungs[step].about,
            verified=True,
            own=True,
        )
    return rungs


def decider_for(incident: Incident, step: Step) -> Role:
    """Who decides a step for this incident. What was reported past the own manager, the coordinator decides instead."""
    decider = ladder()[step].decider
    past = incident.receiver != Receiver.MANAGER
    return Role.AGGRESSION_COORDINATOR if decider is Role.MANAGER and past else decider


def periods_in_force() -> dict[Period, PeriodInForce]:
    """Every term of this track that holds now. One query."""
    own = {row.period: row for row in ResponseTerm.objects.all()}
    found = {}
    for period, default in DEFAULT_PERIODS.items():
        row = own.get(period.value)
        law = default.term.statutory
        found[period] = (
            PeriodInForce(
                period, Term(row.amount, Unit(row.unit), row.source, statutory=law), row.source, own=True, verified=True
            )
            if row
            else PeriodInForce(period, default.term, default.source, own=False, verified=default.verified)
        )
    return found


def proposal_for(incident: Incident, response: Response | None) -> Proposal | None:
    """What the matrix proposes for this incident; None until somebody said how serious it was."""
    if response is None or not response.severity:
        return None
    severity, earlier = Severity(response.severity), earlier_incidents(incident)
    warned = response.warned_on is not None
    step = proposed_step(_read("proportion.yaml"), severity=severity, earlier=earlier, warned=warned)
    return Proposal(step, severity, earlier, warned)
