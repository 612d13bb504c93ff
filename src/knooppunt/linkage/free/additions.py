"""Additions in one spelling, and what else an addition on paper may mean.

`2-hoog`, `II` and `2` are one floor; `hs`, `huis` and `begane grond` the ground floor; `boven` is a bis.
Source: BAG catalogue 2018 (huisletter, huisnummertoevoeging) and how the large cities write floors.
"""

from typing import NamedTuple

_ROMAN = {
    "I": "1",
    "II": "2",
    "III": "3",
    "IV": "4",
    "V": "5",
    "VI": "6",
    "VII": "7",
    "VIII": "8",
    "IX": "9",
    "X": "10",
}
_ORDINAL = {
    "EERSTE": "1",
    "TWEEDE": "2",
    "DERDE": "3",
    "VIERDE": "4",
    "VIJFDE": "5",
    "EEN": "1",
    "TWEE": "2",
    "DRIE": "3",
}
_FLOOR = frozenset({"HOOG", "HG", "ETAGE", "VERDIEPING", "VERD", "HGH", "E", "ET", "HOOGH", "EHOOG", "DE"})
_FLOOR_GLUED = ("HOOG", "ETAGE", "HG")
_GROUND = frozenset(
    {"HS", "H", "HUIS", "BG", "BGG", "BEGANEGROND", "BENEDEN", "BEN", "ONDER", "PARTERRE", "BENEDENWONING", "BE"}
)
_UPSTAIRS = frozenset({"BIS", "BS", "BOVEN", "BOV", "BV", "BOVENWONING", "BO"})
_PART = frozenset(
    {
        "APP",
        "APPARTEMENT",
        "APT",
        "KAMER",
        "KMR",
        "UNIT",
        "K",
        "ACHTER",
        "ACHTEROM",
        "VOOR",
        "Z",
        "RD",
        "BIJ",
        "TO",
        "BOX",
        "GARAGE",
        "TUIN",
        "LINKS",
        "RECHTS",
        "ZIJINGANG",
    }
)
_JOINING = frozenset({"EN", "T", "M", "TM", "TOT"})


class Reading(NamedTuple):
    """What an addition on paper may stand for: keys in the order in which they are tried, with their errors."""

    keys: tuple[tuple[str, int], ...]
    last_number: int  # of a range of numbers (12-14), else 0
    ignorable: bool  # only names a part the register need not know (kamer 3)


def addition_key(words: list[str]) -> str:
    """An addition in one spelling: BIS, A2 for A-II, 2 for II."""
    return "".join(_ROMAN.get(word, word) for word in words)


def _floor(words: list[str]) -> str | None:
    """The number of a floor in words, or nothing."""
    rest = [word for word in words if word not in _FLOOR]
    if len(rest) == 1 and len(words) > 1:
        word = _ORDINAL.get(rest[0], _ROMAN.get(rest[0], rest[0]))
        return word if word.isdigit() else None
    if len(words) == 1:
        for ending in _FLOOR_GLUED:
            stem = words[0].removesuffix(ending)
            if stem != words[0] and stem in _ORDINAL:
                return _ORDINAL[stem]
    return None


def read_addition(words: list[str]) -> Reading:
    """What the words between a number and the rest of the line may mean."""
    literal, canonical = "".join(words), addition_key(words)
    keys: dict[str, int] = {literal: 0}
    keys.setdefault(canonical, 1)
    floor = _floor(words)
    if floor:
        keys.setdefault(floor, 1)
    if literal in _GROUND:
        keys |= {key: 1 for key in ("HS", "H", "HUIS", "BG", "BEN") if key not in keys} | {"": 2}
    if literal in _UPSTAIRS:
        keys |= {key: 1 for key in ("BIS", "BS", "BV", "BOV") if key not in keys}
    if len(words) > 1:
        keys.setdefault(addition_key(words[::-1]), 2)
    numbers = [word for word in words if word.isdigit() and len(word) < 6]
    last = int(numbers[-1]) if len(numbers) == 1 and all(w in numbers or w in _JOINING for w in words) else 0
    ignorable = bool(words) and words[0] in _PART
    return Reading(tuple(keys.items()), last, ignorable)
