"""Addresses of the figures about safe work."""

from django.urls import path

from bolwerk.overview.safety.views import board, privacy, teams

app_name = "safety"
urlpatterns = [
    path("", teams.teams, name="teams"),
    path("bestuur/", board.board, name="board"),
    path("privacystukken/", privacy.papers, name="privacy"),
    path("privacystukken/<slug:paper>/<slug:format>/", privacy.paper, name="privacy_paper"),
    path("maatregelen/", board.measures, name="measures"),
    path("maatregelen/<slug:measure>/", board.state, name="measure"),
    path("team/<uuid:department_id>/", teams.latest, name="team"),
    path("team/<uuid:department_id>/<int:year>/", teams.team, name="team_of"),
    path("team/<uuid:department_id>/<int:year>/halfjaarbericht/", teams.half_year, name="half_year"),
]
