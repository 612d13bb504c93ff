"""Names of persons as numbers: each distinct spelling worked out once, so that millions compare as integers."""

import unicodedata
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.linkage.free.dutch import sound_of
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
_BEGINS_GLUED = ("VA", "DE", "TE")
_LEAST_CORE = 3
_LEAST_UNKNOWN = 5
_SURELY_GLUED = ("VANDER", "VANDEN", "VANDE")


def plain(text: str) -> str:
    """Capitals without accents; what is no letter becomes a space, but for `-`, which parts a double name."""
    bare = text if text.isascii() else unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return bare.upper().translate(_NO_LETTER).strip()


def core_of(words: list[str]) -> str:
    """A surname without its tussenvoegsel."""
    kept = [word for place, word in enumerate(words) if word not in PARTICLES or place == len(words) - 1]
    return "".join(kept)


@dataclass(slots=True)
class Vocabulary:
    """Distinct names under a number, with how they sound."""

    words: list[str] = field(default_factory=list)
    sounds: list[int] = field(default_factory=list)
    _number: dict[str, int] = field(default_factory=dict)
    _sound: dict[str, int] = field(default_factory=dict)

    def add(self, word: str) -> int:
        """The number of a name; -1 for no name."""
        if not word:
            return -1
        number = self._number.get(word)
        if number is None:
            number = self._number[word] = len(self.words)
            self.words.append(word)
            self.sounds.append(self._sound.setdefault(sound_of(word), len(self._sound)))
        return number

    def has(self, word: str) -> bool:
        """Whether a name is known."""
        return word in self._number

    def sound_array(self) -> Ints:
        """Per name the number of its sound."""
        return np.array(self.sounds, np.int64)


def distinct(column: pa.ChunkedArray | pa.Array) -> tuple[list[str], Ints]:
    """The distinct texts of a column (nothing counts as the empty text), and which each row has."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    encoded = pc.fill_null(whole.cast(pa.string()), "").dictionary_encode()
    return encoded.dictionary.to_pylist(), np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)


def surnames(prefix: pa.ChunkedArray, surname: pa.ChunkedArray, known: Vocabulary) -> tuple[Ints, Ints]:
    """The first and the second part of each surname as numbers; -1 where there is none."""
    joined = pc.binary_join_element_wise(pc.fill_null(prefix, ""), pc.fill_null(surname, ""), " ")
    texts, own = distinct(joined)
    parts = [[core_of(part.split()) for part in plain(text).split("-") if part.strip()][:2] for text in texts]
    if not known.words:
        for found in parts:
            for core in found:
                known.add(core)
    pairs = np.full((len(texts), 2), -1, np.int64)
    for row, found in enumerate(parts):
        for place, core in enumerate(found):
            pairs[row, place] = known.add(unglued(core, known))
    pairs = pairs.reshape(-1, 2)
    return pairs[own, 0], pairs[own, 1]


def unglued(core: str, known: Vocabulary) -> str:
    """A surname whose tussenvoegsel is stuck to it, without that, when such a name is known: VANDENBERG → BERG."""
    if not core.startswith(_BEGINS_GLUED):
        return core
    for glued in _GLUED:
        rest = core[len(glued) :]
        if core.startswith(glued) and len(rest) >= _LEAST_CORE and known.has(rest):
            return rest
    for glued in _SURELY_GLUED:
        if core.startswith(glued) and len(core) >= len(glued) + _LEAST_UNKNOWN:
            return core.removeprefix(glued)
    return core


def given_names(column: pa.ChunkedArray, known: Vocabulary) -> Ints:
    """The first given name of each row as a number; an initial is a name of one letter."""
    texts, own = distinct(column)
    first = [(plain(text).replace("-", " ").split() or [""])[0] for text in texts]
    return np.array([known.add(name) for name in first], np.int64)[own] if texts else own
