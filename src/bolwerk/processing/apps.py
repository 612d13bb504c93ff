"""Tells Django about this app."""

from django.apps import AppConfig


class ProcessingConfig(AppConfig):
    """The app `processing`."""

    name = "bolwerk.processing"
