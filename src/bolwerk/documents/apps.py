"""Tells Django about this app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The app `documents`."""

    name = "bolwerk.documents"
