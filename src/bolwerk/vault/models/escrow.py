"""Escrow: who the trustees are, which halves they hold, and requests to open a vault together."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bolwerk.vault.fields import ProtectedTextField, classes
from bolwerk.vault.models.keys import PersonalKey
from bolwerk.vault.rules.ring import Place
from bolwerk.vault.rules.steps import Outcome, Purpose


class Trustee(models.Model):
    """Somebody who may help to open a vault, together with another trustee. Never two rows at once for a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    protection = classes(internal="id", personal="person appointed_at accepted_at ended_at")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="vault_trustee_once"),
        ]

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this trusteeship."""
        return f"urn:bolwerk:vault:trustee:{self.pk}"


class EscrowHalf(models.Model):
    """One half of a key, sealed to the trustee who holds it. The other half of the pair is with another trustee."""

    key = models.ForeignKey(PersonalKey, models.CASCADE, related_name="halves")
    pair = models.UUIDField()
    side = models.PositiveSmallIntegerField()
    holder = models.ForeignKey(PersonalKey, models.PROTECT, related_name="held_halves")
    box = models.BinaryField()

    protection = classes(internal="id key pair side", personal="holder", sealed="box")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pair", "side"], name="vault_half_once"),
            # Nobody holds both halves of a pair: that would be one trustee who opens alone.
            models.UniqueConstraint(fields=["pair", "holder"], name="vault_half_other_holder"),
        ]

    @property
    def place(self) -> Place:
        """Where the half lies."""
        return Place("vault_escrowhalf", "box", f"{self.key_id}:{self.pair}:{self.side}")


class EscrowRequest(models.Model):
    """A request to two trustees to open a vault together: for its owner, or for a successor.

    What comes out is sealed to `receiver_public`: the successor's vault, or a pair made for the occasion, whose private
    half is wrapped with the new phrase that the owner chose when asking.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(PersonalKey, models.CASCADE, related_name="requests")
    purpose = models.CharField(max_length=20, choices=Purpose)
    receiver = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    receiver_public = models.BinaryField()
    receiver_wrapped = models.BinaryField(null=True)  # only for the owner: the new phrase opens it
    reason = ProtectedTextField(_("reason"), max_length=200)
    asked_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    first = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    first_at = models.DateTimeField(null=True)
    second = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    box = models.BinaryField(null=True)  # the private half, once two trustees agreed, until it was received
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.ASKED)
    ended_at = models.DateTimeField(null=True)

    protection = classes(
        open="receiver_public",
        internal="id purpose outcome",
        personal="key receiver reason asked_by asked_at first first_at second second_at ended_at",
        sealed="receiver_wrapped box",
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key"], condition=Q(ended_at=None), name="vault_one_open_request"),
            models.CheckConstraint(condition=~Q(first=models.F("second")), name="vault_two_different_trustees"),
        ]

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this request."""
        return f"urn:bolwerk:vault:request:{self.pk}"

    def place(self, column: str) -> Place:
        """Where something sealed or wrapped lies."""
        return Place("vault_escrowrequest", column, str(self.pk))


class HandedHalf(models.Model):
    """A half that the first trustee opened and sealed to a colleague, who may become the second."""

    request = models.ForeignKey(EscrowRequest, models.CASCADE, related_name="handed")
    pair = models.UUIDField()
    to = models.ForeignKey(PersonalKey, models.CASCADE, related_name="+")
    box = models.BinaryField()

    protection = classes(internal="id request pair", personal="to", sealed="box")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["request", "to"], name="vault_handed_once"),
        ]

    @property
    def place(self) -> Place:
        """Where the half lies."""
        return Place("vault_handedhalf", "box", f"{self.request_id}:{self.pair}")
