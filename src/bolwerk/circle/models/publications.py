"""The yield of a circle as a document: editions, and what stands in them."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.models.circles import Circle
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.publications import INTRO_LIMIT, LINE_LIMIT, TEXT_LIMIT, TITLE_LIMIT, Part
from bolwerk.vault.fields import ProtectedTextField, classes


class ItemKind(models.TextChoices):
    """What can stand in a publication."""

    LESSON = "lesson", _("Lesson")
    QUOTE = "quote", _("Quote")
    CARD = "card", _("Card")
    HANDOUT = "handout", _("Short guide")


class Edition(models.Model):
    """One edition. Once it is out nothing in it changes any more; the next one begins as a copy."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    subtitle = models.CharField(_("line under the title"), max_length=LINE_LIMIT, blank=True)
    intro = models.TextField(_("introduction"), max_length=INTRO_LIMIT, blank=True)
    language = models.CharField(max_length=5, default="nl")
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    protection = classes(
        open="title subtitle intro number language published_at", internal="id circle made_at", personal="by"
    )

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["circle", "number"], name="one_edition_a_number"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def urn(self) -> str:
        """The name by which the trail refers to it."""
        return f"urn:bolwerk:circle:edition:{self.pk}"


class EditionItem(models.Model):
    """Something in an edition, in words of its own; `source` is the URN of what it came from, if anything.

    `consent` says who agreed that everybody may read it; it never goes out with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("what it is"), max_length=10, choices=ItemKind, default=ItemKind.LESSON)
    chapter = models.CharField(_("chapter"), max_length=LINE_LIMIT)
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    text = models.TextField(_("text"), max_length=TEXT_LIMIT)
    said_by = models.CharField(_("under it stands"), max_length=LINE_LIMIT, blank=True)
    source = models.CharField(max_length=120, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.ORANGE)
    consent = ProtectedTextField(_("who said yes"), max_length=LINE_LIMIT, blank=True)

    protection = classes(
        internal="id edition position kind chapter title text said_by source level", personal="consent"
    )

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.title

    @property
    def part(self) -> Part:
        """As far as it matters whether it may go out."""
        return Part(self.title, self.chapter, self.level, bool(self.consent.strip()))
