"""Intervisions of the demo's circle: one in each session that was held, and one that anybody can begin in the next."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from bolwerk.circle.actions.contributions import Words, join_run, send
from bolwerk.circle.actions.intervision import RunPlan, finish_run, next_phase, plan_run, start_run
from bolwerk.circle.models import Case, Intervision, Participant, Session
from bolwerk.circle.queries.methods import phases_of
from bolwerk.demo.content import read

Table = Mapping[str, Participant]
ADVISED = timedelta(minutes=3)  # into a phase somebody sends the first words, and every half minute somebody else
HALF_A_MINUTE = timedelta(seconds=30)


def hold_runs(session: Session, cases: list[Case], table: Table, *, began: datetime) -> None:
    """The group works on the cases of a session, one after the other, by the method of its text."""
    row = read("runs")[session.theme]
    for number, case in enumerate(cases):
        _hold(case, session, row, table, began=began + timedelta(minutes=45 + 90 * number))


def prepare_run(session: Session, cases: list[Case], *, at: datetime) -> None:
    """Whoever leads laid the next one ready."""
    if session.theme == read("runs")["next"]:
        for case in cases[:1]:
            plan = RunPlan(case.method, case, session)
            plan_run(circle=session.circle, plan=plan, by=session.circle.founded_by, at=at)


def _hold(case: Case, session: Session, row: Mapping[str, Any], table: Table, *, began: datetime) -> None:
    leader = session.circle.founded_by
    plan = RunPlan(row["method"], case, session)
    run = plan_run(circle=session.circle, plan=plan, by=leader, at=began - timedelta(days=2))
    brought_by = next(seat for seat in table.values() if seat.pk == case.author_id)
    for seat in (brought_by, *(table[name] for name in row["present"])):
        if seat.person:
            join_run(run=run, by=seat.person, at=began - timedelta(minutes=2))
    run = start_run(run=run, seen=run.version, by=leader, at=began)
    moment = began
    for number, phase in enumerate(phases_of(run.kept)):
        words = [(table[name], text) for name, text in row["words"].get(number, ())]
        touched = row["touched"].get(number)
        _write(run, number, [*words, *([(brought_by, touched)] if touched else [])], at=moment + ADVISED)
        moment += timedelta(minutes=phase.minutes)
        if number + 1 < len(phases_of(run.kept)):
            run = next_phase(run=run, seen=run.version, by=leader, at=moment)
    finish_run(run=run, seen=run.version, by=leader, at=moment)


def _write(run: Intervision, phase: int, words: list[tuple[Participant, str]], *, at: datetime) -> None:
    for number, (seat, text) in enumerate(words):
        if seat.person:
            moment = at + number * HALF_A_MINUTE
            send(run=run, words=Words(uuid4(), phase, text), me=seat, by=seat.person, at=moment)
