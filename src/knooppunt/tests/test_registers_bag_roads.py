"""The fast road and lxml must say the same, whatever happens to an object."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knooppunt.registers.bag.blocks import Block, Result, _read_slow, _split, read_block
from knooppunt.tests.deliveries import building, real

_TOKENS = (
    b"<",
    b">",
    b"&amp;",
    b"&",
    b" ",
    b"\n",
    b'"',
    b"0",
    b"9",
    b"-",
    b"x",
    b"\xc3\xab",
    b"<a></a>",
    b"e5",
    b"1e5",
)


def outcome(result: Result) -> tuple[dict[str, list[dict[str, Any]]], int]:
    """Rows by table in a fixed order, and how many objects were refused."""
    tables = {
        name: sorted((row for piece in pieces for row in piece.to_pylist()), key=repr)
        for name, pieces in result.tables.items()
    }
    return {name: rows for name, rows in tables.items() if rows}, len(result.rejections)


def both_roads(data: bytes) -> tuple[Any, Any]:
    """What the fast road and lxml alone make of the same block."""
    block = Block(data, "file.xml", "stand", 1)
    slow = Result()
    _read_slow(_split(block, slow), block, slow)
    return outcome(read_block(block)), outcome(slow)


@pytest.mark.parametrize("kind", ["LIG", "NUM", "OPR", "PND", "STA", "VBO", "WPL"])
def test_both_roads_agree_on_the_real_objects(kind: str) -> None:
    data = real(f"bag/0221{kind}15092020-000001.xml").read_bytes()
    start, end = data.find(b"<sl:stand>"), data.rfind(b"</sl:stand>") + len(b"</sl:stand>")
    if b"<!" in data[start:end]:  # such a file never reaches the fast road
        data = data[: data.find(b"<!", start)]
        end = data.rfind(b"</sl:stand>") + len(b"</sl:stand>")
    if end > start:
        fast, slow = both_roads(data[start:end])
        assert fast == slow


def test_the_usual_object_takes_the_fast_road() -> None:
    result = read_block(Block(building(1) + building(2), "file.xml", "stand", 1))
    assert result.slow == 0
    assert result.tables["buildings"][0].num_rows == 2


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_both_roads_agree_on_damaged_objects(data: st.DataObject) -> None:
    good = building(1) + building(2, 3)
    start = data.draw(st.integers(len(b"<sl:stand>"), len(good) - len(b"</sl:stand>") - 8))
    cut = data.draw(st.integers(0, 6))
    token = data.draw(st.sampled_from([*_TOKENS, b""]))
    damaged = good[:start] + token + good[start + cut :]
    if damaged.count(b"<sl:stand>") != 2 or damaged.count(b"</sl:stand>") != 2:
        return  # cut up differently: there is nothing to compare
    try:
        damaged.decode("utf-8")
    except UnicodeDecodeError:
        return  # refused before either road
    fast, slow = both_roads(damaged)
    assert fast == slow
