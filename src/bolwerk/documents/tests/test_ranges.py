"""A piece of a file at a time, as players ask for it."""

import pytest

from bolwerk.documents.rules.ranges import NoSuchPieceError, piece_asked

SIZE = 100
NONSENSE = ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "lines=0-1", "bytes=0-1,5-6", "bytes=1.5-"]
NOT_THERE = [("bytes=100-", 100), ("bytes=500-600", 100), ("bytes=-0", 100), ("bytes=0-0", 0), ("bytes=-1", 0)]


@pytest.mark.parametrize(
    ("asked", "piece"),
    [
        ("bytes=0-1", (0, 2)),  # what an iPhone asks first
        ("bytes=0-", (0, 100)),
        ("bytes=40-59", (40, 60)),
        ("bytes=90-500", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-500", (0, 100)),
        ("BYTES = 5 - 6", (5, 7)),
        ("bytes=99-99", (99, 100)),
    ],
)
def test_one_piece_is_read_as_the_rfc_says(asked: str, piece: tuple[int, int]) -> None:
    assert piece_asked(asked, size=SIZE) == slice(*piece)


@pytest.mark.parametrize("asked", [*NONSENSE, "bytes=٣-", f"bytes={'9' * 40}-"])
def test_what_is_no_single_piece_is_passed_over(asked: str) -> None:
    assert piece_asked(asked, size=SIZE) is None


@pytest.mark.parametrize(("asked", "size"), NOT_THERE)
def test_a_piece_that_is_not_there_is_refused(asked: str, size: int) -> None:
    with pytest.raises(NoSuchPieceError):
        piece_asked(asked, size=size)
