"""How far something may travel, how long things may be, and what a circle must have. Pure: no database, no clock."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAME_LIMIT = 120
PURPOSE_LIMIT = 2_000
RULES_LIMIT = 8_000
PERSON_NAME_LIMIT = 150
EMAIL_LIMIT = 254  # RFC 5321, section 4.5.3.1.3
INVITATION_LASTS = timedelta(days=14)  # choice of Bolwerk: a holiday long
WAY_BACK_LASTS = timedelta(days=3)  # choice of Bolwerk: who lost a phone is waiting for it
LINK_BYTES = 24  # 192 bits: nobody guesses a personal link (quality.md A 4)


class Level(models.TextChoices):
    """How far an item may travel: three of the four colours of the Traffic Light Protocol (FIRST, TLP 2.0).

    Clear is not used: what everybody may read is published, and publishing asks for consent.
    """

    RED = "red", _("Red: only for who was there")
    ORANGE = "orange", _("Orange: stays within the circle")
    GREEN = "green", _("Green: may be shared outside")


class CircleError(Exception):
    """A rule of the learning circle refuses this; the text says why, to people, and `field` at which question."""

    def __init__(self, text: str | Promise, *, field: str = "") -> None:
        super().__init__(str(text))
        self.text = text
        self.field = field


@dataclass(frozen=True)
class CirclePlan:
    """What a circle is for, how long it lasts, and what its participants promise each other."""

    name: str
    purpose: str
    starts_on: date
    ends_on: date
    house_rules: str


def check_plan(plan: CirclePlan) -> None:
    """Raises CircleError when the period runs backwards or nothing was promised."""
    if plan.ends_on < plan.starts_on:
        raise CircleError(_("The last day lies before the first. Choose a later day."), field="ends_on")
    if not plan.house_rules.strip():
        raise CircleError(
            _("Write at least one rule: participants accept them before they read along."), field="house_rules"
        )


def new_link() -> str:
    """The secret part of a personal link."""
    return secrets.token_urlsafe(LINK_BYTES)


def lasts(*, is_in: bool) -> timedelta:
    """How long a personal link works: shorter for somebody who was in already and begins anew."""
    return WAY_BACK_LASTS if is_in else INVITATION_LASTS


def digest(link: str) -> str:
    """What is kept of a personal link: it opens nothing."""
    return hashlib.sha256(link.encode()).hexdigest()
