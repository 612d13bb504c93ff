"""How long bundles are kept, and how they go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from bolwerk.circle.actions.cards import library_changed
from bolwerk.circle.models import Card, Incoming, Issued, Received
from bolwerk.vault.actions import kept_whole
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage

INCOMING_RETENTION = Kind(
    code="circle.incoming",
    name=_("Bundles that wait"),
    begins=_("the day on which it came in"),
    goes=_("The bundle goes; it can be fetched or uploaded again."),
    default=Rule(
        code="19.1",
        personal=None,
        record=Period(days=60),
        source=_("Choice of Bolwerk: what nobody looked at in two months."),
        verified=False,
    ),
    **kept_whole(model=Incoming, began_field="at"),
)
ISSUED_RETENTION = Kind(
    code="circle.issued",
    name=_("What went to other installations"),
    begins=_("the day on which it was signed"),
    goes=_("What was sent goes, with who sent it."),
    default=Rule(
        code="19.1",
        personal=None,
        record=Period(years=10),
        source=_("Choice of Bolwerk: as long as others may still use it. Your archivist decides."),
        verified=False,
    ),
    **kept_whole(model=Issued, began_field="issued_at"),
)


def erase_received(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Destroy copies; a card among them leaves the library, and then has the period of a card that was withdrawn."""
    Card.objects.filter(copied_from__in=keys, withdrawn_at=None).update(withdrawn_at=at)
    library_changed()
    Received.objects.filter(pk__in=keys).delete()


RECEIVED_RETENTION = Kind(
    code="circle.received",
    name=_("Copies of items of other installations"),
    begins=_("the day of the last change"),
    goes=_("The copy goes, with where it came from; a card leaves the library."),
    default=Rule(
        code="19.1",
        personal=None,
        record=Period(years=10),
        source=_("Choice of Bolwerk: an item that nobody changed or renewed in ten years is out of date."),
        verified=False,
    ),
    **kept_whole(model=Received, began_field="updated_at") | {"erase": erase_received},
)
