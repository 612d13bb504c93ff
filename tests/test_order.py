"""The order of tests that run beside each other loses none, and gives each worker its share of what takes long."""

import pytest

from tests.order import dealt, shares_a_fixture, shares_tables, takes_long


def test_nothing_is_lost_and_everybody_gets_a_share(request: pytest.FixtureRequest) -> None:
    items = request.session.items
    for workers in (1, 2, 3, 4):
        order = dealt(items, workers)
        assert sorted(map(id, order)) == sorted(map(id, items))


def stretch(items: list[pytest.Item], workers: int) -> list[list[pytest.Item]]:
    """As `--dist worksteal` cuts the list."""
    cut, left = [], list(items)
    for number in range(workers):
        size = len(left) // (workers - number)
        cut.append(left[:size])
        left = left[size:]
    return cut


class Item:
    """As much of a test as the order looks at."""

    def __init__(self, nodeid: str, *marks: str, fixtures: tuple[str, ...] = ()) -> None:
        self.nodeid, self.path, self.fixturenames = nodeid, nodeid.split("::", maxsplit=1)[0], fixtures
        self.marks = marks

    def get_closest_marker(self, name: str) -> pytest.Mark | None:
        return pytest.Mark(name, (), {}, _ispytest=True) if name in self.marks else None


def made() -> list[pytest.Item]:
    short = [Item(f"src/a.py::{n}", fixtures=("db",)) for n in range(100)]
    journeys = [Item(f"tests/journeys/{n % 5}.py::{n}", "journey", fixtures=("live_server",)) for n in range(25)]
    crashes = [Item(f"tests/crash/a.py::{n}", "timeout") for n in range(6)]
    rest = [Item(f"src/b.py::{n}") for n in range(200)]
    return [*short, *sorted(journeys, key=lambda item: item.nodeid), *crashes, *rest]  # type: ignore[list-item]  # as much of a test as is looked at


def test_each_stretch_begins_with_tables_and_ends_with_what_takes_a_moment() -> None:
    for hand in stretch(dealt(made(), 3), 3):
        first = [shares_tables(item) for item in hand]
        assert first == sorted(first, reverse=True), "what empties the tables comes after what shares them"
        long = [takes_long(item) for item in hand]
        assert 8 <= sum(long) <= 12, "a share of what takes long"
        assert not any(long[-20:])


def test_the_tests_of_a_file_with_a_browser_stay_together() -> None:
    hands = stretch(dealt(made(), 3), 3)
    for number in range(5):
        name = f"tests/journeys/{number}.py"
        assert sum(any(item.nodeid.startswith(name) for item in hand) for hand in hands) == 1


@pytest.fixture(scope="module")
def made_once() -> int:
    return 1


def test_a_file_that_makes_something_once_is_known(request: pytest.FixtureRequest, made_once: int) -> None:
    assert shares_a_fixture(request.node)
    assert not shares_a_fixture(Item("a.py::1"))  # type: ignore[arg-type]  # as much of a test as is looked at
