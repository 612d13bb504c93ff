"""Voice notes: what sounds stays to the bit, what tells about the phone goes, and what is no sound does not come in."""

from struct import pack

import pytest

from bolwerk.documents.cleaning.bounded import clean
from bolwerk.documents.cleaning.formats import looks_like
from bolwerk.documents.cleaning.outcome import FileRefusedError, Reason

SECRET = b"GPS 52.0 5.0 iPhone van Sanne"


def wave(sound: bytes = b"\x01\x02" * 40, *, codec: int = 1) -> bytes:
    """A WAV with a label in it."""
    shape = pack("<HHIIHH", codec, 1, 8000, 16000, 2, 16)
    parts = ((b"fmt ", shape), (b"LIST", SECRET + b"\0"), (b"data", sound))
    body = b"WAVE" + b"".join(pack("<4sI", kind, len(part)) + part for kind, part in parts)
    return pack("<4sI", b"RIFF", len(body)) + body


def box(kind: bytes, inside: bytes = b"") -> bytes:
    return pack(">I4s", 8 + len(inside), kind) + inside


def m4a(sound: bytes = b"klank" * 20, *, handler: bytes = b"soun", brand: bytes = b"M4A ") -> bytes:
    """An M4A as a phone writes it: with place, maker and moment."""
    dated = bytes(4) + pack(">II", 3_900_000_000, 3_900_000_000) + bytes(88)
    named = box(b"hdlr", bytes(8) + handler + bytes(12) + SECRET + b"\0")
    track = box(b"trak", box(b"tkhd", dated) + box(b"mdia", box(b"mdhd", dated) + named))
    moov = box(b"moov", box(b"mvhd", dated) + track + box(b"udta", box(b"\xa9xyz", SECRET)))
    return box(b"ftyp", brand + bytes(4)) + moov + box(b"uuid", SECRET) + box(b"mdat", sound)


def mp3(frames: int = 3) -> bytes:
    """MPEG 1 layer III at 128 kbit/s, 44.1 kHz, with labels before and behind."""
    frame = b"\xff\xfb\x90\x00" + b"k" * 413
    label = b"ID3\x03\x00\x00" + bytes([0, 0, 0, len(SECRET)]) + SECRET
    return label + frame * frames + b"TAG" + SECRET.ljust(125, b"\0")


@pytest.mark.parametrize(("code", "data"), [("wav", wave()), ("m4a", m4a()), ("mp3", mp3())])
def test_what_tells_goes_and_what_sounds_stays(code: str, data: bytes) -> None:
    assert looks_like(data[:16]) == {code}
    cleaned = clean(data, code)
    assert SECRET not in cleaned.content
    assert pack(">I", 3_900_000_000) not in cleaned.content
    sound = {"wav": b"\x01\x02" * 40, "m4a": b"klank" * 20, "mp3": b"k" * 413}[code]
    assert sound in cleaned.content
    assert clean(cleaned.content, code).content == cleaned.content


@pytest.mark.parametrize(("code", "data"), [("wav", wave(b"")), ("m4a", m4a(b"")), ("mp3", mp3(0)[:39])])
def test_a_voice_note_without_sound_is_empty(code: str, data: bytes) -> None:
    with pytest.raises(FileRefusedError) as refusal:
        clean(data, code)
    assert refusal.value.reason is Reason.EMPTY


def test_a_film_is_no_voice_note() -> None:
    with pytest.raises(FileRefusedError) as refusal:
        clean(m4a(handler=b"vide"), "m4a")
    assert refusal.value.reason is Reason.NO_VOICE


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("wav", wave(codec=0x55)),
        ("wav", wave()[:30]),
        ("m4a", m4a()[:60]),
        ("m4a", box(b"ftyp", b"M4A ") + pack(">I4s", 4, b"moov")),
        ("mp3", mp3()[:-128] + b"<script>"),
        ("mp3", b"\xff\xfb\xf0\x00" + b"x" * 500),
    ],
)
def test_what_cannot_be_read_to_the_end_is_refused(code: str, data: bytes) -> None:
    with pytest.raises(FileRefusedError):
        clean(data, code)
