"""What a letter is made of: a template in words, facts that fill it, and text as people write it. Pure functions."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bolwerk.documents.rules import Kind

GAP = re.compile(r"\{([a-z_]+)\}")
LIST, HEADING = "- ", "## "
LONGEST_TEXT = 8_000  # signs: four printed pages
LONGEST_LINES = 600  # signs of an address or of whoever signs
MOST_LINES = 7  # that fit in the window of an envelope
LONGEST_SUBJECT = 120


@dataclass(frozen=True)
class Template:
    """A letter or report that can be made: from `content/letters/<code>.<language>.yaml` of a room."""

    code: str
    language: str
    kind: Kind
    title: str
    about: str
    to: str = ""
    subject: str = ""
    text: str = ""
    closing: str = ""
    sender: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a report: rows of two cells under two headings, or what is said when there are none."""

    title: str
    headings: tuple[str, str]
    rows: list[tuple[str, str]] = field(default_factory=list)
    empty: str = ""


@dataclass(frozen=True)
class Figure:
    """A drawing (SVG) at the end of a letter, with what it shows in words: as caption, and for who does not see it."""

    svg: str
    words: str


@dataclass(frozen=True)
class Facts:
    """What a room knows for its letters: words for the gaps, references above the text, and sections for reports."""

    words: Mapping[str, str]
    references: list[tuple[str, str]]
    sections: list[Section] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    drawn_in: str = ""  # the code of the template whose letter has these figures


@dataclass(frozen=True)
class Values:
    """Everything that stands in one letter. What people may change are `to`, `subject`, `text` and `sender`."""

    subject: str
    text: str
    to: str = ""
    closing: str = ""
    sender: str = ""
    references: list[tuple[str, str]] = field(default_factory=list)
    sections: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, str]] = field(default_factory=list)


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with its gaps filled. A gap that nobody knows stays, for whoever writes the letter to see.

    Words go in as they are and are not read again: a name that looks like a gap is a name.
    """
    return GAP.sub(lambda gap: words.get(gap[1], gap[0]), text)


def begun(template: Template, facts: Facts) -> Values:
    """The letter as it is before anybody changed it."""
    return Values(
        subject=filled(template.subject, facts.words)[:LONGEST_SUBJECT],
        text=filled(template.text, facts.words),
        to=filled(template.to, facts.words),
        closing=filled(template.closing, facts.words),
        sender=filled(template.sender, facts.words),
        references=facts.references,
        sections=[asdict(section) for section in facts.sections] if template.kind is Kind.REPORT else [],
        figures=[asdict(figure) for figure in facts.figures if template.code == facts.drawn_in],
    )


def lines_of(text: str) -> list[str]:
    """Lines without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def blocks_of(text: str) -> list[dict[str, Any]]:
    """Paragraphs (between empty lines), lists (lines that begin with "- ") and small headings ("## ").

    There are no other marks: whatever else is typed is text.
    """
    blocks: list[dict[str, Any]] = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        for number, line in enumerate(lines_of(part)):
            _add_line(blocks, line, begins=number == 0)
    return blocks


def _add_line(blocks: list[dict[str, Any]], line: str, *, begins: bool) -> None:
    last: dict[str, Any] = blocks[-1] if blocks and not begins else {"kind": "nothing"}
    if line.startswith(HEADING):
        blocks.append({"kind": "heading", "text": line.removeprefix(HEADING).strip()})
    elif line.startswith(LIST) and last["kind"] == "list":
        last["items"].append(line.removeprefix(LIST).strip())
    elif line.startswith(LIST):
        blocks.append({"kind": "list", "items": [line.removeprefix(LIST).strip()]})
    elif last["kind"] == "paragraph":
        last["lines"].append(line)
    else:
        blocks.append({"kind": "paragraph", "lines": [line]})
