"""Tells Django about this app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The app `vault`."""

    name = "bolwerk.vault"
