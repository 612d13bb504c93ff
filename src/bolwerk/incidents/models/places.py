"""The municipality's own places: buildings and grounds where a measure can hold."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.rules.areas import Area
from bolwerk.incidents.rules.places import ADDRESS_LIMIT, NAME_LIMIT, area_of
from bolwerk.vault.fields import classes


class Place(models.Model):
    """A place that can be chosen for a ban or a contact arrangement. A measure keeps a copy of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=NAME_LIMIT)
    address = models.CharField(_("address"), max_length=ADDRESS_LIMIT, blank=True)
    points = models.JSONField(default=list)  # longitude and latitude: none, the middle of a circle, or corners
    radius = models.PositiveSmallIntegerField(null=True)  # metres, around one point
    retired_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    protection = classes(open="id name address points radius retired_at version")

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this place."""
        return f"urn:bolwerk:incidents:place:{self.pk}"

    @property
    def area(self) -> Area:
        """The place as a measure keeps it."""
        return area_of(self.name, self.address, self.points, self.radius)
