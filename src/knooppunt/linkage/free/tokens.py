"""Lines of text as runs of letters and of digits, all lines of a batch at once, with a hash for every span of them.

Case, accents and signs fall away: `Kerk-Straat 12b` is the tokens KERK, STRAAT, 12 and B. The hash of a
span does not know where its tokens were split, so KERK STRAAT and KERKSTRAAT hash alike.
"""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

LONGEST = 2_000
"""Characters of a line that are read; a tip that has not named its address by then is not going to."""

_SIGN, _LETTER, _DIGIT, _MARK = 0, 1, 2, 3
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_MASK = (1 << 64) - 1


def _classes() -> npt.NDArray[np.uint8]:
    table = np.zeros(256, np.uint8)
    table[[*range(65, 91), *range(97, 123)]] = _LETTER
    table[48:58] = _DIGIT
    table[128:] = _MARK  # what is left of an accent after normalising; it splits nothing
    table[[39, 96]] = _MARK  # apostrophes: 's-Gravenhage, d'Eendracht
    return table


def _capitals() -> npt.NDArray[np.uint8]:
    table = np.arange(256, dtype=np.uint8)
    table[97:123] -= 32
    return table


_CLASS = _classes()
_CAPITAL = _capitals()
_VALUE: Hashes = np.array(
    [int.from_bytes(sha256(b"knooppunt %d" % sign).digest()[:8], "little") for sign in range(256)], np.uint64
)
"""A fixed number per character, so that hashes of short words differ everywhere and are the same for ever."""

MOST_CHARACTERS = 1 << 20
"""Letters and digits in one batch."""


def _powers(base: int) -> Hashes:
    """The powers of a number modulo 2**64, by doubling."""
    out = np.ones(1, np.uint64)
    while len(out) < MOST_CHARACTERS:
        out = np.concatenate((out, out * np.uint64(pow(base, len(out), 1 << 64))))
    return out


_POWER = _powers(_BASE)
_INVERSE = _powers(pow(_BASE, -1, 1 << 64))


@dataclass(slots=True)
class Tokens:
    """The tokens of a batch of lines; positions count in `text`, the letters and digits without signs."""

    first: Ints  # per line, and one more: its first token
    line: Ints
    start: Ints
    end: Ints
    numeric: Flags
    value: Ints  # of a number of at most five digits, else -1
    glued: Flags  # no sign between this token and the one before it in the line
    sign: npt.NDArray[np.uint8]  # what parts it from the token before it; 0 when glued or first
    text: npt.NDArray[np.uint8]
    _before: Hashes  # per token: what the text before it adds up to, and with it; and what undoes its place
    _with: Hashes
    _undo: Hashes
    _bytes: bytes = b""

    @property
    def count(self) -> int:
        """Number of tokens."""
        return len(self.start)

    def hash(self, begin: Ints, end: Ints) -> Hashes:
        """The hash of the tokens from `begin` up to `end`; 0 for an empty span."""
        if not self.count:
            return np.zeros(len(begin), np.uint64)
        full = end > begin
        here, last = (begin, end - 1) if full.all() else (np.where(full, begin, 0), np.where(full, end - 1, 0))
        value = (self._with[last] - self._before[here]) * self._undo[here]
        return value if here is begin else np.where(full, value, np.uint64(0))

    def words(self, begin: int, end: int) -> list[str]:
        """The tokens from `begin` up to `end` as text."""
        if not self._bytes:
            self._bytes = self.text.tobytes()
        raw, places = self._bytes, zip(self.start[begin:end].tolist(), self.end[begin:end].tolist(), strict=True)
        return [raw[left:right].decode("ascii") for left, right in places]


def hash_of(text: str) -> int:
    """The hash of letters and digits (already without signs, in capitals), as a span of tokens has it."""
    total = 0
    for place, char in enumerate(text.encode("ascii")[:LONGEST]):
        total = (total + int(_VALUE[char]) * int(_POWER[place])) & _MASK
    return total


def _plain(lines: pa.Array) -> pa.Array:
    """Lines with letters apart from their accents, none missing and none too long."""
    filled = pc.fill_null(lines.cast(pa.string()), "")
    strange = pc.invert(pc.string_is_ascii(filled))
    if pc.any(strange).as_py():
        filled = pc.if_else(strange, pc.utf8_normalize(filled, "NFKD"), filled)
    if (pc.max(pc.binary_length(filled)).as_py() or 0) > LONGEST:
        filled = pc.utf8_slice_codeunits(filled, 0, LONGEST // 4)
    return filled


def tokenise(lines: pa.Array) -> Tokens:
    """The tokens of every line."""
    plain = _plain(lines)
    offsets = np.frombuffer(plain.buffers()[1], np.int32)[plain.offset : plain.offset + len(plain) + 1]
    data = plain.buffers()[2]
    raw = np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]] if data else np.zeros(0, np.uint8)
    offsets = (offsets - offsets[0]).astype(np.int64)
    kinds = _CLASS[raw]
    marks = kinds == _MARK
    if marks.any():  # take them out, so that what they stood in is one token
        kept = np.concatenate(([0], np.cumsum(~marks)))
        raw, kinds, offsets = raw[~marks], kinds[~marks], kept[offsets]
    return _cut(raw, kinds, offsets)


def _cut(raw: npt.NDArray[np.uint8], kinds: npt.NDArray[np.uint8], offsets: Ints) -> Tokens:
    begins = np.ones(len(raw), bool)
    begins[1:] = kinds[1:] != kinds[:-1]
    begins[offsets[:-1][offsets[:-1] < len(raw)]] = True
    cuts = np.flatnonzero(begins)
    ends = np.append(cuts[1:], len(raw))
    full = kinds[cuts] != _SIGN
    left, right = cuts[full], ends[full]
    first = np.searchsorted(left, offsets)
    line = np.repeat(np.arange(len(offsets) - 1), np.diff(first))
    end = np.cumsum(right - left)
    start = end - (right - left)
    text = _CAPITAL[raw[kinds != _SIGN]]
    numeric = kinds[left] == _DIGIT
    before = np.concatenate(([0], right[:-1]))[: len(left)]
    opening = np.zeros(len(left), bool)
    opening[first[:-1][first[:-1] < first[1:]]] = True
    glued = (before == left) & ~opening
    sign = _signs(raw, before, left - before) if len(raw) else before
    sign[opening | glued] = 0
    sums = np.zeros(len(text) + 1, np.uint64)
    np.cumsum(_VALUE[text] * _POWER[: len(text)], out=sums[1:])
    value = _values(text, start, end, numeric)
    place = (sums[start], sums[end], _INVERSE[start])
    return Tokens(first, line, start, end, numeric, value, glued, sign.astype(np.uint8), text, *place)


def _signs(raw: npt.NDArray[np.uint8], before: Ints, gap: Ints) -> Ints:
    """The first sign between two tokens, or the middle one of ` / `; a dot or low stroke only when alone."""
    first = raw[np.minimum(before, len(raw) - 1)].astype(np.int64)
    middle = raw[np.minimum(before + 1, len(raw) - 1)]
    sign = np.where((gap == 3) & (first == 32) & (middle != 32), middle, first)
    return np.where(np.isin(sign, (46, 95)) & (gap > 1), 32, sign)


def _values(text: npt.NDArray[np.uint8], start: Ints, end: Ints, numeric: Flags) -> Ints:
    out = np.full(len(start), -1, np.int64)
    short = np.flatnonzero(numeric & (end - start <= 5))
    number = np.zeros(len(short), np.int64)
    for place in range(5):
        inside = start[short] + place < end[short]
        digit = text[np.minimum(start[short] + place, len(text) - 1)].astype(np.int64) - 48
        number = np.where(inside, number * 10 + digit, number)
    out[short] = number
    return out
