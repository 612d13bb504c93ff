"""What sign-in must remember across processes: failed attempts. Everything else lies with allauth."""

from typing import ClassVar

from django.db import models

from bolwerk.crypto.classes import classes


class Attempt(models.Model):
    """One attempt at a secret that failed, or is being checked now. Only keyed hashes: nobody can be read from it.

    A row is written before the secret is checked and taken away when it was right, so that attempts sent at the same
    moment see each other.
    """

    purpose = models.CharField(max_length=20)  # password, code, reset
    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    device = models.CharField(max_length=64, blank=True)  # empty: a device this account was never seen on
    at = models.DateTimeField()

    protection = classes(internal="id purpose account address device at")

    class Meta:
        app_label = "accounts"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["purpose", "account", "at"], name="attempt_account"),
            models.Index(fields=["purpose", "address", "at"], name="attempt_address"),
            models.Index(fields=["at"], name="attempt_at"),
        ]
