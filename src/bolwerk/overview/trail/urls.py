"""Addresses of the trail."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bolwerk.overview.trail.views import anchors, checks, extract, lines, own, processing

app_name = "trail"
urlpatterns = [
    path("", lines.lines, name="lines"),
    path("regel/<int:sequence>/", lines.line, name="line"),
    path("export/", lines.export, name="export"),
    path("controle/", checks.checks, name="checks"),
    path("controle/voortgang/", checks.progress, name="progress"),
    path("uittreksel/", extract.extract, name="extract"),
    path("verwerkingen/", processing.processing, name="processing"),
    path("verwerkingen/export/", processing.export, name="processing_export"),
    path("mijn/", own.who_looked, name="who_looked"),
    path("ankers/", csrf_exempt(anchors.take), name="anchors"),  # other installations have no session: a secret counts
]
