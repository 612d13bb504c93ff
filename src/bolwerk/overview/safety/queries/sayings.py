"""What the trail says of these pages, after the name of whoever did it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.audit.rules.words import Group, Saying
from bolwerk.overview.safety.rules import EmployerMeasure

MEASURE, HALF_YEAR = "urn:bolwerk:overview:measure:", "urn:bolwerk:overview:half_year:"
PAPER = "urn:bolwerk:overview:privacy_paper:"  # and its code
SAYINGS = {
    "overview.measure.stated": Saying(Group.CHANGE, gettext_lazy("stated how a measure of the employer stands")),
    "overview.privacy_paper.taken": Saying(Group.EXPORT, gettext_lazy("made a privacy document")),
    "overview.half_year.taken": Saying(Group.EXPORT, gettext_lazy("downloaded the half-yearly report of a team")),
}


def names_of(urns: Iterable[str]) -> dict[str, str]:
    """The names of measures and reports, by URN."""
    found = {}
    for urn in urns:
        code = urn.removeprefix(MEASURE)
        if code in EmployerMeasure.values:
            found[urn] = _("the measure “%(measure)s”") % {"measure": EmployerMeasure(code).label}
        elif urn.startswith(PAPER):
            found[urn] = _("a privacy document")
        elif urn.startswith(HALF_YEAR):
            found[urn] = _("the half-yearly reports of %(year)s") % {"year": urn.removeprefix(HALF_YEAR)}
    return found
