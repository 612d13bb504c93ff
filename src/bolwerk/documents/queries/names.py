"""What documents are called where only their URN is known: what kind of thing, never the name of a file."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from bolwerk.documents.models import Document
from bolwerk.documents.rules import is_waiting

DOCUMENT = "urn:bolwerk:documents:document:"
LETTER = "urn:bolwerk:documents:letter:"


def names_of(urns: Iterable[str]) -> dict[str, str]:
    """The names of those things that exist, by URN: "a photo"; a form that was not sent yet has a name too."""
    wanted = list(urns)
    keys = [UUID(urn.removeprefix(DOCUMENT)) for urn in wanted if urn.startswith(DOCUMENT)]
    rows = Document.objects.filter(pk__in=keys).only("kind") if keys else []
    named = {row.urn: row.get_kind_display().lower() for row in rows}
    named |= {urn: _("a form that was not sent yet") for urn in wanted if is_waiting(urn)}
    return named | {urn: _("a letter that is being written") for urn in wanted if urn.startswith(LETTER)}
