"""What this app tells the shell: its doors."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.ui.navigation import Door

MANAGING = [
    Door("people", _("People"), "users"),
    Door("departments", _("Departments"), "sitemap"),
    Door("roles", _("Roles"), "id-badge"),
    Door("installation_change", _("Name and look"), "adjustments", place="more"),
]
OWN = [Door("profile", _("My profile"), "user", place="more")]


def doors(person: Person, *, on: date) -> list[Door]:
    """The pages of this app that somebody has: the own profile, and those of the functional administrator."""
    return [*(MANAGING if Role.FUNCTIONAL_ADMINISTRATOR in roles_of(person, on=on) else []), *OWN]
