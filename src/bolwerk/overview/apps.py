"""Tells Django about this app."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """The app `overview`."""

    name = "bolwerk.overview"
