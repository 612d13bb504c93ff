"""Tells Django about this app."""

from django.apps import AppConfig


class CircleConfig(AppConfig):
    """The app `circle`."""

    name = "bolwerk.circle"
