"""Tells Django about this app."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """The app `incidents`."""

    name = "bolwerk.incidents"
