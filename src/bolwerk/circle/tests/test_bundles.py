"""A bundle comes through whole or not at all: whatever is changed on the way is refused, and each refusal says why."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolwerk.circle.queries.bundles import kinds, schema_of
from bolwerk.circle.rules.bundles import (
    BUNDLE_BYTES,
    Bundle,
    BundleRefusedError,
    Copy,
    ItemKind,
    Refusal,
    Trust,
    canonical,
    read_bundle,
    received_again,
    signed_bytes,
)
from bolwerk.circle.tests.exchange_makers import CARD, Elsewhere, card

THEM = Elsewhere()
ENVELOPE = schema_of("bundle") or {}
ANYTHING = {**kinds(), "anything": ItemKind({"type": "object"}, in_feed=True)}
TEXT = st.text(st.characters(categories=["L", "P", "S", "Z"], exclude_characters="<=\u2028\u2029"), max_size=40)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def read(data: bytes, *, trust: Trust | None = Trust()) -> Bundle:  # noqa: B008  it never changes
    """Read a bundle as an installation that trusts THEM does."""
    trust_in: Callable[[str], Trust | None] = lambda public: trust if public == THEM.public else None  # noqa: E731  shorter than a function
    return read_bundle(data, kinds=ANYTHING, envelope=ENVELOPE, trust_in=trust_in)


def refused(data: bytes, **given: Any) -> Refusal:
    """Why it does not come in."""
    with pytest.raises(BundleRefusedError) as raised:
        read(data, **given)
    return raised.value.refusal


@given(content=st.dictionaries(TEXT, VALUE, max_size=5), title=TEXT.filter(bool), number=st.integers(1, 1_000_000))
@settings(deadline=None)
def test_a_round_trip_loses_nothing(content: dict[str, Any], title: str, number: int) -> None:
    sent = THEM.bundle(kind="anything", content=content, title=title, sequence=number)
    data = signed_bytes(sent, THEM.sign)
    came = read(data)
    assert (came.content, came.title, came.sequence, came.item) == (content, title, number, sent.item)
    assert canonical(came.content) == canonical(content)
    assert signed_bytes(came, THEM.sign) == data


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
@settings(deadline=None, max_examples=300)
def test_a_bit_that_flips_on_the_way_is_refused(place: int, bit: int) -> None:
    data = bytearray(THEM.signed())
    data[place % len(data)] ^= 1 << bit
    assert refused(bytes(data)) in {Refusal.NO_BUNDLE, Refusal.FOREIGN, Refusal.UNKNOWN_KEY, Refusal.BROKEN}


@given(cut=st.integers(1, 400), extra=st.binary(max_size=4))
@settings(deadline=None)
def test_a_bundle_that_was_cut_off_or_added_to_is_refused(cut: int, extra: bytes) -> None:
    assert refused(THEM.signed()[:-cut] + extra) is Refusal.NO_BUNDLE


@pytest.mark.parametrize("name", ["kind", "item", "sequence", "title", "licence", "issued_at", "content", "origin"])
def test_no_part_can_be_changed_without_the_key(name: str) -> None:
    other = json.loads(Elsewhere("Kring Zuid").signed(sequence=7, title="Anders", licence="EUPL-1.2", kind="lesson"))
    other["origin"]["key"] = THEM.public
    other["content"] = {"text": "Anders"}
    data = json.loads(THEM.signed())
    data[name] = "2026-11-24T09:00:00+00:00" if name == "issued_at" else other[name]
    assert refused(json.dumps(data).encode()) is Refusal.BROKEN


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b" " * (BUNDLE_BYTES + 1), Refusal.TOO_LARGE),
        (b"", Refusal.NO_BUNDLE),
        (b"[]", Refusal.NO_BUNDLE),
        (b"\xff", Refusal.NO_BUNDLE),
        (b'{"a":1,"a":2}', Refusal.NO_BUNDLE),
        (b'{"a":1.5}', Refusal.NO_BUNDLE),
        (b'{"a":NaN}', Refusal.NO_BUNDLE),
        (b'{"a":"\\ud800"}', Refusal.NO_BUNDLE),
        (b"[" * 100_000, Refusal.NO_BUNDLE),
        (b'{"schema":"urn:bolwerk:schema:bundle:2"}', Refusal.FOREIGN),
        (b'{"schema":"urn:bolwerk:schema:bundle:1"}', Refusal.NO_BUNDLE),
        (THEM.signed(issued_at="gisteren"), Refusal.NO_BUNDLE),
        (THEM.signed(issued_at="2026-11-23T09:00:00"), Refusal.NO_BUNDLE),
        (THEM.signed(kind="spell"), Refusal.FOREIGN),
        (THEM.signed(content={**CARD, "extra": "veld"}), Refusal.FOREIGN),
        (THEM.signed(content=card(problem="x" * 5_000)), Refusal.FOREIGN),
        (Elsewhere().signed(), Refusal.UNKNOWN_KEY),
        (signed_bytes(THEM.bundle(), Elsewhere().sign), Refusal.BROKEN),
    ],
)
def test_what_is_wrong_is_refused_with_a_reason(data: bytes, why: Refusal) -> None:
    assert refused(data) is why


def test_a_revoked_key_and_an_older_version_are_refused() -> None:
    assert refused(THEM.signed(), trust=Trust(is_revoked=True)) is Refusal.REVOKED
    knows_two = Trust(known=lambda _kind, _item: 2)
    assert refused(THEM.signed(sequence=1), trust=knows_two) is Refusal.OLDER
    assert refused(THEM.signed(sequence=2), trust=knows_two) is Refusal.KNOWN
    assert read(THEM.signed(sequence=3), trust=knows_two).sequence == 3


@pytest.mark.parametrize(
    "text",
    [
        "BSN 999990019",
        "bsn 9999.90.019",
        "Mail jan@zilverdam.example",
        "Bel 06-12345678",
        "bel +31 6 12 34 56 78",
        "Zijn auto: XX-123-B",
        "Rekening NL91 ABNA 0417 1643 00",
    ],
)
def test_what_leads_to_a_person_is_refused_wherever_it_stands(text: str) -> None:
    for content in (card(problem=text), card(steps=["Begin.", text])):
        assert refused(THEM.signed(content=content)) is Refusal.PERSONAL
    assert refused(THEM.signed(title=text)) is Refusal.PERSONAL


def test_whom_to_call_may_stand_where_it_is_meant_to_but_never_a_bsn() -> None:
    assert read(THEM.signed()).content["contact"].startswith("balie@")
    assert refused(THEM.signed(content={**CARD, "contact": "999990019"})) is Refusal.PERSONAL


@pytest.mark.parametrize(
    "text",
    [
        "In 2025 waren er 1.234.567 bezoekers.",
        "artikel 6:162 BW",
        "van 9-11-2025 tot 2026",
        "Licentie: CC-BY-4.0 of CC-BY-SA-4.0, soms CC BY 4.0; de code EUPL-1.2",
    ],
)
def test_numbers_of_nobody_come_in(text: str) -> None:
    assert read(THEM.signed(content=card(problem=text))).content["card"]["texts"]["nl"]["problem"] == text


@pytest.mark.parametrize(
    "text",
    ["<script>x</script>", "< SCRIPT src=x", "<img src=x onerror='x'>", "javascript:x", "<svg/onload=x>", "\u202ex"],
)
def test_a_script_is_refused(text: str) -> None:
    assert refused(THEM.signed(content=card(experience=text))) is Refusal.SCRIPT


def test_a_newer_version_replaces_what_was_not_changed_and_lies_beside_what_was() -> None:
    one, two, own = {"text": "1"}, {"text": "2"}, {"text": "eigen"}
    assert received_again(Copy(one), two) == Copy(two)
    beside = received_again(Copy(one).changed(own), two)
    assert (beside.shown, beside.beside) == (own, two)
    assert beside.keeping_own() == Copy(base=two, own=own)
    assert beside.taking_theirs() == Copy(base=two)
    assert received_again(Copy(one).changed(two), two) == Copy(two)
    assert Copy(one).changed(own).changed(one) == Copy(one)
