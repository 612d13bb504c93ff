"""What was worked out about areas: a look ahead, hot spots, and how the rules fall over kinds of neighbourhoods."""

import uuid
from typing import ClassVar

from django.db import models

from bolwerk.hub.rules.studies import StudyKind
from bolwerk.vault.fields import classes


class Study(models.Model):
    """One answer about areas, as knooppunt gave it: counts and bounds, never an object."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=StudyKind)
    about = models.CharField(max_length=10)  # code of a rule, or of the register of reports
    as_of = models.DateField()
    result = models.JSONField()
    made_at = models.DateTimeField()

    protection = classes(internal="id kind about as_of result made_at")

    class Meta:
        ordering = ("-made_at",)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "about", "-made_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.about} {self.as_of}"

    @property
    def urn(self) -> str:
        """The name by which other apps refer to this study."""
        return f"urn:bolwerk:hub:study:{self.pk}"
