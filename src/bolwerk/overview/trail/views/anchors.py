"""Where other installations leave the end of their trail. They have a secret of their own, and no session."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from bolwerk.accounts.access import everybody
from bolwerk.audit.actions.anchoring import take_anchor
from bolwerk.audit.rules.anchors import NoAnchorsError, anchor_given, peer_with

BEARER = "Bearer "


@everybody("POST")
def take(request: HttpRequest) -> HttpResponse:
    """Keep an anchor; without a known secret this address does not exist."""
    given = request.headers.get("Authorization", "")
    peer = (
        peer_with(given.removeprefix(BEARER), peers=settings.AUDIT_ANCHOR_PEERS) if given.startswith(BEARER) else None
    )
    if peer is None:
        raise Http404
    try:
        anchor = anchor_given(request.POST.dict())
    except NoAnchorsError:
        return HttpResponse(status=400)
    take_anchor(given=anchor, peer=peer, at=timezone.now())
    return HttpResponse(status=204)
