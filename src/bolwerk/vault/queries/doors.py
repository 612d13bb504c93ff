"""What this app tells the shell: its doors."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.ui.navigation import Door
from bolwerk.vault.access import MANAGERS
from bolwerk.vault.queries.own import shows_notes

OWN = Door("vault:mine", _("My vault"), "key", place="more")
NOTES = Door("vault:notes", _("Sealed notes"), "lock")
MANAGING = Door("vault:managing", _("Trustees of vaults"), "shield-lock", place="more")


def doors(person: Person, *, on: date) -> list[Door]:
    """Everybody may have a vault; who has one has notes; the functional administrator appoints trustees."""
    found = [NOTES, OWN] if shows_notes(person) else [OWN]
    return [*found, MANAGING] if MANAGERS & roles_of(person, on=on) else found
