"""Cases of the demo's circle in every phase, brought through the real actions: what is shared passed the real check."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from bolwerk.accounts.models import Person
from bolwerk.circle.actions.case_drafts import Written, answer_findings, begin_draft, share_case
from bolwerk.circle.actions.cases import plan_case, withdraw_case
from bolwerk.circle.actions.follow_up import answer_advice, tell_outcome
from bolwerk.circle.actions.own_words import add_own_words
from bolwerk.circle.models import Case, CaseDraft, Participant, Session
from bolwerk.circle.queries.cases import checked_draft
from bolwerk.circle.queries.follow_up import advice_on
from bolwerk.circle.rules.adoptions import Outcome
from bolwerk.circle.rules.case_check import Answer, How
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.follow_up import Effect, Said, Used
from bolwerk.demo.content import read

Table = Mapping[str, Participant]


def lay_before(session: Session, table: Table, *, at: datetime) -> list[Case]:
    """Bring the cases that belong to a session, and plan them for it; `at` is when it is, or will be."""
    planned = []
    for row in _rows(session.theme):
        seat = table[row["by"]]
        case = _bring(row, seat, at=at - timedelta(days=row["days_before"]))
        by, moment = session.circle.founded_by, case.shared_at + timedelta(days=1)
        planned.append(plan_case(case=case, session=session, seen=case.version, by=by, at=moment))
    return planned


def look_back(cases: list[Case], *, at: datetime) -> None:
    """What submitters say of the advice they got, weeks after a session, and three months later of the whole."""
    for case in cases:
        row = next(one for one in read("cases")["cases"] if one["by"] == str(case.member) and "looked_back" in one)
        by, given = _person(case.author), zip(advice_on(case), row["looked_back"], strict=False)
        said = {advice.pk: Said(Used(used), why) for advice, (used, why) in given}
        answer_advice(case=case, said=said, by=by, at=at + timedelta(days=30))
        if "outcome" in row:
            outcome, words = row["outcome"]
            effect = Effect(Outcome(outcome), words)
            tell_outcome(case=case, effect=effect, by=by, at=at + timedelta(days=88))


def bring_cases(table: Table, *, at: datetime) -> None:
    """Everything that belongs to no session yet: shared cases, one that was taken back, drafts, own lists."""
    for name, words in read("cases")["own_words"].items():
        add_own_words(member=table[name].member, words=words, by=_person(table[name]), at=at - timedelta(days=40))
    for row in _rows(None):
        case = _bring(row, table[row["by"]], at=at - timedelta(days=row["days_before"]))
        if "taken_back" in row:
            moment, because = case.shared_at + timedelta(days=2), row["taken_back"]
            withdraw_case(case=case, because=because, seen=case.version, by=_person(table[row["by"]]), at=moment)
    for row in read("cases")["drafts"]:
        draft = _write(row, table[row["by"]], at=at - timedelta(hours=20))
        if row.get("checked"):
            _answer(draft, at=at - timedelta(hours=19))


def _rows(theme: str | None) -> Iterator[Mapping[str, Any]]:
    return (row for row in read("cases")["cases"] if row.get("session") == theme)


def _person(seat: Participant | None) -> Person:
    assert seat is not None
    assert seat.person is not None
    return seat.person


def _write(row: Mapping[str, Any], seat: Participant, *, at: datetime) -> CaseDraft:
    what = Written(row["title"], row["situation"], row["question"], row["method"], Level(row["level"]))
    return begin_draft(author=seat, written=what, by=_person(seat), at=at)


def _answer(draft: CaseDraft, *, at: datetime) -> CaseDraft:
    """Take every proposal for what is red."""
    by = _person(draft.author)
    given = {one.key: Answer(How.PROPOSAL) for one in checked_draft(draft).findings if one.is_red}
    return answer_findings(draft=draft, answers=given, seen=draft.version, by=by, at=at)


def _bring(row: Mapping[str, Any], seat: Participant, *, at: datetime) -> Case:
    draft = _answer(_write(row, seat, at=at - timedelta(hours=2)), at=at - timedelta(hours=1))
    return share_case(draft=draft, seen=draft.version, by=_person(seat), at=at)
