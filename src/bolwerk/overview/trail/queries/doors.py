"""Where the trail stands in the navigation."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.overview.trail.access import EXTRACTORS, READERS
from bolwerk.ui.navigation import Door


def doors(person: Person, *, on: date) -> list[Door]:
    """The log for whoever may read it; for everybody who looked at their own reports, where there are any."""
    log = [Door("trail:lines", _("Log"), "history")] if roles_of(person, on=on) & READERS else []
    own = [Door("trail:who_looked", _("Who looked at my reports"), "eye", place="more")] if settings.ROOM_LOOKS else []
    return [*log, *own]


def tabs(roles: frozenset[Role]) -> list[tuple[str, str | Promise]]:
    """The pages of the log that somebody with these roles has."""
    own = [(reverse("trail:extract"), _("Extract about a person"))] if roles & EXTRACTORS else []
    processing = (reverse("trail:processing"), _("Processing"))
    return [(reverse("trail:lines"), _("Lines")), (reverse("trail:checks"), _("Is it whole?")), processing, *own]
