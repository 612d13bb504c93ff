"""The rules of the norm: who may do what with a version, and how a team may differ."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from bolwerk.accounts.rules import Role
from bolwerk.incidents.queries.norms import default_rules
from bolwerk.incidents.rules.norms import (
    MOVES,
    TEAM_MOVES,
    Kind,
    Line,
    NormError,
    NormMove,
    NormState,
    Police,
    RuleText,
    check_day,
    check_move,
    check_team,
    check_whole,
    compared,
    derived,
    looser_on_red,
)

DAY = date(2026, 11, 23)
GREEN = RuleText("moan", Line.GREEN, "Iemand moppert.", "Luister.")
ORANGE = RuleText("shout", Line.ORANGE, "Iemand schreeuwt.", "Stop.", "Bel.")
RED = RuleText("hit", Line.RED, "Iemand slaat.", "Ga weg.", "Vang op.", "Doet aangifte.", Police.ALWAYS)
BASE = [GREEN, ORANGE, RED]


@pytest.mark.parametrize("team", [False, True])
def test_only_the_moves_of_the_table_are_allowed(*, team: bool) -> None:
    table = TEAM_MOVES if team else MOVES
    for move, now, role in product(NormMove, NormState, Role):
        step = table.get(move)
        if step and now is step.now and role in step.roles:
            assert check_move(move, now=now, roles=[role], team=team) is step.to
        else:
            with pytest.raises(NormError):
                check_move(move, now=now, roles=[role], team=team)


def test_whoever_wrote_a_version_does_not_adopt_it() -> None:
    with pytest.raises(NormError, match="zelf"):
        check_move(NormMove.ADOPT, now=NormState.OFFERED, roles=[Role.BOARD], team=False, wrote=True)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_default_norm_is_whole_and_is_the_same_in_both_languages(language: str) -> None:
    rules = default_rules(language)
    check_whole(rules)
    shape = [(rule.code, rule.line, rule.police, bool(rule.house_rule)) for rule in rules]
    assert shape == [(one.code, one.line, one.police, bool(one.house_rule_en)) for one in default_rules("nl")]
    assert all(len(rule.house_rule) <= 160 and len(rule.behaviour) <= 300 for rule in rules)


def test_a_norm_without_a_red_rule_or_a_reaction_is_not_whole() -> None:
    for rules in ([GREEN, ORANGE], [GREEN, ORANGE, replace(RED, employee="")]):
        with pytest.raises(NormError):
            check_whole(rules)


@pytest.mark.parametrize(
    "change",
    [
        {"line": Line.ORANGE},
        {"police": Police.CONSIDER},
        {"behaviour": "Iemand slaat heel hard."},
        {"employee": "Blijf zitten."},
        {"manager": ""},
    ],
)
def test_a_team_is_not_looser_on_red(change: dict[str, object]) -> None:
    assert looser_on_red(replace(RED, **change), RED) is not None  # type: ignore[arg-type]  # names of its fields


def test_a_team_puts_its_own_words_behind_those_of_the_organisation() -> None:
    mine = replace(RED, employee="Ga weg. Druk op de knop onder de balie.")
    check_team([GREEN, ORANGE, mine], BASE)


def test_a_team_cannot_leave_out_what_is_red() -> None:
    with pytest.raises(NormError):
        check_team([GREEN, ORANGE], BASE)
    check_team([RED], BASE)


def test_differences_are_shown_line_by_line() -> None:
    own = RuleText("dog", Line.RED, "Iemand stuurt een hond op je af.", "Ga weg.", "Bel.")
    mine = [replace(GREEN, employee="Luister even."), replace(ORANGE, line=Line.RED), RED, own]
    kinds = [row.kind for row in compared(mine, BASE)]
    assert kinds == [Kind.REWORDED, Kind.STRICTER, None, Kind.ADDED]
    assert [row.kind for row in compared([RED, replace(ORANGE, line=Line.GREEN)], BASE)] == [
        None,
        Kind.LOOSER,
        Kind.REMOVED,
    ]


def test_the_next_draft_of_a_team_keeps_its_own_words_and_takes_the_new_ones() -> None:
    own = RuleText("dog", Line.ORANGE, "Hond.", "Weg.", "Bel.")
    team = [replace(ORANGE, employee="Stop en roep om hulp."), RED, own]  # green was left out
    new = [GREEN, replace(ORANGE, manager="Bel vandaag."), replace(RED, management="Doet altijd aangifte.")]
    found = {rule.code: rule for rule in derived(new, old=BASE, team=team)}
    assert set(found) == {"shout", "hit", "dog"}
    assert (found["shout"].employee, found["shout"].manager) == ("Stop en roep om hulp.", "Bel vandaag.")
    assert found["hit"].management == "Doet altijd aangifte."


def test_words_of_a_team_that_fall_below_a_new_red_give_way() -> None:
    team = [GREEN, replace(ORANGE, employee="Laat maar gaan."), RED]
    new = [GREEN, replace(ORANGE, line=Line.RED), RED]
    assert {rule.code: rule for rule in derived(new, old=BASE, team=team)}["shout"].employee == "Stop."


def test_a_version_does_not_hold_in_the_past_or_before_the_one_it_follows() -> None:
    check_day(DAY, on=DAY, after=DAY)
    for day, after in ((None, None), (DAY - timedelta(days=1), None), (DAY, DAY + timedelta(days=1))):
        with pytest.raises(NormError):
            check_day(day, on=DAY, after=after)
