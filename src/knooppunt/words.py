"""The language of the command line, and its texts in it.

`BOLWERK_LANGUAGE` decides, else what the machine says (`LANGUAGE`, `LC_ALL`, `LC_MESSAGES`, `LANG`). Dutch when that is
Dutch, English otherwise: a script on a machine that says nothing gets what it always got. What `--json` prints is the
same in every language.
"""

import gettext
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["nl", "en"]
SAID_BY = ("BOLWERK_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
DOMAIN = "messages"  # in which click looks for its own words: they come from the same catalogue
CATALOGUES = Path(__file__).parent / "locale"


def language(environment: Mapping[str, str] | None = None) -> Language:
    """The language to speak: that of the first variable of `SAID_BY` that says something."""
    told = os.environ if environment is None else environment
    first = next((told[name] for name in SAID_BY if told.get(name)), "")
    return "nl" if first.lower().startswith("nl") else "en"


@contextmanager
def speaking() -> Iterator[None]:
    """Let click speak the language of the environment too, as long as the block runs."""
    before = os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    os.environ["LANGUAGE"] = language()  # the one variable that gettext asks first
    try:
        yield
    finally:
        os.environ.pop("LANGUAGE")
        if before is not None:
            os.environ["LANGUAGE"] = before


@cache
def catalogue(domain: str, folder: Path, spoken: Language) -> gettext.NullTranslations:
    """The texts of a command line in a language; English is what they were written in."""
    return gettext.translation(domain, folder, [spoken], fallback=True)


def _(text: str) -> str:
    """A text of ours in the language of the environment; fill it in afterwards with `format`."""
    return catalogue(DOMAIN, CATALOGUES, language()).gettext(text) if text else text


def gettext_noop(text: str) -> str:
    """A text of ours that is said later, with `_`; the catalogue collects it here."""
    return text


_SWAPPED = str.maketrans(",.", ".,")


def number(value: int, spoken: Language | None = None) -> str:
    """A whole number as people write it: 12,345 in English, 12.345 in Dutch."""
    return decimal(value, 0, spoken)


def as_dutch(told: str) -> str:
    """A number as English writes it, as Dutch does: 1.234,5 for 1,234.5."""
    return told.translate(_SWAPPED)


def decimal(value: float, places: int, spoken: Language | None = None) -> str:
    """A number with places behind the point, or in Dutch the comma: 1,234.5 or 1.234,5."""
    told = f"{value:,.{places}f}"
    return as_dutch(told) if (spoken or language()) == "nl" else told


def percent(value: float, places: int = 0, spoken: Language | None = None) -> str:
    """A share as a percentage: 12.5% in English, 12,5% in Dutch."""
    return f"{decimal(value * 100, places, spoken)}%"


def between(low: float, high: float, places: int = 0) -> str:
    """Between which shares it lies: 1% to 2%, in Dutch 1% tot 2%."""
    return _("{low} to {high}").format(low=percent(low, places), high=percent(high, places))


def filled_in(text: str, sentences: Mapping[str, str]) -> str | None:
    """A sentence that was filled in, by its Dutch: `{}` are the holes of both. None when it is not in the table."""
    for pattern, dutch in _patterns(tuple(sentences.items())):
        if found := pattern.fullmatch(text):
            return dutch.format(*found.groups())
    return None


@cache
def _patterns(sentences: tuple[tuple[str, str], ...]) -> list[tuple[re.Pattern[str], str]]:
    """Every sentence as a pattern with its Dutch; those that say most themselves come first."""
    most_certain_first = sorted(sentences, key=lambda pair: -len(pair[0].replace("{}", "")))
    return [
        (re.compile("(.+?)".join(re.escape(part) for part in english.split("{}")), re.DOTALL), dutch)
        for english, dutch in most_certain_first
    ]
