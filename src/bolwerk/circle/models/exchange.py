"""What goes to other installations and comes from them: keys that are trusted, what was issued, what came in."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.models.cards import Card
from bolwerk.circle.models.circles import Municipality
from bolwerk.circle.rules.bundles import Copy
from bolwerk.circle.rules.circles import NAME_LIMIT
from bolwerk.crypto.signing import fingerprint
from bolwerk.vault.fields import classes

TITLE_LIMIT = 200
KEY_LENGTH = 64
ADDRESS_LIMIT = 300


class TrustedKey(models.Model):
    """The public key of another installation, whose fingerprint somebody here compared."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("installation"), max_length=NAME_LIMIT)
    public = models.CharField(max_length=KEY_LENGTH, unique=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    feed = models.URLField(_("address of what it offers"), max_length=ADDRESS_LIMIT, blank=True)
    feed_at = models.DateTimeField(null=True)  # of the newest list that was seen: an older one is refused
    added_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")

    protection = classes(
        internal="id name public municipality feed feed_at added_at revoked_at", personal="added_by revoked_by"
    )

    class Meta:
        ordering = ("name", "added_at")

    def __str__(self) -> str:
        return self.name

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this key."""
        return f"urn:bolwerk:circle:trusted_key:{self.pk}"

    @property
    def fingerprint(self) -> str:
        """What people read to each other."""
        return fingerprint(self.public)


class Issued(models.Model):
    """One version of an item that leaves: seen as it will leave first (`issued_at` is empty), then signed and fixed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30)
    item = models.UUIDField()
    sequence = models.PositiveIntegerField()
    title = models.CharField(max_length=TITLE_LIMIT)
    language = models.CharField(max_length=5)
    licence = models.CharField(max_length=40)
    content = models.JSONField()
    provenance = models.JSONField(default=list)  # where it came from, the earliest first, as a bundle tells it
    data = models.TextField(blank=True)  # the bundle, once it is signed
    sha256 = models.CharField(max_length=64, blank=True)  # of the bundle: a list of many is made without reading them
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    protection = classes(
        open="title content data kind item sequence language licence issued_at provenance sha256",
        internal="id drafted_at withdrawn_at",
        personal="by",
    )

    class Meta:
        ordering = ("-drafted_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "item", "sequence"], name="one_bundle_a_version"),
            models.UniqueConstraint(fields=["kind", "item"], condition=Q(issued_at=None), name="one_draft_a_bundle"),
        ]

    @property
    def urn(self) -> str:
        """The name by which the trail refers to it."""
        return f"urn:bolwerk:circle:issued:{self.pk}"

    @property
    def file_name(self) -> str:
        """What its file is called."""
        return f"{self.kind}-{self.item}.json"


class Incoming(models.Model):
    """A bundle that was checked and found right, and waits for somebody who looks at it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    origin = models.ForeignKey(TrustedKey, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    item = models.UUIDField()
    sequence = models.PositiveIntegerField()
    title = models.CharField(max_length=TITLE_LIMIT)
    data = models.TextField()
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id origin kind item sequence title data at", personal="by")

    class Meta:
        ordering = ("-at", "title")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["origin", "kind", "item"], name="one_incoming_an_item"),
        ]

    @property
    def urn(self) -> str:
        """The name by which the trail refers to it."""
        return f"urn:bolwerk:circle:incoming:{self.pk}"


class Received(models.Model):
    """A copy of somebody else's item, with where it came from. An own change lies beside what the origin says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    origin = models.ForeignKey(TrustedKey, models.PROTECT, related_name="received")
    kind = models.CharField(max_length=30)
    item = models.UUIDField()
    sequence = models.PositiveIntegerField()  # of the newest version that came in
    title = models.CharField(max_length=TITLE_LIMIT)
    language = models.CharField(max_length=5)
    licence = models.CharField(max_length=40)
    provenance = models.JSONField()
    base = models.JSONField()
    own = models.JSONField(null=True)
    beside = models.JSONField(null=True)
    card = models.OneToOneField(Card, models.SET_NULL, null=True, related_name="copied_from")  # where a card is read
    data = models.TextField()  # the newest bundle as it came in, so that its signature can be checked again
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)  # two people who change it at once: the second is told

    protection = classes(
        internal="id origin kind item sequence title language licence provenance base own beside card data received_at "
        "updated_at version",
        personal="by",
    )

    class Meta:
        ordering = ("-updated_at", "title")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["origin", "kind", "item"], name="one_copy_an_item"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def urn(self) -> str:
        """The name by which the trail refers to it."""
        return f"urn:bolwerk:circle:received:{self.pk}"

    @property
    def shown_contact(self) -> str:
        """Whom one may call about it, as people read it here."""
        return str(self.copy.shown.get("contact", ""))

    @property
    def copy(self) -> Copy:
        """The three contents."""
        return Copy(self.base, self.own, self.beside)

    @copy.setter
    def copy(self, value: Copy) -> None:
        self.base, self.own, self.beside = value.base, value.own, value.beside
