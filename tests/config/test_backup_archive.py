"""The archive as such: what goes in comes out, and nothing comes out of one that is not whole."""

import json
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from bolwerk.config.backups.archive import END, FORMAT, MANIFEST, BrokenArchiveError, Member, packed, small, unpack
from bolwerk.config.backups.making import PLACE
from bolwerk.crypto.ring import CannotOpenError
from bolwerk.vault.actions import protect_file
from bolwerk.vault.queries import read_protected_file

BEGIN = small(MANIFEST, {"format": FORMAT})
BIG = b"0123456789abcdef" * 200_000


def members() -> list[Member]:
    """A manifest, a file in many pieces, an empty one."""
    pieces = [BIG[start : start + 70_000] for start in range(0, len(BIG), 70_000)]
    return [BEGIN, Member("files/big", len(BIG), pieces), Member("files/empty", 0, [])]


def taken_out(pieces: Iterator[bytes]) -> dict[str, bytes]:
    """Everything in an archive."""
    found: dict[str, bytes] = {}
    unpack(pieces, lambda name, content: found.update({name: b"".join(content)}))
    return found


def test_what_goes_in_comes_out() -> None:
    assert taken_out(packed(members())) == {"files/big": BIG, "files/empty": b""}


def test_a_file_that_grew_is_cut_and_one_that_shrank_is_refused() -> None:
    assert taken_out(packed([BEGIN, Member("files/log", 3, [b"abcdef"])])) == {"files/log": b"abc"}
    with pytest.raises(BrokenArchiveError):
        list(packed([BEGIN, Member("files/log", 9, [b"abcdef"])]))


@pytest.mark.parametrize("left", [0, 10, 600, 5000])
def test_an_archive_that_stops_early_is_refused(left: int) -> None:
    whole = b"".join(packed(members()))
    with pytest.raises(BrokenArchiveError):
        taken_out(iter([whole[:left]]))


def by_hand(*content: tuple[str, bytes]) -> Iterator[bytes]:
    """An archive that somebody else wrote."""
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, data in content:
            head = tarfile.TarInfo(name)
            head.size = len(data)
            tar.addfile(head, BytesIO(data))
    return iter([out.getvalue()])


def test_an_archive_without_its_end_or_with_something_more_is_refused() -> None:
    manifest = (MANIFEST, json.dumps({"format": FORMAT}).encode())
    for strange in (
        by_hand(manifest, ("files/a", b"a")),
        by_hand(manifest, ("files/a", b"a"), (END, b'{"digests": {}}')),
        by_hand(("files/a", b"a"), manifest),
        by_hand((MANIFEST, b'{"format": 99}'), ("files/a", b"a")),
        by_hand((MANIFEST, b"no json")),
    ):
        with pytest.raises(BrokenArchiveError):
            taken_out(strange)


@pytest.mark.parametrize("spot", [0, 5, 30, 40_000, -1])
def test_one_flipped_bit_anywhere_is_seen(tmp_path: Path, spot: int) -> None:
    file = tmp_path / "archive"
    protect_file(source=packed(members()), target=file, place=PLACE)
    data = bytearray(file.read_bytes())
    data[spot % len(data)] ^= 1
    file.write_bytes(data)
    with pytest.raises((CannotOpenError, BrokenArchiveError)):
        taken_out(read_protected_file(file, place=PLACE))
