"""What sign-in must remember across processes: failed attempts, and who begins anew."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.rules.ways_back import Recognised
from bolwerk.crypto.classes import classes
from bolwerk.crypto.fields import ProtectedTextField


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


class FormerAddress(models.Model):
    """An e-mail address that somebody had: for a while it hears of changes in how they sign in, and of being helped.

    Whoever changes the address of another to get into their account is found out that way.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="former_addresses")
    email = ProtectedTextField()
    changed_at = models.DateTimeField()

    protection = classes(internal="id", personal="person email changed_at")

    class Meta:
        app_label = "accounts"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["changed_at"], name="former_address_at")]


class WayBack(models.Model):
    """Somebody lost every second step, and an administrator asks to let them begin anew (ADR 46).

    It happens when a second administrator agrees, or after a wait in which the person can stop it. One at a time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="ways_back")
    asked_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    recognised = models.CharField(_("how you know who it is"), max_length=20, choices=Recognised)
    reason = ProtectedTextField(_("reason"), max_length=200)
    asked_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    agreed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    protection = classes(
        internal="id recognised opens_at", personal="person asked_by reason asked_at agreed_by done_at stopped_at"
    )

    class Meta:
        app_label = "accounts"
        ordering = ("-asked_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(done_at=None, stopped_at=None), name="one_way_back_at_a_time"
            ),
        ]
