"""Every address of the house: each app brings its own. In host mode those of the other rooms are not there."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from bolwerk.config import host
from bolwerk.config.views import state

# Prefix and the addresses behind it, of what can be closed: the rooms, and the bridge between them.
ROOMS = (
    ("meldingen/", "bolwerk.incidents.urls"),
    ("knooppunt/", "bolwerk.hub.urls"),
    ("leerkring/", "bolwerk.circle.urls"),
    ("cijfers/", "bolwerk.overview.safety.urls"),
)


def addresses(*, host_mode: bool) -> list[URLPattern | URLResolver]:
    """The addresses of the house; in host mode without those of the rooms that are closed."""
    rooms = [path(prefix, include(urls)) for prefix, urls in ROOMS if host.is_open(urls, host=host_mode)]
    return [
        path("", include("bolwerk.overview.urls")),
        path("", include("bolwerk.accounts.signin.routes")),
        path("", include("bolwerk.accounts.urls")),
        *rooms,
        path("taken/", include("bolwerk.deadlines.urls")),
        path("documenten/", include("bolwerk.documents.urls")),
        path("kluis/", include("bolwerk.vault.urls")),
        path("bewaartermijnen/", include("bolwerk.vault.retention_urls")),
        path("logboek/", include("bolwerk.overview.trail.urls")),
        path("toestand/", state, name="state"),
        path("", include("bolwerk.overview.shell_urls")),
    ]


urlpatterns = addresses(host_mode=settings.HOST_MODE)

handler400 = "bolwerk.ui.errors.bad_request"
handler403 = "bolwerk.ui.errors.form_refused"
handler429 = "bolwerk.ui.errors.too_fast"
handler500 = "bolwerk.ui.out_of_order.server_error"
