"""Addresses of retention."""

from django.urls import path

from bolwerk.vault.views import retention

app_name = "retention"
urlpatterns = [
    path("", retention.rules, name="rules"),
    path("termijn/<str:kind>/", retention.periods, name="periods"),
    path("vasthouden/", retention.holds, name="holds"),
    path("vasthouden/<uuid:hold_id>/", retention.lift, name="lift"),
    path("bewijs/", retention.proof, name="proof"),
]
