"""What this room knows for its letters and reports."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import installation
from bolwerk.documents.queries import documents_of, templates_of
from bolwerk.documents.rules.letters import Facts, Section, Template
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries.duties import open_duties
from bolwerk.incidents.queries.people import readers_of
from bolwerk.incidents.queries.story import story_for_handlers
from bolwerk.incidents.queries.terms import terms_in_force
from bolwerk.ui.dates import day_in_words, moment_in_words

OF_OTHER_TRACKS = ("response-", "police-")  # so the names of their files begin
Rows = list[tuple[str, str]]


def letters_of_incident() -> list[Template]:
    """The letters and reports about the incident itself; those of other tracks are made there."""
    return [one for one in templates_of("incidents") if not one.code.startswith(OF_OTHER_TRACKS)]


def letter_facts(incident: Incident, *, by: Person, at: datetime, language: str) -> Facts:
    """Words, references and sections about an incident, in the language of the letter."""
    with override(language):
        references = [(_("Date"), day_in_words(at)), (_("Our reference"), incident.reference)]
        return Facts(_words(incident, by=by, at=at), references, _sections(incident, at=at))


def _words(incident: Incident, *, by: Person, at: datetime) -> dict[str, str]:
    terms = {f"{duty.value}_term": term.in_words for duty, term in terms_in_force().items()}
    identity = installation()
    return terms | {
        "number": incident.reference,
        "kind": incident.get_kind_display().lower(),
        "channel": incident.get_channel_display().lower(),
        "occurred_on": day_in_words(incident.occurred_at),
        "reported_on": day_in_words(incident.reported_at),
        "reporter": incident.reporter.name,
        "reporter_department": str(incident.reporter.department or ""),
        "sender": by.name,
        "municipality": identity.name if identity else "Bolwerk",
        "today": day_in_words(at),
    }


def _sections(incident: Incident, *, at: datetime) -> list[Section]:
    readers = [(str(number), name) for number, name in enumerate(readers_of(incident, on=timezone.localdate(at)), 1)]
    return [
        Section(_("The report"), (_("What"), _("Answer")), _known(incident)),
        Section(_("What is still to be done"), (_("What"), _("Before")), _due(incident, at=at), _("Nothing is due.")),
        Section(_("What was done"), (_("When"), _("What, and by whom")), _steps(incident)),
        Section(_("Photos and documents"), (_("Kind"), _("Name and proof")), _papers(incident), _("There are none.")),
        Section(_("Who can read this report"), (_("Number"), _("Name")), readers),
    ]


def _known(incident: Incident) -> Rows:
    """What the report itself says."""
    place = f"{incident.get_channel_display()}{f': {incident.place}' if incident.place else ''}"
    rows = [
        (_("Number"), incident.reference),
        (_("Kind"), incident.get_kind_display()),
        (_("Status"), incident.get_status_display()),
        (_("Happened to"), incident.happened_to.name),
        (_("Department"), str(incident.department or "")),
        (_("Reported by"), f"{incident.reporter.name}, {moment_in_words(incident.reported_at)}"),
        (_("When"), moment_in_words(incident.occurred_at)),
        (_("Where"), place),
        (_("Safe when reporting"), incident.get_safety_display()),
        (_("In own words"), incident.words),
        (_("Handled by"), incident.assigned_to.name if incident.assigned_to else _("nobody yet")),
    ]
    return [(label, value) for label, value in rows if value]


def _steps(incident: Incident) -> Rows:
    """Every step, oldest first."""
    rows = []
    for moment in reversed(story_for_handlers(incident)):
        told = f"{moment.what} ({moment.by})"
        rows.append((moment_in_words(moment.at), f"{told}: {moment.text}" if moment.text else told))
    return rows


def _due(incident: Incident, *, at: datetime) -> Rows:
    """What is owed, and before when."""
    duties = open_duties(incident, at=at)
    return [(str(open_.duty.label), f"{moment_in_words(open_.due_at)} ({open_.left})") for open_ in duties]


def _papers(incident: Incident) -> Rows:
    """The documents of the incident, each with the beginning of its hash: proof that it is still the same."""
    told = _("%(name)s (SHA-256 begins with %(proof)s)")
    return [
        (paper.get_kind_display(), told % {"name": paper.name, "proof": paper.sha256[:16]})
        for paper in documents_of(incident.urn)
    ]
