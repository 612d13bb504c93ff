"""A paper that a room makes whole from what it knows, without writing it first: as PDF/UA-1, and as a Word file."""

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
