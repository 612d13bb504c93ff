"""Tells Django about this app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The app `audit`."""

    name = "bolwerk.audit"
