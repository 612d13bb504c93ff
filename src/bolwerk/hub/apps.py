"""Tells Django about this app."""

from django.apps import AppConfig


class HubConfig(AppConfig):
    """The app `hub`."""

    name = "bolwerk.hub"
