"""Addresses of the bridge."""

from django.urls import path

from bolwerk.overview import views
from bolwerk.overview.trail.views import processing

app_name = "overview"
urlpatterns = [
    path("", views.my_day, name="my_day"),
    path("hulp/", views.help_now, name="help_now"),
    # The address that rules.activities.path_of gives to whoever reads the processing log elsewhere.
    path("verwerkingen/<str:activity>/<int:version>/", processing.activity, name="activity"),
]
