"""Lines as rows of a file."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils.translation import gettext_lazy as _

from bolwerk.audit.models import Line
from bolwerk.audit.queries.words import Told, tell
from bolwerk.ui.lists import Column, ListSpec

AT_A_TIME = 1_000  # lines whose names are asked for together

SPEC_OF_FILE = ListSpec(
    name="audit.lines",
    columns=(
        Column("line", _("Line"), lambda told: told.line.sequence),
        Column("when", _("When"), lambda told: told.line.at.isoformat()),
        Column("who", _("Who"), lambda told: told.who),
        Column("what", _("What"), lambda told: told.what),
        Column("about", _("About"), lambda told: told.thing),
        Column("why", _("Why"), lambda told: told.why),
        Column("event", _("Event"), lambda told: told.line.event),
        Column("actor", _("Key of who"), lambda told: told.line.actor),
        Column("subject", _("Key of what it is about"), lambda told: told.line.subject),
        Column("facts", _("Facts"), lambda told: told.line.facts_json),
        Column("trace", _("Trace"), lambda told: told.line.trace_id),
        Column("hash", _("Hash"), lambda told: told.line.hash),
    ),
)

SPEC_OF_EXTRACT = ListSpec(
    name="audit.extract",
    columns=(
        Column("when", _("When"), lambda row: row.at),
        Column("what", _("What"), lambda row: row.what),
        Column("who", _("By"), lambda row: row.who),
        Column("about", _("About"), lambda row: row.thing),
        Column("why", _("Why"), lambda row: row.why),
        Column("activity", _("Processing activity"), lambda row: row.activity.name if row.activity else ""),
        Column("purpose", _("Purpose"), lambda row: row.activity.purpose if row.activity else ""),
        Column("basis", _("Legal basis"), lambda row: row.activity.legal_basis if row.activity else ""),
    ),
)


def tell_all(lines: Iterable[Line]) -> Iterator[Told]:
    """However many lines in words, a thousand at a time."""
    coming = iter(lines)
    while part := list(islice(coming, AT_A_TIME)):
        yield from tell(part)
