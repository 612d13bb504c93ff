"""Tells Django about this app."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """The app `deadlines`."""

    name = "bolwerk.deadlines"
