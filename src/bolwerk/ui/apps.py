"""Tells Django about this app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The app `ui`."""

    name = "bolwerk.ui"
