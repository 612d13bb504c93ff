"""The tile: buttons for reporting on any intranet, in a frame or as a piece of HTML, without script."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from bolwerk.accounts.access import SignedInRequest, everybody, signed_in
from bolwerk.incidents import access
from bolwerk.ui.framing import let_frame


@everybody("GET")
def tile(request: HttpRequest) -> HttpResponse:
    """The buttons, for a frame. It is the same for everybody, and knows nobody."""
    return let_frame(render(request, "incidents/tile/tile.html"), origins=settings.TILE_ORIGINS)


@signed_in("GET", roles=access.SETTING_ROLES)
def snippets(request: SignedInRequest) -> HttpResponse:
    """What to copy into the intranet, and which sites may show the frame."""
    base = settings.BOLWERK_BASE_URL
    page = {
        "origins": settings.TILE_ORIGINS,
        "frame": render_to_string("incidents/tile/frame.html", {"address": base + reverse("incidents:tile")}).strip(),
        "html": render_to_string("incidents/tile/html.html", {"base": base}, request).strip(),
    }
    return render(request, "incidents/tile/snippets.html", page)
