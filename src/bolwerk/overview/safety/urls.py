"""Addresses of the figures about safe work."""

from django.urls import path

from bolwerk.overview.safety.views import teams

app_name = "safety"
urlpatterns = [
    path("", teams.teams, name="teams"),
    path("team/<uuid:department_id>/", teams.latest, name="team"),
    path("team/<uuid:department_id>/<int:year>/", teams.team, name="team_of"),
]
