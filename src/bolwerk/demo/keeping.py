"""How long Zilverdam keeps what it keeps: its own periods, and a report that must stay."""

from datetime import datetime, timedelta

from bolwerk.demo.people import Town
from bolwerk.incidents.models import Incident
from bolwerk.vault.actions import place_hold, set_term
from bolwerk.vault.rules.retention import Period

WATCHER = "Marijke van Dam"  # the privacy officer
SOURCE = "Besluit van de gemeentearchivaris, vastgelegd in het verwerkingsregister"
REASON = "Bezwaar dat nog loopt"


def decide_how_long(town: Town, *, at: datetime) -> None:
    """The privacy officer sets the periods of reports: names go after a year, so that the demo has something due."""
    set_term(
        kind="incidents.incident",
        personal=Period(years=1),
        keep=Period(years=5),
        source=SOURCE,
        by=town.people[WATCHER],
        at=at,
    )
    oldest = Incident.objects.exclude(closed_at=None).order_by("closed_at").first()
    if oldest is not None:
        place_hold(subject=oldest.urn, reason=REASON, by=town.people[WATCHER], at=at + timedelta(minutes=5))
