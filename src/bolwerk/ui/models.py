"""What the shell keeps for one person: drafts of forms, and views of lists saved under a name.

Both know their owner by URN: ui lies below accounts. A draft is plain text in the database for as long as field
protection (the app `vault`) does not exist: a known gap, closed when it comes.
"""

from typing import ClassVar

from django.db import models


class Draft(models.Model):
    """What somebody typed in a form and did not send yet. Gone as soon as it is sent."""

    owner = models.CharField(max_length=100)
    form = models.SlugField(max_length=80)
    values = models.JSONField()  # name of the field → list of texts, as a form posts them
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "form"], name="one_draft_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.form} of {self.owner}"


class SavedView(models.Model):
    """Filters and sort of a list under a name."""

    owner = models.CharField(max_length=100)
    list = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "list", "name"], name="one_view_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
