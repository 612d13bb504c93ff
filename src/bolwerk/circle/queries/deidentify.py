"""Checks a text with everything there is: the recognisers of `rules/deidentify` and `deduce`, which knows Dutch names.

`deduce` (Menger and others, 2018; LGPL-3.0) finds names, places and dates. Its lists of streets and hospitals make it a
gigabyte large and need more than a minute to be built; here streets are found by their endings, and hospitals do not
matter. Without those two it takes under two seconds, once per process, at the first text.
"""

import logging
import re
import shutil
import warnings
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from bolwerk.circle.rules.deidentify import Hit, Kind, OwnList, Weight, english_hits, find
from bolwerk.circle.rules.deidentify.names import Token, openers, tokens
from bolwerk.circle.rules.deidentify.vocabulary import COURTESY, LINKS, is_known_name, is_word, words

LARGE = ("institutions/lst_healthcare_institution", "institutions/lst_hospital", "locations/lst_street")
KINDS = {
    "persoon": Kind.NAME,
    "locatie": Kind.PLACE,
    "datum": Kind.DATE,
    "telefoonnummer": Kind.PHONE,
    "emailadres": Kind.EMAIL,
    "bsn": Kind.BSN,
    "url": Kind.ACCOUNT,
}
VERB = re.compile(r"(?:[dt]en?|en|t|d)$")
NOUN = re.compile(r"(?:ing|heid|schap|tie|teit|isme|age|sel|nis|[dt]e|en|er|ers|s|t|d)$")
LONGEST = 4  # words of a surname in lower case: van der something
SHORTEST = 4  # letters of a given name that counts in lower case: shorter ones are nearly all words as well
_ONE_AT_A_TIME = Lock()


def check(text: str, *, own: OwnList | None = None) -> list[Hit]:
    """Everything in a text that can give somebody away, in order, each with a proposal."""
    return find(text, lists=own, readers=(dutch,))


def direct_hits(text: str, *, own: OwnList | None = None) -> list[Hit]:
    """The red hits of a text: what must be resolved before it leaves, and what a text that comes in may not hold."""
    return [hit for hit in check(text, own=own) if hit.weight is Weight.DIRECT]


def quick_hits(text: str, *, language: str) -> list[Hit]:
    """The red hits that the rules find by themselves: for words that many type at once and nobody waits for.

    Without `deduce`, so nothing is loaded, and in half the time; it finds 0.967 of what names somebody in the tuning
    half of the labelled texts (with `deduce` 0.99) and nothing in vain.
    """
    found = english_hits(text) if language == "en" else find(text)
    return [hit for hit in found if hit.weight is Weight.DIRECT]


def warm_up() -> None:
    """Load it now, so that nobody waits for it."""
    with _ONE_AT_A_TIME:
        _deduce()


def dutch(text: str) -> Iterator[Hit]:
    """What `deduce` finds, full names in lower case, and names that open a sentence."""
    yield from by_deduce(text)
    yield from _in_lower_case(text)
    yield from openers(text, may_be=_may_be_name)


def by_deduce(text: str) -> Iterator[Hit]:
    """What `deduce` finds. A single ordinary word that is a name as well is left out."""
    warm_up()
    for found in _deduce().deidentify(text).annotations:
        kind = KINDS.get(found.tag)
        if kind is Kind.NAME:
            yield from _person(text, found.start_char, found.end_char)
        elif kind is Kind.PLACE and re.search(r"\d", found.text):
            yield Hit(found.start_char, found.end_char, Kind.ADDRESS, found.text)
        elif kind is not None:
            yield Hit(found.start_char, found.end_char, kind, found.text)


@cache
def _deduce() -> Any:
    """The recogniser, loaded once."""
    handlers, level = list(logging.root.handlers), logging.root.level
    if not handlers:
        logging.root.addHandler(logging.NullHandler())
    with warnings.catch_warnings():
        # What it loads would show the log and every warning of the whole process on the screen.
        from deduce import Deduce  # noqa: PLC0415  half a second, and only for who checks a text

        with TemporaryDirectory() as folder:
            copy = Path(folder)
            shutil.copytree(_shipped(), copy / "src", ignore=shutil.ignore_patterns("__pycache__", "streets_bag.txt"))
            for name in LARGE:
                (copy / "src" / name / "items.txt").write_text("", encoding="utf-8")
            made = Deduce(lookup_data_path=copy, cache_path=copy, build_lookup_structs=True)
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    return made


def _shipped() -> Path:
    """The folder of the word lists that came with `deduce`."""
    spec = find_spec("deduce")
    return Path(str(spec.origin if spec else "")).parent / "data" / "lookup" / "src"


@cache
def _list(which: str) -> frozenset[str]:
    """A list of `deduce`, in lower case."""
    lines = (_shipped() / which / "items.txt").read_text(encoding="utf-8").casefold().splitlines()
    return frozenset(map(str.strip, lines))


def _person(text: str, start: int, end: int) -> Iterator[Hit]:
    """Without the title and the words that stand before a name."""
    found = tokens(text[start:end])
    while found and _is_no_part(found):
        found = found[1:]
    if found:
        first, last = start + found[0].start, start + found[-1].end
        yield Hit(first, last, Kind.NAME, text[first:last])


def _is_no_part(found: list[Token]) -> bool:
    """Whether the first of these words is a title, the article of one, or an ordinary word that stands alone."""
    first, alone = found[0], len(found) == 1
    if first.is_initials:
        return False
    article = first.text == "de" and not alone and found[1].is_title
    return first.is_title or article or (alone and (is_word(first.plain) or (first.is_link and not first.is_capital)))


def _in_lower_case(text: str) -> Iterator[Hit]:
    """Names written small: a given name with what follows ("fatima el amrani"), what follows a form of address."""
    found = tokens(text)
    for at, first in enumerate(found):
        if first.is_capital and first.plain not in COURTESY:
            continue
        rest = list(takewhile(lambda token: token.joined and not token.is_capital, found[at + 1 : at + 1 + LONGEST]))
        surname = _surname_in(rest, any_word=first.plain in COURTESY or _is_given(first.plain))
        if first.plain in COURTESY and surname:
            yield Hit(rest[0].start, surname.end, Kind.NAME, text[rest[0].start : surname.end])
        elif _is_given(first.plain) or (surname and _is_short_given(first.plain)):
            last = surname or first
            yield Hit(first.start, last.end, Kind.NAME, text[first.start : last.end])


def _surname_in(after: list[Token], *, any_word: bool) -> Token | None:
    """The last word of the surname that these words begin with, if they do."""
    found = None
    for token in after:
        if not token.is_link and not _is_surname(token.plain) and not (any_word and _is_strange(token.plain)):
            break
        found = found if token.is_link else token
    return found


def _is_given(word: str) -> bool:
    listed = word in _list("names/lst_first_name") and len(word) >= SHORTEST
    return is_known_name(word) or (listed and not is_word(word) and not _is_common(word))


def _is_short_given(word: str) -> bool:
    """A given name that is very short, or a word as well: in lower case one only before a surname."""
    return not _is_common(word) and (word in words("given_words") or word in _list("names/lst_first_name"))


def _is_surname(word: str) -> bool:
    if "-" in word:
        return all(part in LINKS or _is_surname(part) for part in word.split("-"))
    listed = word in _list("names/lst_surname") and not _is_common(word)
    return listed or is_known_name(word) or word in words("surname_words")


def _is_strange(word: str) -> bool:
    """Whether this is no word that one meets in Dutch: of no list, and without the ending of a verb."""
    return len(word) >= SHORTEST and not is_word(word) and not _is_common(word) and not VERB.search(word)


def _may_be_name(word: str) -> bool:
    """Whether a word at the beginning of a sentence can be somebody's name."""
    if word in words("given_words") or word in words("surname_words"):
        return True
    listed = word in _list("names/lst_surname") or word in _list("names/lst_first_name")
    return not _is_common(word) and (listed or (_is_strange(word) and not NOUN.search(word)))


def _is_common(word: str) -> bool:
    return word in _list("whitelist/lst_common_word") or word in _list("whitelist/lst_stop_word")
