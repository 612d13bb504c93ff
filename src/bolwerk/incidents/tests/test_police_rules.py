"""Reports to the police: every state, step and outcome, and only those of the table."""

from datetime import timedelta
from itertools import product

import pytest

from bolwerk.incidents.queries.police import looked_up, named, offences
from bolwerk.incidents.rules.police import (
    MOVES,
    PRIVACY_IN_WORDS,
    MoveNotAllowedError,
    NotYetError,
    Outcome,
    OutcomeMissingError,
    Privacy,
    ReportKind,
    State,
    Told,
    Vpt,
    check_filed,
    check_told,
    ela_apply,
    outcomes_for,
    states_for,
)
from bolwerk.incidents.tests.police_makers import TODAY, make_filed

ALLOWED = {
    (ReportKind.NOTICE, State.MADE, State.OVER),
    (ReportKind.NOTICE, State.OVER, State.MADE),
    (ReportKind.COMPLAINT, State.MADE, State.INVESTIGATED),
    (ReportKind.COMPLAINT, State.MADE, State.PROSECUTED),
    (ReportKind.COMPLAINT, State.MADE, State.OVER),
    (ReportKind.COMPLAINT, State.INVESTIGATED, State.PROSECUTED),
    (ReportKind.COMPLAINT, State.INVESTIGATED, State.OVER),
    (ReportKind.COMPLAINT, State.PROSECUTED, State.INVESTIGATED),
    (ReportKind.COMPLAINT, State.PROSECUTED, State.OVER),
    (ReportKind.COMPLAINT, State.OVER, State.INVESTIGATED),
    (ReportKind.COMPLAINT, State.OVER, State.PROSECUTED),
}


@pytest.mark.parametrize(("kind", "now", "to"), list(product(ReportKind, State, State)))
def test_only_the_steps_of_the_table_are_allowed(kind: ReportKind, now: State, to: State) -> None:
    outcome = outcomes_for(kind)[0] if to is State.OVER else ""
    told = Told(to, TODAY, outcome)
    if (kind, now, to) in ALLOWED:
        check_told(kind, now, told, reported_on=TODAY, on=TODAY)
        assert to in states_for(kind, now)
        return
    with pytest.raises(MoveNotAllowedError):
        check_told(kind, now, told, reported_on=TODAY, on=TODAY)


@pytest.mark.parametrize(("kind", "outcome"), list(product(ReportKind, ["", *Outcome])))
def test_what_is_over_has_an_outcome_of_its_kind(kind: ReportKind, outcome: str) -> None:
    fits = outcome in outcomes_for(kind)
    try:
        check_told(kind, State.MADE, Told(State.OVER, TODAY, outcome), reported_on=TODAY, on=TODAY)
    except OutcomeMissingError:
        assert not fits
    else:
        assert fits


def test_what_is_not_over_has_no_outcome() -> None:
    with pytest.raises(OutcomeMissingError):
        told = Told(State.INVESTIGATED, TODAY, Outcome.CONVICTED)
        check_told(ReportKind.COMPLAINT, State.MADE, told, reported_on=TODAY, on=TODAY)


@pytest.mark.parametrize("days", [-1, 1])
def test_no_day_lies_ahead_or_before_the_report_to_the_police(days: int) -> None:
    told = Told(State.INVESTIGATED, TODAY + timedelta(days=days))
    with pytest.raises(NotYetError):
        check_told(ReportKind.COMPLAINT, State.MADE, told, reported_on=TODAY, on=TODAY)
    if days > 0:
        with pytest.raises(NotYetError):
            check_filed(make_filed(reported_on=told.on), on=TODAY)


def test_the_ela_apply_only_when_the_police_confirmed_the_code() -> None:
    assert [vpt for vpt in Vpt if ela_apply(vpt)] == [Vpt.CONFIRMED]


def test_every_kind_knows_every_state_and_every_way_of_being_named_has_plain_words() -> None:
    assert all(MOVES[kind].keys() == set(State) for kind in ReportKind)
    assert PRIVACY_IN_WORDS.keys() == set(Privacy)


def test_offences_are_looked_up_by_article_title_or_plain_words() -> None:
    assert [one.code for one in looked_up("285b")] == ["sr285b"]
    assert [one.code for one in looked_up("adres online")] == []
    assert "sr285d" in [one.code for one in looked_up("adres foto")]
    assert [one.article for one in named(["sr350", "left the list"])] == ["Sr 350"]
    assert len({one.code for one in offences()}) == len(offences())
