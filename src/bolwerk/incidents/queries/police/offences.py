"""The list of offences to look up, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bolwerk.incidents.queries.kinds import CONTENT
from bolwerk.ui.content import content_language, read_yaml


@dataclass(frozen=True)
class Offence:
    """An article of the Criminal Code: what it is called, and in plain words."""

    code: str
    article: str
    title: str
    words: str

    def __str__(self) -> str:
        return f"{self.title} ({self.article})"


@cache
def _read(language: str) -> tuple[Offence, ...]:
    rows = read_yaml((CONTENT / f"offences.{language}.yaml").read_text(encoding="utf-8"))
    return tuple(Offence(**row) for row in rows)


def offences() -> tuple[Offence, ...]:
    """Every offence, in the order of the list."""
    return _read(content_language())


def named(codes: Iterable[str]) -> list[Offence]:
    """The offences with these codes, in the order of the list. A code that left the list is passed over."""
    wanted = set(codes)
    return [one for one in offences() if one.code in wanted]


def looked_up(words: str) -> list[Offence]:
    """Offences in which every one of these words occurs: in the article, the title or the plain words."""
    wanted = words.casefold().split()
    return [one for one in offences() if all(word in f"{one} {one.words}".casefold() for word in wanted)]
