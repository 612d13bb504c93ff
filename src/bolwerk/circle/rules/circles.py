"""How far something may travel, and how long things may be. Pure: no database, no clock, no request."""

from django.db import models
from django.utils.translation import gettext_lazy as _

NAME_LIMIT = 120
PURPOSE_LIMIT = 2_000
RULES_LIMIT = 8_000
PERSON_NAME_LIMIT = 150
EMAIL_LIMIT = 254  # RFC 5321, section 4.5.3.1.3


class Level(models.TextChoices):
    """How far an item may travel: three of the four colours of the Traffic Light Protocol (FIRST, TLP 2.0).

    Clear is not used: what everybody may read is published, and publishing asks for consent.
    """

    RED = "red", _("Red: only for who was there")
    ORANGE = "orange", _("Orange: stays within the circle")
    GREEN = "green", _("Green: may be shared outside")
