"""The fast road and lxml must say the same, whatever happens to an object."""

import re
import zipfile
from decimal import Decimal
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knooppunt.registers.bag import rings
from knooppunt.registers.bag.blocks import Block, Result, _read_slow, _split, read_block
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import building, real

KINDS = ("LIG", "NUM", "OPR", "PND", "STA", "VBO", "WPL")
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


@pytest.mark.parametrize("kind", KINDS)
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


def test_one_odd_object_leaves_its_neighbours_on_the_fast_road() -> None:
    entity = building(2).replace(b"BRA/", b"B&amp;W/")
    lined = building(4).replace(b"BRA/", b"BRA\r\n/")
    result = read_block(Block(building(1) + entity + building(3) + lined + building(5), "file.xml", "stand", 1))
    assert result.slow == 2
    numbers = [number for piece in result.tables["buildings"] for number in piece["document_number"].to_pylist()]
    assert sorted(numbers) == ["B&W/FB20100001", "BRA\n/FB20100001", *["BRA/FB20100001"] * 3]


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[bytes]]:
    """Objects of every kind, from a synthetic municipality."""
    town = synthesise(residents=3_000, seed=1, out=tmp_path_factory.mktemp("town"))
    with zipfile.ZipFile(town.out / "bag.zip") as outer:
        inner = {name[4:7]: zipfile.ZipFile(BytesIO(outer.read(name))) for name in outer.namelist() if "9900" in name}
    stands = re.compile(rb"<sl:stand>.*?</sl:stand>", re.DOTALL)
    return {kind: stands.findall(inner[kind].read(inner[kind].namelist()[0])) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_both_roads_agree_on_whole_files(kind: str, objects: dict[str, list[bytes]]) -> None:
    block = Block(b"\n".join(objects[kind][:200]), "file.xml", "stand", 1)
    assert read_block(block).slow == 0
    fast, slow = both_roads(block.data)
    assert fast == slow


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_both_roads_agree_on_damaged_buildings(data: st.DataObject) -> None:
    agree_on_damage(data, building(1) + building(2, 3))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_both_roads_agree_on_damaged_objects(objects: dict[str, list[bytes]], data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    agree_on_damage(data, b"\n".join(data.draw(st.sampled_from(objects[kind])) for _ in range(2)))


def agree_on_damage(data: st.DataObject, good: bytes) -> None:
    """Put something else in the place of a few bytes; both roads must read or refuse the same."""
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


@given(st.lists(st.tuples(*[st.decimals(0, 320_000, places=3)] * 2), min_size=1, max_size=20), st.integers(0, 6))
def test_positions_are_the_nearest_floating_point_numbers(points: list[tuple[Decimal, Decimal]], places: int) -> None:
    text = " ".join(f"{x:.{places + 1}f} {y:.{places + 1}f} 0.0" for x, y in points).encode()
    data = b"<gml:posList>" + text + b"</gml:posList>"
    start = np.array([data.find(b">") + 1])
    read, bounds, good = rings.read_points(data, start, start + len(text), 3)
    assert (good.tolist(), bounds.tolist()) == ([True], [0, len(points)])
    numbers = [float(number) for number in text.split()]
    assert read.tolist() == [[numbers[i], numbers[i + 1]] for i in range(0, len(numbers), 3)]
