"""In which order tests run that run beside each other: no worker idles while another still has what takes long.

`--dist worksteal` gives each worker a stretch of the list, and who is done takes over the end of what another still
has. So each stretch holds its share of what takes long, and ends with what takes a moment. The tests of a file that
makes a town or a house once stay together: each worker with some of them would make it anew. Tests that share the
tables keep their place before those that empty them, as pytest-django has it.
"""

from itertools import groupby

import pytest

LONG = ("journey", "slow", "timeout")  # marks
FOLDERS = ("tests/crash/", "tests/commands/")  # in which tests start whole installations
EMPTYING = frozenset({"transactional_db", "live_server"})


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The same tests as a stretch for each worker, one after the other and equally long."""
    hands: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for first in (True, False):
        turn = [item for item in items if shares_tables(item) is first]
        long = {item.path for item in turn if takes_long(item) or shares_a_fixture(item)}
        for pile in _piles([item for item in turn if item.path in long]):
            min(hands, key=len).extend(pile)
        _fill(hands, [item for item in turn if item.path not in long])
    return [item for hand in hands for item in hand]


def _fill(hands: list[list[pytest.Item]], short: list[pytest.Item]) -> None:
    """Make the hands equally long, as the list will be cut."""
    left = sum(map(len, hands)) + len(short)
    for number, hand in enumerate(hands):
        wanted = max(0, left // (len(hands) - number) - len(hand))
        hand += short[:wanted]
        short = short[wanted:]
        left -= len(hand)


def _piles(items: list[pytest.Item]) -> list[list[pytest.Item]]:
    """What goes to one worker: the tests of a file, which share a town; a part of many goes alone.

    Journeys come first: those that follow each other share a browser.
    """
    piles = [list(pile) for _, pile in groupby(items, lambda item: (item.path, _alone(item)))]
    return sorted(piles, key=lambda pile: (pile[0].get_closest_marker("journey") is None, -len(pile)))


def _alone(item: pytest.Item) -> str:
    return item.nodeid if item.get_closest_marker("timeout") and item.nodeid.endswith("]") else ""


def takes_long(item: pytest.Item) -> bool:
    """Whether a test takes many seconds: a browser, a whole installation, or what its marks say."""
    return any(map(item.get_closest_marker, LONG)) or item.nodeid.startswith(FOLDERS)


def shares_a_fixture(item: pytest.Item) -> bool:
    """Whether a test uses something that is made once for its file: each worker with tests of the file makes it."""
    info = getattr(item, "_fixtureinfo", None)
    used = info.name2fixturedefs if info else {}
    return any(definition.scope == "module" for definitions in used.values() for definition in definitions[-1:])


def shares_tables(item: pytest.Item) -> bool:
    """Whether a test leaves the tables as it found them."""
    mark = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    emptying = bool(EMPTYING & fixtures) or (mark is not None and bool(mark.kwargs.get("transaction")))
    return (mark is not None or "db" in fixtures) and not emptying
