"""What fits a template to the last byte is read as the scanner reads it; what does not, is left to the scanner."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knooppunt.registers.bag import blocks, fitted
from knooppunt.registers.bag.blocks import Block, Result, read_block
from knooppunt.registers.bag.fitted import Fitted, Marks, Templates, marks_in
from knooppunt.tests.deliveries import building, real

_TOKENS = (
    b"<",
    b">",
    b'"',
    b"&amp;",
    b" ",
    b"\n",
    b"0",
    b"x",
    b"\xc3\xab",
    b"<a/>",
    b"</sl:stand>",
    b"<sl:stand>",
    b"",
)
_HOLE = (
    b'</gml:exterior><gml:interior><gml:LinearRing><gml:posList count="4">206289.94 447355.96 0.0 206292.3 447361.12 '
    b"0.0 206288.92 447362.66 0.0 206289.94 447355.96 0.0</gml:posList></gml:LinearRing></gml:interior>"
)


class _None(Templates):
    """Fits nothing, so that the scanner reads every block."""

    def fitted(self, data: bytes, marks: Marks | None) -> Fitted | None:
        return None


def outcome(data: bytes, templates: Templates, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    """Rows by table in a fixed order, and what was refused."""
    monkeypatch.setattr(blocks, "_TEMPLATES", templates)
    result: Result = read_block(Block(data, "file.xml", "stand", 1).marked())
    tables = {
        name: sorted((row for piece in pieces for row in piece.to_pylist()), key=repr)
        for name, pieces in result.tables.items()
    }
    return {name: rows for name, rows in tables.items() if rows}, result.rejections


def fits(data: bytes) -> bool:
    return Templates().fitted(data, marks_in(data)) is not None


BUILDINGS = b"".join(building(number) for number in range(1, 9))


@pytest.mark.parametrize("kind", ["LIG", "NUM", "OPR", "PND", "STA", "VBO", "WPL"])
def test_real_objects_are_read_as_the_scanner_reads_them(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stands = blocks.STANDS.findall(real(f"bag/0221{kind}15092020-000001.xml").read_bytes())
    data = b"".join(stand for stand in stands if b"<!" not in stand and b"&" not in stand)
    with monkeypatch.context() as patch:
        assert outcome(data, Templates(), patch) == outcome(data, _None(), patch)


def test_real_buildings_fit() -> None:
    stands = blocks.STANDS.findall(real("bag/0221PND15092020-000001.xml").read_bytes())
    data = b"".join(stand for stand in stands if b"<!" not in stand)
    assert len(data) > fitted._LEAST
    assert fits(data)


def changed(change: Callable[[bytes], bytes]) -> bytes:
    """Eight buildings, of which one is another."""
    return BUILDINGS + change(building(9)) + building(10)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</gml:exterior>", _HOLE),  # another shape
        (b"BRA/FB20100001", b"B>A"),
        (b"BRA/FB20100001", b"]]>"),  # not allowed in XML
        (b"BRA/FB20100001", b" BRA"),
        (b"BRA/FB20100001", b"a &lt; b"),
        (b"BRA/FB20100001", b"BRA<x/>"),
        (b"BRA/FB20100001", b""),
        (b'gml:id="', b'gml:id="longer-'),
        (b'gml:id="', b'gml:id="x" y="'),
        (b'gml:id="', b'gml:id="<'),
        (b'count="', b'count="1'),
        (b'count="', b'count="x'),
        (b'count="', b'counts="'),
        (b"</sl:stand>", b"</sl:stand> between "),
        (b"</sl:stand>", b"</sl:stand>\n"),
        (b"<Objecten:geconstateerd>N", b"<Objecten:geconstateerd><"),
        (b"<Objecten:geconstateerd>N", b"<Objecten:geconstateerd>X"),
    ],
)
def test_an_odd_one_among_others_is_read_or_refused_as_ever(
    old: bytes, new: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = changed(lambda one: one.replace(old, new, 1))
    assert outcome(data, Templates(), monkeypatch) == outcome(data, _None(), monkeypatch)


def test_what_fits_no_template_is_not_tried_with_every_block() -> None:
    templates, odd = Templates(), changed(lambda one: one.replace(b"</sl:stand>", b"</sl:stand> between "))
    assert templates.fitted(odd, marks_in(odd)) is None
    assert templates.fitted(BUILDINGS, marks_in(BUILDINGS)) is None  # one block is passed over
    assert templates.fitted(BUILDINGS, marks_in(BUILDINGS)) is not None


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10**6), cut=st.integers(0, 40), token=st.sampled_from(_TOKENS))
def test_damage_is_found_as_ever(at: int, cut: int, token: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    at %= len(BUILDINGS)
    damaged = BUILDINGS[:at] + token + BUILDINGS[at + cut :]
    if not (damaged.startswith(b"<sl:stand>") and damaged.endswith(b"</sl:stand>")):
        return  # no block
    with monkeypatch.context() as patch:
        assert outcome(damaged, Templates(), patch) == outcome(damaged, _None(), patch)
