"""A logo is a picture and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolwerk.accounts.rules.logo import MAXIMUM_BYTES, Logo, LogoRefusedError, cleaned_logo
from bolwerk.accounts.tests.pictures import chunk, jpeg, png, segment


def test_a_picture_stays_the_picture_it_is() -> None:
    assert cleaned_logo(png()) == Logo(png(), "image/png")
    assert cleaned_logo(jpeg()) == Logo(jpeg(), "image/jpeg")


def test_what_is_not_the_picture_is_left_out() -> None:
    comment = chunk(b"tEXt", b"Author\x00Wim")
    assert cleaned_logo(png(extra=comment) + b"<script>alert(1)</script>").data == png()
    place = segment(0xE1, b"Exif\x00\x00 52.0 6.1")
    assert cleaned_logo(jpeg(extra=place) + b"PK\x03\x04").data == jpeg()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a",
        png()[:-20],
        png(pixels=b"\x00" * 10),
        png(pixels=b"\x00" * 50_000),
        png(2_001, 1),
        jpeg(8, 2_001),
        jpeg()[:-2],
        b"\xff\xd8\xff\xd9",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * MAXIMUM_BYTES,
    ],
    ids=[
        "empty", "svg", "gif", "cut png", "too few pixels", "bomb", "wide", "high", "cut jpeg", "no frame", "large"
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(LogoRefusedError, match=r"\w+ .*\."):
        cleaned_logo(data)


@given(st.binary(max_size=300), st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b""]), st.integers(0, 90))
def test_broken_pictures_never_crash(noise: bytes, start: bytes, place: int) -> None:
    whole = png()
    for data in (start + noise, whole[:place] + noise + whole[place:]):
        try:
            assert cleaned_logo(data).media_type in {"image/png", "image/jpeg"}
        except LogoRefusedError as error:
            assert str(error)  # refusing is fine, anything else is not
