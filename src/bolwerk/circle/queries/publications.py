"""An edition as people read it: on the page, as a PDF, and as a small website."""

from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import override

from bolwerk.circle.models import Edition, EditionItem, ItemKind
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.publications import NotToPublishError, chapters_of, check_edition
from bolwerk.documents.queries import Booklet, booklet_pdf
from bolwerk.documents.rules.letters import blocks_of
from bolwerk.ui.dates import day_in_words

STARTS_AT = (1980, 1, 1, 0, 0, 0)  # the same edition gives the same archive


def refusal_of(edition: Edition) -> str:
    """Why an edition cannot go out yet, in a sentence; empty when it can."""
    try:
        check_edition([item.part for item in edition.items.all()])
    except NotToPublishError as error:
        return str(error)
    return ""


def chapters(edition: Edition) -> list[tuple[str, list[Any]]]:
    """What stands in an edition, by chapter."""
    return chapters_of([(item.chapter, item) for item in edition.items.all()])


def all_editions(rows: QuerySet[Edition]) -> list[Edition]:
    """The editions, the latest first."""
    return list(rows.select_related("by"))


def _shown(edition: Edition) -> list[dict[str, Any]]:
    """Green items with consent only, whatever else is in it: a preview shows what would go out, and no more."""
    green = [(one.chapter, one) for one in edition.items.all() if one.level == Level.GREEN and one.part.has_consent]
    return [
        {"title": chapter, "items": [_item(item) for item in items if isinstance(item, EditionItem)]}
        for chapter, items in chapters_of(green)
    ]


def _item(item: EditionItem) -> dict[str, Any]:
    return {
        "title": item.title,
        "is_quote": item.kind == ItemKind.QUOTE,
        "blocks": blocks_of(item.text),
        "said_by": item.said_by,
    }


def edition_pdf(edition: Edition, *, at: datetime) -> bytes:
    """The edition as PDF/UA-1."""
    moment = edition.published_at or at
    with override(edition.language):
        booklet = Booklet(
            language=edition.language,
            subject=edition.title,
            subtitle=edition.subtitle,
            made_by=edition.circle.name,
            day=day_in_words(moment),
            edition=edition.number,
            intro=blocks_of(edition.intro),
            chapters=_shown(edition),
        )
        return booklet_pdf(booklet, at=moment)


def edition_site(edition: Edition, *, at: datetime) -> bytes:
    """The edition as a small website: one page and its style, without a script, in a zip."""
    moment = edition.published_at or at
    with override(edition.language):
        page = {
            "edition": edition,
            "day": day_in_words(moment),
            "intro": blocks_of(edition.intro),
            "chapters": _shown(edition),
        }
        files = {
            "index.html": render_to_string("circle/publication/site.html", page),
            "style.css": render_to_string("circle/publication/site.css"),
        }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(ZipInfo(name, STARTS_AT), text.encode())
    return out.getvalue()
