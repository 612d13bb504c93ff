"""What happened to a source, an assessment or a finding, newest first; and who can see it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Grant, Person
from bolwerk.accounts.rules import Role
from bolwerk.hub.access import OVERSEERS, READERS
from bolwerk.hub.models import Assessment
from bolwerk.hub.queries.switchboard import Stand, decisions_about, switches_of


@dataclass(frozen=True)
class Moment:
    """One line of a timeline: when, what, by whom, words if there are any, and its icon."""

    at: datetime
    what: str | Promise
    by: Person | None  # None where it went by itself
    text: str = ""
    icon: str = "notes"


def newest_first(moments: list[Moment]) -> list[Moment]:
    """The moments of a timeline in its order."""
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def history_of(stand: Stand) -> list[Moment]:
    """Every time a source was switched, every version of its assessment and what was said of it. Two queries."""
    switched = [
        Moment(one.at, _("Switched on") if one.is_on else _("Switched off"), one.by, one.reason, "adjustments")
        for one in switches_of(stand.code)
    ]
    written = [
        Moment(
            one.written_at, _("Assessment %(n)s written down") % {"n": one.version}, one.written_by, icon="file-text"
        )
        for one in stand.versions
    ]
    said = [
        Moment(
            one.at,
            _("Assessment %(n)s: %(outcome)s") % {"n": one.assessment.version, "outcome": one.get_outcome_display()},
            one.by,
            one.reason,
            "shield-check",
        )
        for one in decisions_about(stand.code)
    ]
    return newest_first(switched + written + said)


def history_of_assessment(assessment: Assessment) -> list[Moment]:
    """That it was written, and what was said of it."""
    written = Moment(assessment.written_at, _("Written down"), assessment.written_by, icon="file-text")
    said = [
        Moment(one.at, one.get_outcome_display(), one.by, one.reason, "shield-check")
        for one in assessment.decisions.select_related("by")
    ]
    return newest_first([written, *said])


def _in_sentence(label: str) -> str:
    """A label as it stands in a sentence: its first letter small, its abbreviations as they are."""
    return label[:1].lower() + label[1:]


def _people(roles: frozenset[Role], on: date) -> list[str]:
    """Names with the role in words, by name: nobody stands there twice. One query."""
    found: dict[str, str] = {}
    grants = Grant.objects.on(on).filter(role__in=[role.value for role in roles], person__is_active=True)
    for grant in grants.select_related("person").order_by("person__name", "role"):
        name = grant.person.name
        found.setdefault(name, f"{name} ({_in_sentence(str(Role(grant.role).label))})")
    return list(found.values())


def overseers(*, on: date) -> list[str]:
    """Who can see registers, rules and assessments on a day."""
    return _people(OVERSEERS, on)


def readers(*, on: date) -> list[str]:
    """Who can see findings on a day."""
    return _people(READERS, on)
