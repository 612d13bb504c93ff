"""What the shell keeps for one person: drafts of forms, and views of lists saved under a name.

Both know their owner by URN: ui lies below accounts. What was typed lies closed.
"""

import uuid
from typing import ClassVar

from django.db import models

from bolwerk.crypto.classes import classes
from bolwerk.crypto.fields import ProtectedJSONField, ProtectedTextField


class Draft(models.Model):
    """What somebody typed in a form and did not send yet. Gone as soon as it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=100)
    form = models.SlugField(max_length=80)
    values = ProtectedJSONField[dict[str, list[str]]]()  # name of the field → texts, as a form posts them
    saved_at = models.DateTimeField()

    protection = classes(internal="id form saved_at", personal="owner", special="values")
    open_because: ClassVar[dict[str, str]] = {"owner": "The URN of whose it is: an id, by which the draft is found."}

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "form"], name="one_draft_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.form} of {self.owner}"


class SavedView(models.Model):
    """Filters and sort of a list under a name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=100)
    list = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    query = ProtectedTextField(max_length=500, blank=True)

    protection = classes(internal="id list name", personal="owner query")
    open_because: ClassVar[dict[str, str]] = {"owner": "The URN of whose it is: an id, by which the view is found."}

    class Meta:
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "list", "name"], name="one_view_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
