"""The gate for figures: what is hidden, what is told, and that it stays so."""

import json

import pytest

from knooppunt.disclosure import (
    TOTAL,
    Axis,
    Figure,
    Hidden,
    LaxPolicyError,
    Memory,
    MisshapenTableError,
    Policy,
    Reason,
    Row,
    Table,
    UnlikeMemoryError,
    gate,
)

AS_COUNTED = Policy(rounding_base=1)
TREE = {"town": None, "desk": "town", "streets": "town", "parks": "town"}
TEAMS = Axis.tree("team", TREE, hollow=frozenset({"town"}))


def by_team(*, about: str = "reports", **counts: int) -> Table:
    """A table of teams only."""
    return Table.of(about, [TEAMS], [Row((team,), count) for team, count in counts.items()])


def by_month(*months: str, desk: tuple[int, ...], streets: tuple[int, ...]) -> Table:
    """Two teams of a town, by month."""
    teams = Axis.flat("team", ["desk", "streets"])
    rows = [Row(("desk", month), count) for month, count in zip(months, desk, strict=True)]
    rows += [Row(("streets", month), count) for month, count in zip(months, streets, strict=True)]
    return Table.of("reports", [teams, Axis.flat("month", months)], rows)


def test_a_small_cell_is_hidden_and_so_is_one_that_would_give_it_away() -> None:
    release = gate(by_team(desk=40, streets=30, parks=3), AS_COUNTED)
    assert release.at(team="parks") == Hidden()
    assert release.at(team="streets") == Hidden(), "73 in all, 40 at the desk: 33 - 30 would be 3"
    assert (release.at(team="desk"), release.at()) == (Figure(40), Figure(73))


def test_none_and_a_few_look_the_same_and_so_do_the_small_and_the_protecting() -> None:
    none, few = (gate(by_team(desk=40, streets=30, parks=parks), AS_COUNTED) for parks in (0, 9))
    assert none.at(team="parks") == few.at(team="parks") == none.at(team="streets") == Hidden(Reason.PROTECTED)


def test_a_part_of_a_department_that_has_no_name_is_protected_too() -> None:
    rows = [Row(("town",), 2), Row(("desk",), 40), Row(("streets",), 30), Row(("parks",), 25)]
    release = gate(Table.of("reports", [Axis.tree("team", TREE)], rows), AS_COUNTED)
    assert Hidden() in [cell for _, cell in release], "97 - 40 - 30 - 25 would be 2"


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    release = gate(by_team(desk=40, streets=33, parks=21), Policy())
    assert [cell for _, cell in release if isinstance(cell, Hidden)] == []
    assert release.at(team="streets") == Figure(35), "rounded to five"


def test_with_rounding_a_total_can_stay_that_would_otherwise_give_a_cell_away() -> None:
    departments = Axis.flat("team", [f"t{n}" for n in range(8)])
    table = Table.of("reports", [departments], [Row((f"t{n}",), 4 if n == 0 else 20 + n) for n in range(8)])
    exact, rounded = gate(table, AS_COUNTED), gate(table, Policy())
    hidden = [sum(isinstance(cell, Hidden) for _, cell in release) for release in (exact, rounded)]
    assert hidden[1] <= hidden[0] == 2


def test_an_empty_table_tells_nothing() -> None:
    assert gate(by_team(), Policy()).at(team=TOTAL) == Hidden()


def test_a_cell_that_comes_from_one_person_for_the_most_part_is_hidden() -> None:
    rows = [Row(("desk",), 18, who="one")] + [Row(("desk",), who=n) for n in range(12)]
    rows += [Row(("streets",), who=n) for n in range(40)] + [Row(("parks",), who=n) for n in range(40, 75)]
    release = gate(Table.of("reports", [TEAMS], rows), Policy())
    assert release.at(team="desk") == Hidden()
    assert release.at() == Figure(105)


def test_a_percentage_needs_a_base_and_two_published_counts() -> None:
    release = gate(by_team(desk=62, streets=40, parks=21), Policy())
    assert release.share(release.at(team="desk"), of=release.at()) == Figure(48), "60 of 125"
    assert release.share(release.at(team="parks"), of=release.at(team="streets")) == Hidden(Reason.SMALL_BASE)
    assert release.share(Hidden(), of=release.at()) == Hidden(Reason.PROTECTED)


def test_no_setting_makes_the_smallest_group_smaller_than_five() -> None:
    assert Policy(smallest_group=5).smallest_group == 5
    for lax in ({"smallest_group": 4}, {"percent_base": 10}, {"rounding_base": 0}, {"rounding_base": 11}):
        with pytest.raises(LaxPolicyError):
            Policy(**lax)  # type: ignore[arg-type]  # one of its numbers each


def test_a_table_never_shows_its_counts_in_a_traceback_or_a_log() -> None:
    table = by_team(desk=7777)
    assert "7777" not in repr(table)
    assert "775" not in repr(gate(table, Policy()))


@pytest.mark.parametrize("row", [Row(("moon",)), Row(("desk", "more")), Row(("desk",), -1)])
def test_a_row_that_lies_nowhere_is_refused(row: Row) -> None:
    with pytest.raises(MisshapenTableError):
        Table.of("reports", [TEAMS], [row])


def test_a_tree_with_a_circle_is_refused() -> None:
    with pytest.raises(MisshapenTableError):
        Axis.tree("team", {"a": "b", "b": "a"})


def test_a_cell_that_was_published_keeps_its_figure_whoever_leaves_later() -> None:
    first = gate(by_team(desk=40, streets=33, parks=21), Policy())
    second = gate(by_team(desk=39, streets=33, parks=12), Policy(), earlier=first.memory)
    assert dict(second) == dict(first), "the difference would be one person, and eight"
    assert second.memory == first.memory


def test_a_cell_that_was_hidden_stays_hidden() -> None:
    first = gate(by_team(desk=40, streets=30, parks=3), Policy())
    second = gate(by_team(desk=40, streets=30, parks=12), Policy(), earlier=first.memory)
    assert dict(second) == dict(first)


def test_a_month_between_two_cumulative_figures_is_protected_as_if_it_were_published() -> None:
    quarter = by_month("jan", "feb", desk=(30, 30), streets=(40, 40))
    first = gate(quarter, AS_COUNTED)
    assert first.at(team="desk") == Figure(60)
    later = by_month("jan", "feb", "mar", desk=(30, 30, 2), streets=(40, 40, 25))
    second = gate(later, AS_COUNTED, earlier=first.memory)
    assert second.at(team="desk", month="mar") == Hidden()
    assert second.at(team="desk") == Hidden(), "62 - 60 would be the two of March"
    assert second.at(team="desk", month="jan") == Figure(30), "what was said stays said"


def test_a_report_that_arrives_late_shows_in_no_later_figure_that_has_that_month_in_it() -> None:
    first = gate(by_month("jan", "feb", desk=(30, 30), streets=(40, 40)), AS_COUNTED)
    later = by_month("jan", "feb", "mar", desk=(31, 30, 20), streets=(40, 40, 25))
    second = gate(later, AS_COUNTED, earlier=first.memory)
    assert second.at(team="desk", month="jan") == Figure(30)
    assert second.at(team="desk") == Hidden(), "81 - 30 - 30 - 20 would be the one that came late"
    assert second.at(team="desk", month="mar") == Figure(20)


def test_a_memory_travels_as_json_and_holds_nothing_that_was_hidden() -> None:
    release = gate(by_team(desk=40, streets=30, parks=3), AS_COUNTED)
    text = json.dumps(release.memory.as_json(), sort_keys=True)
    kept = Memory.from_json(json.loads(text))
    assert kept == release.memory
    assert [list(past.axes) for past in kept.past] == [list(past.axes) for past in release.memory.past]
    assert "30" not in text and '"parks", 3' not in text


def test_a_memory_of_something_else_is_refused() -> None:
    memory = gate(by_team(desk=40), Policy()).memory
    with pytest.raises(UnlikeMemoryError):
        gate(by_team(about="visits", desk=40), Policy(), earlier=memory)
    without = Table.of("reports", [Axis.flat("month", ["jan"])], [])
    with pytest.raises(UnlikeMemoryError):
        gate(without, Policy(), earlier=memory)


def test_a_memory_under_a_laxer_rule_is_not_made_worse() -> None:
    first = gate(by_team(desk=6, streets=30, parks=25), Policy(smallest_group=5, rounding_base=1))
    assert first.at(team="desk") == Figure(6)
    second = gate(by_team(desk=6, streets=30, parks=25), AS_COUNTED, earlier=first.memory)
    assert dict(second) == dict(first)
