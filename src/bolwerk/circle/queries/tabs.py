"""The parts of a circle as tabs, and what every page of a circle needs."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from bolwerk.accounts.models import Person
from bolwerk.circle.access import circles_led_by
from bolwerk.circle.models import Circle

# The name of a page and its word, in the order of the tabs. Each part adds its own where it belongs:
# Overview, Sessions, Cases, Library, Questions, Figures, Publication.
PAGES: tuple[tuple[str, str | Promise], ...] = (
    ("circle:circle", pgettext_lazy("part of a circle", "Overview")),
    ("circle:sessions", pgettext_lazy("part of a circle", "Sessions")),
    ("circle:cases", pgettext_lazy("part of a circle", "Cases")),
    ("circle:runs", pgettext_lazy("part of a circle", "Intervision")),
    ("circle:questions", pgettext_lazy("part of a circle", "Questions")),
    ("circle:people", pgettext_lazy("part of a circle", "Who takes part")),
    ("circle:figures", pgettext_lazy("part of a circle", "Figures")),
    ("circle:publication", pgettext_lazy("part of a circle", "Publication")),
)
# Parts that a circle shares with the others of this installation: these have one address.
SHARED: tuple[tuple[str, str | Promise], ...] = (("circle:cards", pgettext_lazy("part of a circle", "Library")),)


def tabs_of(circle: Circle) -> list[tuple[str, str | Promise]]:
    """Address and word of each part of a circle."""
    own = [(reverse(name, args=[circle.pk]), text) for name, text in PAGES]
    return own + [(reverse(name), text) for name, text in SHARED]


def frame_of(circle: Circle, person: Person, *, leads: bool | None = None) -> dict[str, Any]:
    """What every page of a circle shows: the circle, its tabs, and whether this person leads it, asked when unknown."""
    if leads is None:
        leads = circles_led_by(person).filter(pk=circle.pk).exists()
    return {"circle": circle, "tabs": tabs_of(circle), "leads": leads}


def is_running(circle: Circle, *, on: date) -> bool:
    """Whether a circle goes on: not closed, and its last day not past."""
    return circle.closed_at is None and circle.ends_on >= on
