"""What a rule found: an object, what was computed of it, the words for it and the records it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from string import Formatter
from typing import Any, NamedTuple

from knooppunt.words import as_dutch


class _English(Formatter):
    """Numbers with a comma between thousands."""

    def format_field(self, value: Any, format_spec: str) -> str:
        a_number = isinstance(value, int | float) and not isinstance(value, bool)
        return format(value, f",{format_spec}" if a_number else format_spec)


class _Dutch(_English):
    """Numbers with a point between thousands and a comma before decimals."""

    def format_field(self, value: Any, format_spec: str) -> str:
        told = super().format_field(value, format_spec)
        return as_dutch(told) if isinstance(value, int | float) else told


_NL, _EN = _Dutch(), _English()


class Text(NamedTuple):
    """The same words in Dutch and English."""

    nl: str
    en: str

    def format(self, **values: object) -> Text:
        """Fill in both, each with numbers as that language writes them."""
        return Text(_NL.vformat(self.nl, (), values), _EN.vformat(self.en, (), values))


@dataclass(frozen=True)
class Ref:
    """A record a finding rests on: table, what identifies it, where it was delivered, and what it says.

    Of a shielded establishment only the place in the delivery is kept. Of people nothing is kept at
    all: `facts` has their number.
    """

    table: str
    keys: dict[str, str]
    source_file: str
    source_line: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """One object that a rule found, before it becomes a finding."""

    object_id: int
    values: dict[str, Any]
    headline: Text
    explanation: Text
    peers: dict[str, Any]
    refs: tuple[Ref, ...]
    match_quality: int | None  # the most errors among the links it rests on; None without links
    part: str = ""  # tells two findings about one object apart, for instance the branch
