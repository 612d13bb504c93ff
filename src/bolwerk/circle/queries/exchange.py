"""What the pages about exchange show."""

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bolwerk.circle.models import Incoming, Issued, Received
from bolwerk.circle.queries.bundle_names import doubts
from bolwerk.circle.queries.bundle_words import kind_word
from bolwerk.circle.queries.bundles import (
    aggregates_of,
    feeds,
    kept,
    kinds,
    leaving,
    opened,
    origin_name,
    readable,
    received_items,
    version_before,
)
from bolwerk.circle.queries.card_bundles import KIND as CARD
from bolwerk.circle.queries.card_bundles import card_parts
from bolwerk.circle.queries.feed import offered
from bolwerk.circle.queries.sending import Sending

SHOWN = 50  # of each list on the page


def parts_of(kind: str, content: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Everything in a content that people read."""
    return card_parts(content) if kind == CARD else readable(content)


def leaving_page(row: Issued, *, at: datetime) -> dict[str, Any]:
    """Exactly what leaves, as words and letter by letter; and which words may be somebody's name."""
    content = kept(row.kind, row.content)
    return {
        "row": row,
        "kind": kind_word(row.kind),
        "parts": parts_of(row.kind, content),
        "doubts": doubts(content, kinds()[row.kind], language=row.language),
        "text": leaving(row, at=at),
        "in_feed": kinds()[row.kind].in_feed,
    }


def exchange_page(waits: QuerySet[Incoming], sends: QuerySet[Issued]) -> dict[str, Any]:
    """What waits, what came in, what is offered, where more can be fetched."""
    return {
        "waits": [(row, kind_word(row.kind)) for row in waits[:SHOWN]],
        "received": [(row, kind_word(row.kind)) for row in received_items()[:SHOWN]],
        "offered": [(row, kind_word(row.kind)) for row in offered().defer("data", "content")[:SHOWN]],
        "sends": [(row, kind_word(row.kind)) for row in sends.defer("data", "content")[:SHOWN]],
        "feeds": feeds(),
    }


def incoming_page(row: Incoming) -> dict[str, Any]:
    """Everything that is in a bundle, and the version of it that lies here."""
    bundle, before = opened(row.data), version_before(row)
    return {
        "row": row,
        "bundle": bundle,
        "kind": kind_word(row.kind),
        "parts": parts_of(row.kind, kept(row.kind, bundle.content)),
        "doubts": doubts(kept(row.kind, bundle.content), kinds()[row.kind], language=bundle.language),
        "before": before,
        "stays": before is not None and before.own is not None,
    }


def received_page(row: Received) -> dict[str, Any]:
    """A copy as it is read here, and what lies beside it."""
    copy = row.copy
    return {
        "row": row,
        "kind": kind_word(row.kind),
        "parts": parts_of(row.kind, copy.shown),
        "is_changed": copy.own is not None,
        "origin_parts": parts_of(row.kind, copy.base) if copy.own is not None else [],
        "beside": parts_of(row.kind, copy.beside) if copy.beside is not None else [],
    }


def aggregates_item(kind: str, year: int) -> Sending | None:
    """The figures of a year as something to send: the same item each time, so that a later version replaces it."""
    content = aggregates_of(kind, year)
    if content is None:
        return None
    name = origin_name()
    title = _("Figures of %(name)s, %(year)d") % {"name": name, "year": year}
    return Sending(kind, uuid5(NAMESPACE_URL, f"urn:bolwerk:{kind}:{name}:{year}"), title, content)
