"""The page "Toestand": what the doctor says, for the functional administrator."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.config import health
from bolwerk.config.doors import ROLES

ABOUT = {
    "settings": _("Settings"),
    "worker": _("The worker"),
    "mail": _("Mail"),
    "clock": _("The clock"),
    "disk": _("The disk"),
    "keys": _("Key files"),
    "key ring": _("The key ring"),
    "key copy": _("A copy of the keys"),
    "backup": _("Backups"),
    "registers": _("Registers"),
    "uploads": _("Uploads"),
}


@signed_in("GET", roles=ROLES)
def state(request: SignedInRequest) -> HttpResponse:
    """Show what asks for attention first, then what is well. What takes a scan is left to `bolwerk doctor`."""
    found = health.examine(at=timezone.now(), looks=health.QUICK)
    named = [(ABOUT.get(one.about, one.about), one) for one in found]
    page = {"ill": [pair for pair in named if not pair[1].well], "well": [pair for pair in named if pair[1].well]}
    return render(request, "config/state.html", page)
