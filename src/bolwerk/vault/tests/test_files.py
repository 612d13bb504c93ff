"""Files: what was written comes back; what was touched does not open; what failed leaves nothing."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolwerk.crypto.ring import CannotOpenError, Key, Place, UnknownKeyError, make_key, ring_of
from bolwerk.vault.actions import protect_file
from bolwerk.vault.queries import read_protected_file
from bolwerk.vault.rules.chunks import CHUNK_BYTES, CLOSED_CHUNK_BYTES, FILE_HEADER_BYTES, closed_file, opened_file

HERE = Place("documents_file", "content", "1")
RING = ring_of(make_key())


def closed(content: bytes, place: Place = HERE) -> bytes:
    """The closed file with this content."""
    return b"".join(closed_file(RING, [content], place))


def opened(data: bytes, place: Place = HERE) -> bytes:
    """What is in a closed file."""
    return b"".join(opened_file(RING, [data], place))


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 200_000])
def test_what_was_written_comes_back(tmp_path: Path, size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    written = protect_file(source=[content[:7], content[7:]], target=tmp_path / "foto", place=HERE)
    assert (tmp_path / "foto").stat().st_size == written
    assert (tmp_path / "foto").stat().st_mode & 0o777 == 0o600
    assert b"".join(read_protected_file(tmp_path / "foto", place=HERE)) == content
    assert [file.name for file in tmp_path.iterdir()] == ["foto"]


@given(parts=st.lists(st.binary(max_size=300), max_size=20))
def test_however_it_is_cut_it_is_the_same_file(parts: list[bytes]) -> None:
    key = b"s" * 16
    whole = b"".join(closed_file(RING, [b"".join(parts)], HERE, salt=key))
    assert b"".join(closed_file(RING, parts, HERE, salt=key)) == whole
    assert b"".join(opened_file(RING, (whole[i : i + 1] for i in range(len(whole))), HERE)) == b"".join(parts)


def test_a_known_answer_that_libsodium_computed() -> None:
    ring = ring_of(Key(id=b"\x01\x02\x03\x04", secret=bytes(range(32))))
    written = b"".join(closed_file(ring, [b"een foto"], HERE, salt=bytes(16)))
    expected = "42574601" + "01020304" + "00" * 16 + "9221e135ab1e5dfb2595c158a68521368e230d29db86aabd"
    assert written.hex() == expected
    assert b"".join(opened_file(ring, [bytes.fromhex(expected)], HERE)) == b"een foto"


@pytest.mark.parametrize("content", [b"", b"kort", b"x" * (2 * CHUNK_BYTES + 5)], ids=["empty", "short", "chunks"])
def test_a_flipped_bit_or_a_cut_is_always_refused(content: bytes) -> None:
    whole = closed(content)
    around = {*range(FILE_HEADER_BYTES + 40), *range(FILE_HEADER_BYTES + CLOSED_CHUNK_BYTES - 20, len(whole), 4001)}
    for position in sorted(around | {len(whole) - 1}):
        if position >= len(whole):
            continue
        touched = bytearray(whole)
        touched[position] ^= 1 << position % 8
        with pytest.raises(CannotOpenError):
            opened(bytes(touched))
        with pytest.raises(CannotOpenError):
            opened(whole[:position])
    with pytest.raises(CannotOpenError):
        opened(whole + b"\0")


def test_chunks_cannot_be_left_out_swapped_or_repeated() -> None:
    whole = closed(b"a" * CHUNK_BYTES + b"b" * CHUNK_BYTES + b"c" * CHUNK_BYTES)
    head, body = whole[:FILE_HEADER_BYTES], whole[FILE_HEADER_BYTES:]
    one, two, three = (body[i * CLOSED_CHUNK_BYTES : (i + 1) * CLOSED_CHUNK_BYTES] for i in range(3))
    for wrong in ([one, two], [one, three], [two, one, three], [one, two, two, three], [one, two, three, three], []):
        with pytest.raises(CannotOpenError):
            opened(head + b"".join(wrong))


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("documents_copy", "content", "1"),
        Place("documents_file", "preview", "1"),
        Place("documents_file", "content", "2"),
    ],
    ids=["table", "column", "row"],
)
def test_a_file_opens_in_its_own_place_only(elsewhere: Place) -> None:
    with pytest.raises(CannotOpenError):
        opened(closed(b"een foto"), elsewhere)


def test_a_file_of_another_ring_says_which_key_is_missing() -> None:
    with pytest.raises(UnknownKeyError, match=RING.current.id.hex()):
        list(opened_file(ring_of(make_key()), [closed(b"een foto")], HERE))


def test_what_breaks_off_leaves_nothing_and_keeps_what_was_there(tmp_path: Path) -> None:
    protect_file(source=[b"eerst"], target=tmp_path / "foto", place=HERE)

    def breaking() -> Iterator[bytes]:
        yield b"x" * 100_000
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        protect_file(source=breaking(), target=tmp_path / "foto", place=HERE)
    assert [file.name for file in tmp_path.iterdir()] == ["foto"]
    assert b"".join(read_protected_file(tmp_path / "foto", place=HERE)) == b"eerst"


def test_memory_stays_flat_whatever_the_size(tmp_path: Path) -> None:
    block = bytes(1024 * 1024)
    tracemalloc.start()
    protect_file(source=(block for _ in range(64)), target=tmp_path / "groot", place=HERE)
    total = sum(len(part) for part in read_protected_file(tmp_path / "groot", place=HERE))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == 64 * len(block)
    assert peak < 8 * len(block)
