"""How Dutch street names are cut short and misheard: from words as written to one spelling.

Sources: NEN 5825 and the abbreviations of its short names (24 positions); BAG catalogue 2018, verkorte naam;
spelling habits as in PostNL's guide for addressing.
"""

import re
from functools import lru_cache

import numpy as np

ENDINGS = {
    "STR": "STRAAT", "STRT": "STRAAT", "STRA": "STRAAT", "STRAA": "STRAAT", "ST": "STRAAT", "LN": "LAAN", "WG": "WEG",
    "PLN": "PLEIN", "PL": "PLEIN", "SGL": "SINGEL", "SNGL": "SINGEL", "SING": "SINGEL", "KD": "KADE", "DRF": "DREEF",
    "DR": "DREEF", "DK": "DIJK", "STG": "STEEG", "GR": "GRACHT", "GRT": "GRACHT", "PLTS": "PLANTSOEN",
    "PLNTS": "PLANTSOEN", "PLANTS": "PLANTSOEN", "HF": "HOF", "PK": "PARK", "BRG": "BRUG", "HVN": "HAVEN", "PD": "PAD",
    "WL": "WAL", "GRD": "GAARDE",
}  # fmt: skip
"""What the last word of a street ends in when it is cut short."""

WORDS = {
    "BURG": "BURGEMEESTER", "BURGEM": "BURGEMEESTER", "BGM": "BURGEMEESTER", "BURGM": "BURGEMEESTER", "V": "VAN",
    "D": "DE", "VD": "VAN DE", "PR": "PRINS", "PRS": "PRINSES", "KON": "KONINGIN", "MGR": "MONSEIGNEUR",
    "MONS": "MONSEIGNEUR", "ST": "SINT", "NWE": "NIEUWE", "NW": "NIEUWE", "GR": "GROTE", "GRT": "GROTE", "KL": "KLEINE",
    "O": "OUDE", "PAST": "PASTOOR", "DR": "DOKTER", "DRS": "DOCTORANDUS", "PRES": "PRESIDENT", "PROF": "PROFESSOR",
    "ING": "INGENIEUR", "IR": "INGENIEUR", "MR": "MEESTER", "DS": "DOMINEE", "JHR": "JONKHEER", "GEN": "GENERAAL",
    "ADM": "ADMIRAAL", "KAP": "KAPELAAN", "WETH": "WETHOUDER", "MIN": "MINISTER", "NDL": "NOORDELIJK",
    "ZDL": "ZUIDELIJK", "NOORD": "NOORDELIJK", "ZUID": "ZUIDELIJK", "N": "NOORDER", "Z": "ZUIDER", "K": "KORTE",
    "KTE": "KORTE", "L": "LANGE", "LGE": "LANGE", "VERL": "VERLENGDE", "HGE": "HOGE", "H": "HOGE",
    "BT": "BEDRIJVENTERREIN",
    "B": "BURGEMEESTER", "BEDR": "BEDRIJVEN", "TERR": "TERREIN", "IND": "INDUSTRIE", "SBN": "SCHOUT BIJ NACHT",
}  # fmt: skip
"""Words before the last one."""

ARTICLES = frozenset({"DE", "HET", "T", "DEN", "TE", "VAN", "AAN", "IN"})
TITLES = frozenset(
    {
        "BURGEMEESTER",
        "PASTOOR",
        "MONSEIGNEUR",
        "DOKTER",
        "DOMINEE",
        "PROFESSOR",
        "PRESIDENT",
        "PRINS",
        "PRINSES",
        "KONINGIN",
        "SINT",
        "MEESTER",
        "INGENIEUR",
        "JONKHEER",
        "GENERAAL",
        "WETHOUDER",
        "MINISTER",
    }
)
TELLING = frozenset(
    {
        "NIEUWE",
        "OUDE",
        "GROTE",
        "KLEINE",
        "LANGE",
        "KORTE",
        "HOGE",
        "LAGE",
        "VERLENGDE",
        "NOORDER",
        "ZUIDER",
        "OOSTER",
        "WESTER",
        "NOORDELIJK",
        "ZUIDELIJK",
        "VAN",
        "DE",
        "DER",
        "DEN",
        "HET",
        "TER",
        "TEN",
        "EERSTE",
        "TWEEDE",
        "DERDE",
    }
)
"""Words that make another street of what follows: `Oude Kerkstraat` is not `Kerkstraat`."""

_SOUNDS = (
    ("SCH", "SG"), ("CHT", "GT"), ("CH", "G"), ("PH", "F"), ("TH", "T"), ("DT", "T"), ("CK", "K"), ("QU", "KW"),
    ("IJ", "Y"), ("EI", "Y"), ("UY", "UI"), ("AU", "OU"), ("AE", "A"),
)  # fmt: skip
_LETTERS = str.maketrans({"X": "KS", "C": "K", "Z": "S", "V": "F", "I": "Y", "D": "T", "B": "P"})
_LINE_END = 10
_DOUBLE = re.compile(r"(.)\1+")


def written_out(words: list[str]) -> list[str]:
    """Words of a street's name with what was cut short written out: BURG V D VENSTR → BURGEMEESTER VAN DE VENSTRAAT."""
    out = [part for word in words[:-1] for part in WORDS.get(word, word).split()]
    return [*out, _last(words[-1])] if words else out


@lru_cache(100_000)
def _last(word: str) -> str:
    if word in ENDINGS:
        return ENDINGS[word]
    for length in (6, 5, 4, 3, 2):
        ending = ENDINGS.get(word[-length:])
        if ending and length >= 2 and len(word) > length + 2 and not _whole(word):
            return word[:-length] + ending
    return word


_WHOLE = tuple({*ENDINGS.values()})


def _whole(word: str) -> bool:
    """Whether a word already ends in a whole ending, so that GRACHT is not read as GR."""
    return word.endswith(_WHOLE)


def key_of(words: list[str]) -> str:
    """One word of a name's words; VAN DER, VAN DEN and VAN DE are one, for on paper all are v.d."""
    out = list(words)
    for place in range(1, len(out)):
        if out[place] in {"DER", "DEN"} and out[place - 1] == "VAN":
            out[place] = "DE"
    return "".join(out)


def sounds_of(keys: list[str]) -> list[str]:
    """How many names sound: as `sound_of` each, worked out in one text. No name has a line end in it."""
    whole = _alike("\n".join(keys))
    if not whole.isascii() or not keys:
        return [sound_of(key) for key in keys]
    signs = np.frombuffer(whole.encode("ascii"), np.uint8)
    once = np.append(True, (signs[1:] != signs[:-1]) | (signs[1:] == _LINE_END))
    text: str = signs[once[: len(signs)]].tobytes().decode("ascii")
    return text.split("\n")


def sound_of(key: str) -> str:
    """How a name sounds, roughly: what is written differently but said alike becomes equal."""
    return _DOUBLE.sub(r"\1", _alike(key))


def _alike(text: str) -> str:
    for sound, sign in _SOUNDS:
        text = text.replace(sound, sign)
    return text.translate(_LETTERS)
