"""Names of persons as numbers: each distinct spelling worked out once, so that millions compare as integers."""

import sys
import unicodedata
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.linkage.free.dutch import sounds_of
from knooppunt.linkage.free.tokens import Ints

PARTICLES = frozenset(
    {
        "VAN",
        "DE",
        "DER",
        "DEN",
        "TEN",
        "TER",
        "TE",
        "HET",
        "T",
        "S",
        "IN",
        "OP",
        "AAN",
        "BIJ",
        "D",
        "L",
        "LA",
        "LE",
        "EL",
        "AL",
        "VON",
        "ZU",
        "DU",
        "TOT",
        "UIT",
        "VOOR",
        "ONDER",
    }
)
"""Tussenvoegsels, as in RvIG's table 36."""

_GLUED = ("VANDER", "VANDEN", "VANDE", "VAN", "DE", "TER", "TEN")
_NO_LETTER = {sign: " " for sign in range(128) if not (65 <= sign <= 90 or sign == 45)}
_BEGINS_GLUED = frozenset({"VA", "DE", "TE"})
_LEAST_CORE = 3
_LEAST_UNKNOWN = 5
_SURELY_GLUED = ("VANDER", "VANDEN", "VANDE")
_GLUED_WHEN_NEW = "VAN"


def plain(text: str) -> str:
    """Capitals without accents; what is no letter becomes a space, but for `-`, which parts a double name."""
    bare = text if text.isascii() else unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return bare.upper().translate(_NO_LETTER).strip()


_LINES = _NO_LETTER | {10: "\n"}


def plain_all(texts: list[str]) -> list[str]:
    """`plain` of many texts, worked out in one."""
    whole = "\n".join(texts)
    if whole.count("\n") != max(len(texts) - 1, 0) or "\r" in whole:
        return [plain(text) for text in texts]
    bare = whole if whole.isascii() else unicodedata.normalize("NFKD", whole).encode("ascii", "ignore").decode()
    return [line.strip() for line in bare.upper().translate(_LINES).split("\n")] if texts else []


def core_of(words: list[str]) -> str:
    """A surname without its tussenvoegsel."""
    kept = [word for place, word in enumerate(words) if word not in PARTICLES or place == len(words) - 1]
    return "".join(kept)


@dataclass(slots=True)
class Vocabulary:
    """Distinct names under a number, with how they sound."""

    words: list[str] = field(default_factory=list)
    sounds: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    _own: int = sys.maxsize  # so many are of the register itself
    _number: dict[str, int] = field(default_factory=lambda: {"": -1})
    _sound: dict[str, int] = field(default_factory=dict)
    _lengths: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    _letters: Ints = field(default_factory=lambda: np.zeros(0, np.int64))

    def add(self, names: list[str]) -> Ints:
        """The number of each name; -1 for no name."""
        new = [name for name in dict.fromkeys(names) if name not in self._number]
        self._number.update(zip(new, range(len(self.words), len(self.words) + len(new)), strict=True))
        self.words += new
        return np.fromiter(map(self._number.__getitem__, names), np.int64, len(names))

    def length_array(self) -> Ints:
        """Per name how many letters it has; one 0 where there are no names."""
        if len(self._lengths) < len(self.words):
            new = [len(word) for word in self.words[len(self._lengths) :]]
            self._lengths = np.append(self._lengths, np.array(new, np.int64))
        return self._lengths if len(self._lengths) else np.zeros(1, np.int64)

    def initials(self) -> Ints:
        """Per name its first letter, A is 0; one 0 where there are no names."""
        return np.array([ord(word[0]) - 65 for word in self.words] or [0], np.int64)

    def letter_array(self) -> Ints:
        """Per name which letters it has, one bit for each letter; one 0 where there are no names."""
        new = self.words[len(self._letters) :]
        if new:
            signs = np.frombuffer("".join(new).encode("ascii"), np.uint8)
            lengths = self.length_array()[len(self._letters) :]
            bits = np.bitwise_or.reduceat(1 << (signs & 31).astype(np.int64), np.cumsum(lengths) - lengths)
            self._letters = np.append(self._letters, bits)
        return self._letters if len(self._letters) else np.zeros(1, np.int64)

    @property
    def open(self) -> bool:
        """Whether names of the register itself may still come."""
        return self._own == sys.maxsize

    def close(self) -> None:
        """From here on names that come are of records that ask."""
        self._own = len(self.words)

    def has(self, word: str) -> bool:
        """Whether the register has a name."""
        return self._number.get(word, self._own) < self._own

    def sound_array(self) -> Ints:
        """Per name the number of its sound; worked out for all that came since the last time at once."""
        new = self.words[len(self.sounds) :]
        if new:
            numbers = [self._sound.setdefault(sound, len(self._sound)) for sound in sounds_of(new)]
            self.sounds = np.append(self.sounds, np.array(numbers, np.int64))
        return self.sounds


def distinct(column: pa.ChunkedArray | pa.Array) -> tuple[list[str], Ints]:
    """The distinct texts of a column (nothing counts as the empty text), and which each row has."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    encoded = pc.fill_null(whole.cast(pa.string()), "").dictionary_encode()
    return encoded.dictionary.to_pylist(), np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)


def surnames(prefix: pa.ChunkedArray, surname: pa.ChunkedArray, known: Vocabulary) -> tuple[Ints, Ints]:
    """The first and the second part of each surname as numbers; -1 where there is none."""
    texts, own = _spellings(prefix, surname)
    cores = [_cores(text) for text in texts]
    first, second = [one for one, _ in cores], [two for _, two in cores]
    if known.open:
        known.add(first)
        known.add(second)
    return known.add(_unglued(first, known))[own], known.add(_unglued(second, known))[own]


def _spellings(prefix: pa.ChunkedArray, surname: pa.ChunkedArray) -> tuple[list[str], Ints]:
    """The distinct surnames in capitals and which each row has.

    A tussenvoegsel before a name does not count, so it is left out where there is nothing else in that column.
    """
    before, _ = distinct(prefix)
    texts, own = distinct(surname)
    bare = plain_all(texts)
    if all(PARTICLES.issuperset(one.split()) for one in plain_all(before)) and all(
        text and not text.startswith("-") for text in bare
    ):
        return bare, own
    joined, own = distinct(pc.binary_join_element_wise(pc.fill_null(prefix, ""), pc.fill_null(surname, ""), " "))
    return plain_all(joined), own


def _cores(text: str) -> tuple[str, str]:
    """The first two parts of a surname in capitals; empty where there is none."""
    if text.isalpha():
        return text, ""
    first, second, *_ = (*(core_of(part.split()) for part in text.split("-") if part.strip()), "", "")
    return first, second


def _unglued(cores: list[str], known: Vocabulary) -> list[str]:
    return [unglued(core, known) if core[:2] in _BEGINS_GLUED else core for core in cores]


def unglued(core: str, known: Vocabulary) -> str:
    """A surname whose tussenvoegsel is stuck to it, without that: VANDENBERG → BERG.

    It is when the register has such a name, and when it begins as few names do that nobody in the register has. What
    else is asked does not count, so that a record has one answer whatever it is asked with.
    """
    for glued in _GLUED:
        rest = core[len(glued) :]
        if core.startswith(glued) and len(rest) >= _LEAST_CORE and known.has(rest):
            return rest
    for glued in _SURELY_GLUED:
        if core.startswith(glued) and len(core) >= len(glued) + _LEAST_UNKNOWN:
            return core.removeprefix(glued)
    if core.startswith(_GLUED_WHEN_NEW) and len(core) >= len(_GLUED_WHEN_NEW) + _LEAST_UNKNOWN and not known.has(core):
        return core.removeprefix(_GLUED_WHEN_NEW)
    return core


def given_names(column: pa.ChunkedArray, known: Vocabulary) -> Ints:
    """The first given name of each row as a number; an initial is a name of one letter."""
    texts, own = distinct(column)
    first = [(text.replace("-", " ").split() or [""])[0] for text in plain_all(texts)]
    return known.add(first)[own]
