"""What sessions brought, as it goes outside: in a bundle or in a publication."""

from bolwerk.circle.models import Harvest
from bolwerk.circle.queries.sending import Sending
from bolwerk.circle.rules.sessions import Captured

TITLE_LIMIT = 80


def title_of(row: Harvest) -> str:
    """The first sentence of it, cut at a word."""
    text = " ".join(row.text.split())
    first = text.split(". ")[0].rstrip(".")
    return first if len(first) <= TITLE_LIMIT else f"{first[:TITLE_LIMIT].rpartition(' ')[0] or first[:TITLE_LIMIT]}…"


def said_by(row: Harvest) -> str:
    """Under a quote: the municipality, never the name."""
    return row.of.member.municipality.name if row.of else ""


def lesson_to_send(row: Harvest) -> Sending:
    """A lesson or a quote as something to send: the same item each time."""
    told = {"theme": row.session.theme[:120], "quote" if row.kind == Captured.QUOTE else "text": row.text}
    content = told | ({"by": said_by(row)} if said_by(row) else {})
    return Sending("lesson", row.pk, title_of(row), content)
