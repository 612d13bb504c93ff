"""A booklet in the house style: title page, contents, chapters with items, as PDF/UA-1."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from bolwerk.documents import typesetting
from bolwerk.documents.queries.letters import house_data
from bolwerk.documents.queries.templates import booklet_layout, fonts_folder


@dataclass(frozen=True)
class Booklet:
    """What stands in a booklet, in one language. A chapter has a title and items; an item a title, blocks of text, who
    said it, and whether it is a quote."""

    language: str
    subject: str
    subtitle: str
    made_by: str
    day: str
    edition: int
    intro: Sequence[Any]
    chapters: Sequence[dict[str, Any]]


def booklet_pdf(booklet: Booklet, *, at: datetime) -> bytes:
    """The booklet as PDF/UA-1, A4; `at` stands in its metadata."""
    with override(booklet.language):
        said = {
            "contents": _("Contents"),
            "introduction": _("Introduction"),
            "edition_words": _("Edition %(number)d") % {"number": booklet.edition},
        }
    data = house_data(booklet.language) | asdict(booklet) | said
    return typesetting.pdf_of(booklet_layout(), data, fonts=fonts_folder(), at=at)
