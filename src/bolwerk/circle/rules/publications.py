"""What may stand in a publication: green only, each with consent. Pure: no database, no clock, no request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.rules.circles import Level

TITLE_LIMIT, LINE_LIMIT, INTRO_LIMIT, TEXT_LIMIT = 120, 200, 6_000, 8_000
MOST_ITEMS = 200


class NotToPublishError(Exception):
    """This edition cannot go out yet. The text says why, to people."""

    def __init__(self, text: str | Promise) -> None:
        super().__init__(str(text))


@dataclass(frozen=True)
class Part:
    """One item of a publication, as far as it matters whether it may go out."""

    title: str
    chapter: str
    level: str
    has_consent: bool


def check_edition(parts: Iterable[Part]) -> None:
    """Raise NotToPublishError when there is nothing, or something that is not green or has no consent."""
    found = list(parts)
    if not found:
        raise NotToPublishError(_("There is nothing in it yet. Add a lesson, a card or a guide first."))
    closed = [part.title for part in found if part.level != Level.GREEN]
    if closed:
        raise NotToPublishError(_("Not green, so it stays in the circle: %(titles)s.") % {"titles": ", ".join(closed)})
    silent = [part.title for part in found if not part.has_consent]
    if silent:
        raise NotToPublishError(_("Nobody said yes to publishing yet: %(titles)s.") % {"titles": ", ".join(silent)})


def chapters_of(parts: Sequence[tuple[str, object]]) -> list[tuple[str, list[object]]]:
    """Things by their chapter, chapters in the order in which they first come."""
    found: dict[str, list[object]] = {}
    for chapter, thing in parts:
        found.setdefault(chapter, []).append(thing)
    return list(found.items())
