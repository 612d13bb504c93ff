"""A paper that a room makes whole from what it knows, without writing it first: as PDF/UA-1, and as a Word file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bolwerk.accounts.queries import logo
from bolwerk.documents import editable, typesetting
from bolwerk.documents.queries.letters import house_data, small_logo
from bolwerk.documents.queries.templates import editable_layout, fonts_folder, layout_of
from bolwerk.documents.rules import Kind
from bolwerk.documents.rules.letters import Facts, Template, begun, blocks_of, lines_of


def paper_pdf(template: Template, facts: Facts, *, at: datetime) -> bytes:
    """The template filled with these facts as PDF/UA-1, in the layout of a report; `at` stands in its metadata."""
    return typesetting.pdf_of(layout_of(Kind.REPORT), _data(template, facts), fonts=fonts_folder(), at=at)


@dataclass(frozen=True)
class Paper:
    """A text of people as a paper: its language, what it is about, references above it, and the text itself."""

    language: str
    subject: str
    references: Sequence[tuple[str, str]]
    text: str


def text_pdf(paper: Paper, *, at: datetime) -> bytes:
    """A text as PDF/UA-1 in the layout of a report: nothing in it is filled in or read as a gap."""
    data = house_data(paper.language) | {
        "subject": paper.subject,
        "to": [],
        "references": list(paper.references),
        "blocks": blocks_of(paper.text),
        "closing": "",
        "sender": [],
        "sections": [],
    }
    return typesetting.pdf_of(layout_of(Kind.REPORT), data, fonts=fonts_folder(), at=at)


def paper_docx(template: Template, facts: Facts) -> bytes:
    """The same as a Word file that can be adapted; tables of facts are not in it, so put those in the text."""
    return editable.docx_of(editable_layout(), _data(template, facts), logo=small_logo() if logo() else b"")


def _data(template: Template, facts: Facts) -> dict[str, Any]:
    values = begun(template, facts)
    return house_data(template.language) | {
        "subject": values.subject,
        "to": lines_of(values.to),
        "references": values.references,
        "blocks": blocks_of(values.text),
        "closing": values.closing,
        "sender": lines_of(values.sender),
        "sections": values.sections,
    }
