"""Every address of the house: each app brings its own."""

from django.urls import include, path

from bolwerk.config.views import state

urlpatterns = [
    path("", include("bolwerk.overview.urls")),
    path("", include("bolwerk.accounts.signin.routes")),
    path("", include("bolwerk.accounts.urls")),
    path("meldingen/", include("bolwerk.incidents.urls")),
    path("knooppunt/", include("bolwerk.hub.urls")),
    path("taken/", include("bolwerk.deadlines.urls")),
    path("documenten/", include("bolwerk.documents.urls")),
    path("kluis/", include("bolwerk.vault.urls")),
    path("bewaartermijnen/", include("bolwerk.vault.retention_urls")),
    path("logboek/", include("bolwerk.overview.trail.urls")),
    path("cijfers/", include("bolwerk.overview.safety.urls")),
    path("toestand/", state, name="state"),
    path("", include("bolwerk.overview.shell_urls")),
]

handler400 = "bolwerk.ui.errors.bad_request"
handler403 = "bolwerk.ui.errors.form_refused"
handler429 = "bolwerk.ui.errors.too_fast"
