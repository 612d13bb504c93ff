"""What the pages about exchange show."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bolwerk.circle.access.exchange import POOL
from bolwerk.circle.models import Incoming, Issued, Received
from bolwerk.circle.queries.bundle_names import doubts
from bolwerk.circle.queries.bundle_words import kind_word
from bolwerk.circle.queries.bundles import (
    feeds,
    kept,
    kinds,
    leaving,
    opened,
    readable,
    received_items,
    version_before,
)
from bolwerk.circle.queries.card_bundles import KIND as CARD
from bolwerk.circle.queries.card_bundles import card_parts
from bolwerk.circle.queries.feed import offered
from bolwerk.circle.queries.pool_bundles import gives_figures, pool_beside_own

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
        "has_figures": gives_figures(),
    }


def incoming_page(row: Incoming) -> dict[str, Any]:
    """Everything that is in a bundle, and the version of it that lies here."""
    bundle, before = opened(row.data), version_before(row)
    return {
        "row": row,
        "bundle": bundle,
        "kind": kind_word(row.kind),
        "parts": parts_of(row.kind, kept(row.kind, bundle.content)),
        "pool": pool_beside_own(bundle.content) if row.kind == POOL else None,
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
        "pool": pool_beside_own(copy.shown) if row.kind == POOL else None,
        "is_changed": copy.own is not None,
        "origin_parts": parts_of(row.kind, copy.base) if copy.own is not None else [],
        "beside": parts_of(row.kind, copy.beside) if copy.beside is not None else [],
    }
