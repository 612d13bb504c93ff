"""Voice notes: read to the end, and written anew without what tells about phone, place or maker.

The sound itself is kept to the bit: it is not played or made again, for no library here can. Whose voice it is can be
heard; the form says so. A file with a picture track, or with anything that is not sound, is refused.
"""

from collections.abc import Iterator
from struct import error, pack, unpack_from

from bolwerk.documents.cleaning.outcome import Cleaned, FileRefusedError, Reason

WAVE_CODECS = frozenset({1, 3, 6, 7, 0xFFFE})  # PCM, float, A-law, mu-law, and what says one of these further on
# ISO/IEC 14496-12: what a file of sound needs. Everything else becomes free space of the same size, so that the places
# which other boxes point at stay right.
OUTER = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"moof", b"sidx", b"styp", b"mfra"})
OPENED = frozenset({b"moov", b"trak", b"mdia", b"minf", b"edts", b"moof", b"traf", b"mvex", b"mfra"})
TOLD = frozenset({b"udta", b"meta", b"uuid", b"ilst", b"cprt", b"name"})  # titles, places, makers
DATED = frozenset({b"mvhd", b"tkhd", b"mdhd"})  # when it was made and changed
# MPEG 1 and 2, layer III (ISO/IEC 11172-3 and 13818-3): kbit/s and samples a second by the codes in a header.
RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def clean(data: bytes, code: str) -> Cleaned:
    """Return the sound without the rest. Raises FileRefusedError: EMPTY when there is none in it."""
    try:
        content = {"wav": _wave, "m4a": _boxes, "mp3": _frames}[code](data)
    except (error, IndexError):
        raise FileRefusedError(Reason.DAMAGED) from None
    return Cleaned(content, code)


def rehearse() -> None:
    """Nothing to load before the fence closes."""


def _wave(data: bytes) -> bytes:
    """Only the two parts that make the sound."""
    parts: dict[bytes, bytes] = {}
    place = 12
    while place + 8 <= len(data):
        kind, size = unpack_from("<4sI", data, place)
        if kind in {b"fmt ", b"data"}:
            parts[kind] = data[place + 8 : place + 8 + size]
        place += 8 + size + size % 2
    shape, sound = parts.get(b"fmt ", b""), parts.get(b"data", b"")
    if len(shape) < 16 or unpack_from("<H", shape)[0] not in WAVE_CODECS:
        raise FileRefusedError(Reason.DAMAGED)
    if not sound:
        raise FileRefusedError(Reason.EMPTY)
    body = b"WAVE" + b"".join(
        pack("<4sI", kind, len(part)) + part + b"\0" * (len(part) % 2) for kind, part in parts.items()
    )
    return pack("<4sI", b"RIFF", len(body)) + body


def _walk(data: bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Each box: its kind, where it starts, where its content starts, and where it ends."""
    while start < end:
        size, kind = unpack_from(">I4s", data, start)
        head = 8
        if size == 1:
            (size,) = unpack_from(">Q", data, start + 8)
            head = 16
        size = size or end - start
        if size < head or start + size > end:
            raise FileRefusedError(Reason.DAMAGED)
        yield bytes(kind), start, start + head, start + size
        start += size


def _boxes(data: bytes) -> bytes:
    kept = bytearray(data)
    sound = 0
    handlers: list[bytes] = []
    for kind, start, inside, end in list(_walk(kept, 0, len(kept))):
        if kind == b"mdat":
            sound += end - inside
        elif kind not in OUTER or kind in {b"free", b"skip", b"wide"}:
            _free(kept, start, inside, end)
        elif kind in OPENED:
            _tidy(kept, inside, end, handlers)
    if not handlers or set(handlers) != {b"soun"}:
        raise FileRefusedError(Reason.NO_VOICE)
    if not sound:
        raise FileRefusedError(Reason.EMPTY)
    return bytes(kept)


def _tidy(kept: bytearray, start: int, end: int, handlers: list[bytes]) -> None:
    """Free what tells, blank when it was made, and note what the tracks are."""
    for kind, first, inside, last in list(_walk(kept, start, end)):
        if kind in TOLD:
            _free(kept, first, inside, last)
        elif kind in DATED:
            long = kept[inside] == 1
            kept[inside + 4 : inside + (20 if long else 12)] = bytes(16 if long else 8)
        elif kind == b"hdlr":
            handlers.append(bytes(kept[inside + 8 : inside + 12]))
            kept[inside + 24 : last] = bytes(last - inside - 24)  # the name of the program that wrote it
        elif kind in OPENED:
            _tidy(kept, inside, last, handlers)


def _free(kept: bytearray, start: int, inside: int, end: int) -> None:
    kept[start + 4 : start + 8] = b"free"
    kept[inside:end] = bytes(end - inside)


def _frames(data: bytes) -> bytes:
    """Only the frames that sound, one after the other; labels before and behind them are left out."""
    place = 0
    while data[place : place + 3] == b"ID3":
        size = 0
        for seven in data[place + 6 : place + 10]:
            size = size << 7 | seven & 0x7F
        place += 10 + size
    kept = []
    while place + 4 <= len(data) and (length := _length(data[place : place + 4])):
        kept.append(data[place : place + length])
        place += length
    behind = data[place:]
    if not kept:
        raise FileRefusedError(Reason.DAMAGED if behind.strip(b"\0") else Reason.EMPTY)
    if behind.strip(b"\0") and not behind.startswith((b"TAG", b"APETAGEX", b"LYRICSBEGIN")):
        raise FileRefusedError(Reason.DAMAGED)
    return b"".join(kept)


def _length(head: bytes) -> int:
    """Bytes of the frame with this header; 0 when it is none of layer III."""
    first, second, third, _fourth = head
    version, layer = second >> 3 & 3, second >> 1 & 3
    rate, samples = third >> 4, third >> 2 & 3
    if first != 0xFF or second & 0xE0 != 0xE0 or version == 1 or layer != 1 or not 0 < rate < 15 or samples == 3:
        return 0
    bits = RATES[3 if version == 3 else 2][rate] * 1000
    return (144 if version == 3 else 72) * bits // SAMPLES[version][samples] + (third >> 1 & 1)
