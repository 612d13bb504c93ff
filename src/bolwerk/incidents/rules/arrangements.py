"""A contact arrangement: by which ways somebody still reaches the municipality. Pure."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

CONTACT_LIMIT = 300


class Way(models.TextChoices):
    """A way of contact that stays open."""

    PHONE = "phone", _("by phone, with the contact point")
    MAIL = "mail", _("by e-mail, to the contact point")
    LETTER = "letter", _("by letter")
    APPOINTMENT = "appointment", _("at a place named here, by appointment only")
    COMPANION = "companion", _("through somebody who speaks for the person")


def ways_in_order(chosen: Iterable[str]) -> list[Way]:
    """The ways as a list reads them; what is unknown is left out."""
    named = set(chosen)
    return [way for way in Way if way.value in named]
