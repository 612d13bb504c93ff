"""Making two spellings of one address equal: additions, streets, towns.

House letters and additions are compared by expressions, so an engine can do millions at once. Street
and town names are few and hard, so each distinct name is worked out once, in Python.
"""

import re
import unicodedata

import ibis
from ibis.expr.types import StringValue

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
"""Floors in Dutch additions are written in Roman or in Arabic numbers."""

_ENDINGS = {
    "str": "straat", "ln": "laan", "wg": "weg", "pln": "plein", "sgl": "singel", "kd": "kade", "dr": "dreef",
}  # fmt: skip
"""Endings as they are cut short on letters and in registers with 24 positions for a street (NEN 5825)."""

_WORDS = {
    "v": "van",
    "vd": "van de",
    "d": "de",
    "st": "sint",
    "pres": "president",
    "burg": "burgemeester",
    "dr": "dokter",
}

_TOWNS = {"sgravenhage": "denhaag", "shertogenbosch": "denbosch"}
"""Towns that go by two names."""


def plain(text: StringValue) -> StringValue:
    """Upper case without spaces around it; nothing becomes the empty text."""
    return text.strip().upper().fill_null("")


def canonical_addition(text: StringValue) -> StringValue:
    """An addition without `-`, `/`, `.` and spaces, Roman numbers as Arabic: `-bis` → BIS, `/II` → 2."""
    bare = plain(text).re_replace(r"[^A-Z0-9]", "")
    arabic = [(bare == roman, ibis.literal(str(value))) for value, roman in enumerate(ROMAN, start=1)]
    return ibis.cases(*arabic, else_=bare)


def name_key(name: str) -> str:
    """A name without case, accents, spaces and signs: `'s-Gravenhage` → sgravenhage."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", bare.lower())


def street_key(name: str) -> str:
    """A street's name with its usual abbreviations written out: `Pres. Kennedyln.` → presidentkennedylaan."""
    words = re.split(r"[\s.]+", unicodedata.normalize("NFKD", name).lower().strip(" ."))
    written = [_WORDS.get(word, word) if place < len(words) - 1 else word for place, word in enumerate(words)]
    last = written[-1]
    for short, whole in _ENDINGS.items():
        if last == short or (last.endswith(short) and len(last) > len(short) + 2 and not last.endswith(whole)):
            written[-1] = last.removesuffix(short) + whole
            break
    return name_key(" ".join(written))


def town_key(name: str) -> str:
    """A town's name, one of two where it has two."""
    key = name_key(name)
    return _TOWNS.get(key, key)
