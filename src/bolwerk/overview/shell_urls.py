"""To whom the pages of ui open. ui lies below accounts, so it cannot say so itself."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from bolwerk.accounts.access import everybody, signed_in
from bolwerk.accounts.rules import Role
from bolwerk.ui import views

app_name = "ui"
BUILDERS = frozenset({Role.FUNCTIONAL_ADMINISTRATOR})
urlpatterns = [
    path("taal/", everybody("POST")(set_language), name="language"),
    path("weergave/", everybody("POST")(views.appearance), name="appearance"),
    path("weg/", everybody("POST")(views.leave), name="leave"),
    path("vandaag/", everybody("GET")(views.neutral), name="neutral"),
    path("geen-verbinding/", everybody("GET")(views.offline), name="offline"),
    path("bolwerk.webmanifest", everybody("GET")(views.manifest), name="manifest"),
    path("csp/", csrf_exempt(everybody("POST")(views.policy_report)), name="policy_report"),
    path("meer/", signed_in("GET")(views.more), name="more"),
    path("blijven/", signed_in("POST")(views.stay), name="stay"),
    path("concepten/<slug:form>/", signed_in("POST")(views.draft), name="draft"),
    path("zoeken/", signed_in("POST")(views.search), name="search"),
    path("weergaven/bewaren/", signed_in("POST")(views.view_save), name="view_save"),
    path("weergaven/verwijderen/", signed_in("POST")(views.view_drop), name="view_drop"),
    path("patronen/", signed_in("GET", roles=BUILDERS)(views.patterns), name="patterns"),
    path("patronen/<slug:name>/", signed_in("GET", roles=BUILDERS)(views.pattern), name="pattern"),
]
