"""What the things of this room are called where only their URN is known: a number, never a word about them."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from bolwerk.accounts.models import Person
from bolwerk.incidents.access import own_incidents
from bolwerk.incidents.models import Incident
from bolwerk.incidents.rules import Duty

INCIDENT = "urn:bolwerk:incidents:incident:"
TERM = "urn:bolwerk:incidents:term:"
WORKLIST = "urn:bolwerk:incidents:worklist"
FIGURES = "urn:bolwerk:incidents:figures:"  # and the year
FILE = "urn:bolwerk:incidents:register_file:"
RESPONSE = "urn:bolwerk:incidents:response:"
CARE = "urn:bolwerk:incidents:care:"
CARE_LIST = "urn:bolwerk:incidents:care_list"
CARE_RATINGS = "urn:bolwerk:incidents:care_ratings"
ACCIDENT_LIST = "urn:bolwerk:incidents:accident_list"
MEASURE = "urn:bolwerk:incidents:measure:"
KIOSK = "urn:bolwerk:incidents:kiosk:"
LADDER = "urn:bolwerk:incidents:ladder:"
POLICE = "urn:bolwerk:incidents:police:"
DAMAGE_LIST = "urn:bolwerk:incidents:damage_list"
POLICE_SETTING = "urn:bolwerk:incidents:police_setting"
NORM = "urn:bolwerk:incidents:norm:"
NORM_MEETING = "urn:bolwerk:incidents:norm_meeting:"
HOLD_MEETING = gettext_noop("Hold the norm meeting of the team")
ADOPT_NORM = gettext_noop("Adopt the norm of the organisation")
PERPETRATOR = "urn:bolwerk:incidents:perpetrator"  # one of them, with its key, or the whole store
KEY_LENGTH = 36  # a UUID in text; what follows it (mail about a report) belongs to the same report


def names_of(urns: Iterable[str]) -> dict[str, str]:
    """The names of those things that exist, by URN: "report K7QX-9FMB"."""
    wanted = list(urns)
    keys = {urn: key for urn in wanted if (key := _key(urn))}
    rows = dict(Incident.objects.filter(pk__in=keys.values()).values_list("pk", "reference")) if keys else {}
    named = {urn: _("report %(number)s") % {"number": rows[key]} for urn, key in keys.items() if key in rows}
    terms = {f"{TERM}{duty.value}": _("the term of “%(duty)s”") % {"duty": duty.label} for duty in Duty}
    years = {urn: urn.removeprefix(FIGURES) for urn in wanted if urn.startswith(FIGURES)}
    named |= {urn: _("the figures of %(year)s") % {"year": year} for urn, year in years.items()}
    named |= {urn: _("a file of an older register") for urn in wanted if urn.startswith(FILE)}
    named |= {urn: name for urn in wanted for start, name in _others() if urn.startswith(start)}
    return named | {urn: name for urn, name in {WORKLIST: _("the worklist"), **terms}.items() if urn in wanted}


def care_urn(incident: Incident) -> str:
    """The name of the care track of an incident."""
    return f"{CARE}{incident.pk}"


def response_urn(incident: Incident) -> str:
    """The name of the response track of an incident."""
    return f"{RESPONSE}{incident.pk}"


def police_urn(incident: Incident) -> str:
    """The name of the track of police and damage of an incident."""
    return f"{POLICE}{incident.pk}"


def _others() -> list[tuple[str, str]]:
    """Things of the other tracks: named by their kind alone."""
    return [
        (CARE, _("the care after a report")),
        (CARE_LIST, _("the list of care")),
        (CARE_RATINGS, _("how care was rated")),
        (ACCIDENT_LIST, _("the list of accidents")),
        (RESPONSE, _("a reaction to a person")),
        (MEASURE, _("a measure")),
        (POLICE, _("police and damage of a report")),
        (DAMAGE_LIST, _("the list of damage")),
        (POLICE_SETTING, _("what holds for reports to the police")),
        (KIOSK, _("a kiosk")),
        (LADDER, _("the ladder of reactions")),
        (NORM, _("a version of the norm")),
        (NORM_MEETING, _("a norm meeting")),
        (PERPETRATOR, _("somebody in the store of persons")),
    ]


def subjects_of(person: Person) -> list[str]:
    """The URNs of every report that is about this person, as reporter or as whom it happened to."""
    return [f"{INCIDENT}{pk}" for pk in own_incidents(person).order_by().values_list("pk", flat=True)]


def urn_named(text: str) -> str | None:
    """The URN of the report with this number, or None. For whoever looks in the trail with a number in hand."""
    key = Incident.objects.filter(reference__iexact=text.strip()).values_list("pk", flat=True).first()
    return f"{INCIDENT}{key}" if key else None


def _key(urn: str) -> UUID | None:
    try:
        return UUID(urn.removeprefix(INCIDENT)[:KEY_LENGTH]) if urn.startswith(INCIDENT) else None
    except ValueError:  # never one of ours
        return None
