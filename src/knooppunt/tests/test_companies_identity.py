"""Numbers that last, held against what must be true of them whatever happens."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.linkage.companies.continuing import DAYS, Registration, Stage, grouped, pairs
from knooppunt.linkage.companies.identity import Event, EventKind, Members, carry_over, replay
from knooppunt.linkage.companies.names import trade_name

Groups = list[list[int]]


@st.composite
def _groups(draw: st.DrawFn) -> Groups:
    """Some members in groups that have none in common."""
    members = draw(st.lists(st.integers(1, 12), unique=True, max_size=12))
    groups: dict[int, list[int]] = {}
    for member in members:
        groups.setdefault(draw(st.integers(0, 4)), []).append(member)
    return list(groups.values())


def _through(history: Iterable[Groups]) -> tuple[Members, list[Event]]:
    state, log = Members(), list[Event]()
    for groups in history:
        state, events = carry_over(state, groups)
        log += events
    return state, log


@settings(max_examples=300, deadline=None)
@given(st.lists(_groups(), max_size=5), _groups())
def test_one_number_a_group_and_none_is_ever_given_twice(history: list[Groups], groups: Groups) -> None:
    before, _ = _through(history)
    after, events = carry_over(before, groups)
    numbers = [{after.number_of[member] for member in group} for group in groups]
    assert all(len(own) == 1 for own in numbers)
    assert len(set().union(*numbers)) == len(groups) if groups else not numbers
    created = {e.company for e in events if e.kind is EventKind.CREATED}
    assert all(number > before.last for number in created)
    known = set(before.number_of.values())
    assert {own for group in numbers for own in group} <= known | set(range(before.last + 1, after.last + 1))


@settings(max_examples=300, deadline=None)
@given(st.lists(_groups(), max_size=5))
def test_the_log_leads_to_the_numbers(history: list[Groups]) -> None:
    state, log = _through(history)
    again = replay(log)
    assert dict(again.number_of) == dict(state.number_of)
    assert (again.gone, again.last) == (state.gone, state.last)


@settings(max_examples=200, deadline=None)
@given(st.lists(_groups(), max_size=4), _groups(), st.randoms())
def test_order_does_not_matter_and_the_same_again_changes_nothing(
    history: list[Groups], groups: Groups, random: object
) -> None:
    before, _ = _through(history)
    after, events = carry_over(before, groups)
    mixed = [list(reversed(group)) for group in reversed(groups)]
    assert carry_over(before, mixed) == (after, events)
    assert carry_over(after, groups) == (after, [])


@pytest.mark.parametrize(
    ("first", "then", "kinds"),
    [
        ([[1, 2]], [[1, 2], [3]], [("created", 2, (3,), 0)]),
        ([[1, 2]], [[1, 2, 3]], [("absorbed", 1, (3,), 0)]),
        ([[1], [2, 3]], [[1, 2, 3]], [("merged", 1, (2, 3), 2)]),
        ([[1, 2, 3]], [[1, 2], [3]], [("split", 2, (3,), 1)]),
        ([[1], [2]], [[1]], [("gone", 2, (2,), 0)]),
        ([[1, 2], [3, 4]], [[1, 4, 2], [3]], [("split", 1, (4,), 2)]),
    ],
)
def test_what_happened_has_a_name(
    first: Groups, then: Groups, kinds: list[tuple[str, int, tuple[int, ...], int]]
) -> None:
    state, _ = carry_over(Members(), first)
    _, events = carry_over(state, then)
    assert [(str(e.kind), e.company, e.members, e.other) for e in events] == kinds


def test_who_comes_back_gets_the_number_back() -> None:
    state, log = _through([[[1], [2]], [[1]], [[1], [2]]])
    assert state.number_of[2] == 2 and not state.gone
    assert [str(event.kind) for event in log] == ["created", "created", "gone", "back"]


END = date(2024, 6, 30)


def _one(kvk: int, name: str, started: int | None, ended: int | None = None, object_id: int = 1) -> Registration:
    """A registration; days are counted from END."""
    return Registration(
        kvk,
        object_id,
        name,
        None if started is None else END + timedelta(days=started),
        None if ended is None else END + timedelta(days=ended),
    )


OLD = _one(1, "Bäckerei Jansen & Zn. V.O.F.", -900, 0)


@pytest.mark.parametrize(
    ("others", "stages"),
    [
        ([_one(2, "Backerei Jansen en Zn B.V.", 1)], [Stage.SAME_NAME]),
        ([_one(2, "Backerij Jansen en Zn", 1)], [Stage.NEARLY]),
        ([_one(2, "Kapsalon Vos", 1)], []),
        ([_one(2, "Backerei Jansen en Zn", DAYS + 1)], []),
        ([_one(2, "Backerei Jansen en Zn", 1, object_id=2)], []),
        (
            [_one(2, "Backerei Jansen en Zn", 1), _one(3, "Backerei Jansen en Zn", 5)],
            [Stage.SEVERAL, Stage.SIDE_BY_SIDE],
        ),
        ([_one(2, "Backerei Jansen en Zn", None)], []),
    ],
)
def test_a_company_goes_on_only_when_everything_says_so(others: list[Registration], stages: list[Stage]) -> None:
    assert [pair.stage for pair in pairs([OLD, *others])] == stages


def test_two_that_run_side_by_side_are_a_question_and_never_a_link() -> None:
    (pair,) = pairs([_one(1, "Vos B.V.", -900), _one(2, "Vos Holding B.V.", -900), _one(3, "VOS BV", -100)])
    assert (pair.kvk, pair.next_kvk, pair.stage.links) == (1, 3, False)


def test_two_that_ended_do_not_both_go_on_as_one() -> None:
    found = pairs([OLD, _one(4, "Backerei Jansen en Zn", -800, 3), _one(2, "Backerei Jansen en Zn B.V.", 1)])
    assert {pair.stage for pair in found} == {Stage.SEVERAL}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Café De Zwaan B.V.", "cafe de zwaan"),
        ("V.O.F. Bos", "bos"),
        ("BV", "bv"),
        (None, ""),
        ("Jan's Bar", "jans bar"),
    ],
)
def test_names_without_case_accents_and_form(name: str | None, key: str) -> None:
    assert trade_name(name) == key


def test_links_lead_through_each_other() -> None:
    assert sorted(map(sorted, grouped([1, 2, 3, 4], [(1, 2), (2, 3), (9, 1)]))) == [[1, 2, 3], [4]]
