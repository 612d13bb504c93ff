"""Who may see what must stay."""

from uuid import UUID

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.vault.models import Hold


def hold_in_force(request: SignedInRequest, hold_id: UUID) -> Hold:
    """Return a hold that nobody lifted, or 404. Whoever opens the page of holds may see each of them."""
    found = Hold.objects.in_force().select_related("placed_by").filter(pk=hold_id).first()
    return found or deny(request, subject=f"urn:bolwerk:vault:hold:{hold_id}")
