"""Documents and the letters they are made from. The content lies in files that nobody reads without the key ring."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.documents.rules import Kind, is_waiting
from bolwerk.vault.fields import ProtectedJSONField, ProtectedTextField, classes


class Document(models.Model):
    """A file that was made harmless (or that Bolwerk made itself), and what it belongs to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    subject = models.CharField(max_length=200)  # URN of what it belongs to, whose room decides who may read it
    name = ProtectedTextField(_("name"), max_length=100)
    format = models.CharField(max_length=10)  # after cleaning: jpeg, pdf, docx or xlsx
    size = models.PositiveIntegerField()  # bytes of the content, before it is put under lock
    sha256 = models.CharField(max_length=64)  # of the content: proof that it is still the same
    received_sha256 = models.CharField(max_length=64)  # of the file as it came in, before it was cleaned
    has_thumbnail = models.BooleanField(default=False)
    has_original = models.BooleanField(default=False)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("put in"))
    scanned_at = models.DateTimeField(null=True)  # when the virus scanner last found nothing; none without a scanner

    protection = classes(
        internal="id kind subject format size sha256 received_sha256 has_thumbnail has_original scanned_at",
        personal="name by at",
    )

    class Meta:
        ordering = ("at", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="document_kind_known"),
            models.UniqueConstraint(fields=["subject", "received_sha256"], name="document_once_a_subject"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["by", "at"])]

    def __str__(self) -> str:
        return self.name

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this document."""
        return f"urn:bolwerk:documents:document:{self.pk}"

    @property
    def is_waiting(self) -> bool:
        """Whether the form that it was uploaded with was not sent yet."""
        return is_waiting(self.subject)


class Attempt(models.Model):
    """That somebody tried to put in a file, whether it was taken in or not: counted per hour, then forgotten."""

    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = classes(internal="id", personal="by at")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["by", "at"])]


class Holder(models.Model):
    """A person or subject whose documents are counted: its row is locked, so that two cannot take the last place."""

    urn = models.CharField(max_length=200, unique=True)

    protection = classes(internal="id urn")


class Letter(models.Model):
    """A letter or report that is being written. Once it is kept it has a document, and never changes again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=200)  # URN of what it is about
    kind = models.CharField(max_length=10, choices=Kind)
    template = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    values: ProtectedJSONField[dict[str, Any]] = ProtectedJSONField()
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)  # nobody overwrites a colleague unseen
    document = models.OneToOneField(Document, models.CASCADE, null=True, related_name="letter")

    protection = classes(
        internal="id subject kind template language version document",
        personal="by changed_at",
        special="values",
    )

    class Meta:
        ordering = ("-changed_at", "pk")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["subject"])]

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this letter."""
        return f"urn:bolwerk:documents:letter:{self.pk}"
