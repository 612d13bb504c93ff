"""What this track knows for its letters."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import installation
from bolwerk.accounts.rules import Role
from bolwerk.documents.queries import templates_of
from bolwerk.documents.rules.letters import Facts, Figure, Template
from bolwerk.incidents.models import Measure
from bolwerk.incidents.queries.response.areas import areas_of, drawing_of
from bolwerk.incidents.queries.response.ladder import periods_in_force
from bolwerk.incidents.queries.response.store import person_of
from bolwerk.incidents.queries.response.track import response_of
from bolwerk.incidents.rules.arrangements import ways_in_order
from bolwerk.incidents.rules.ladder import Step
from bolwerk.incidents.rules.objections import Period
from bolwerk.ui.dates import day_in_words

BEGINS = "response-"  # the names of the letters of this track begin so
FITTING = {
    Step.WARNING: ("warning",),
    Step.ORDER_TALK: ("talk-invitation", "talk-report"),
    Step.CONTACT: ("contact",),
    Step.BAN: ("ban",),
    Step.SUSPENSION: ("suspension",),
    Step.BENEFIT: ("benefit",),
}
ALWAYS = ("talk-invitation", "lifting", "objection-answer")


def letters_for(measure: Measure) -> list[Template]:
    """The letters that fit a measure: those of its step first, then hearing, lifting and the answer to an objection."""
    codes = [f"{BEGINS}{code}" for code in dict.fromkeys((*FITTING.get(Step(measure.step), ()), *ALWAYS))]
    found = [one for one in templates_of("incidents") if one.code in codes]
    return sorted(found, key=lambda one: (codes.index(one.code), one.language != "nl"))


def _day(day: date | None) -> str:
    return day_in_words(day) if day else _("[day]")


def measure_letter_facts(measure: Measure, *, by: Person, at: datetime, language: str) -> Facts:
    """Words and references about a measure, in the language of the letter. Names no colleague but the writer."""
    incident, person = measure.incident, person_of(measure.incident)
    with override(language):
        found, identity, periods = response_of(incident), installation(), periods_in_force()
        words = {
            "person": (person.name if person else "") or _("[name]"),
            "address": (person.address if person else "") or _("[street and number]\n[postcode and town]"),
            "occurred_on": day_in_words(incident.occurred_at),
            "channel": incident.get_channel_display().lower(),
            "facts": (found.facts if found else "") or _("[what happened]"),
            "norm": (found.norm if found else "") or _("[which rule]"),
            "reasons": measure.reasons or _("[why this is needed]"),
            "heard": _heard(found.heard_on if found else None),
            "starts_on": _day(measure.starts_on),
            "ends_on": _day(measure.ends_on),
            "review_on": _day(measure.review_on),
            "areas": "\n".join(f"- {area.line}" for area in areas_of(measure)) or _nowhere(measure),
            "contact": measure.contact or _("[function, phone number and e-mail address]"),
            "ways": "\n".join(f"- {way.label}" for way in ways_in_order(measure.ways)) or _("- [way of contact]"),
            "other_channel": measure.other_channel or _("[how]"),
            "decider": str(Role(measure.decider).label).lower(),
            "route": _route(measure.route, periods[Period.OBJECT].in_words, periods[Period.HANDLE_COMPLAINT].in_words),
            "sender": by.name,
            "municipality": identity.name if identity else "Bolwerk",
            "today": day_in_words(at),
        }
        references = [(_("Date"), day_in_words(at)), (_("Our reference"), incident.reference)]
        drawn_in = f"{BEGINS}{'contact' if measure.step == Step.CONTACT else 'ban'}"
        return Facts(words, references, figures=_figures(measure), drawn_in=drawn_in)


def _nowhere(measure: Measure) -> str:
    """What stands where no place was chosen: a ban needs one, an arrangement then holds everywhere."""
    if measure.step == Step.CONTACT:
        return _("- all buildings, counters and phone numbers of the municipality")
    return _("- [building or place, address]")


def _figures(measure: Measure) -> list[Figure]:
    """The map of where it holds, with the same in words for whoever does not see it."""
    drawing = drawing_of(measure)
    if not drawing:
        return []
    named = "; ".join(f"{number}. {area.line}" for number, area in enumerate(areas_of(measure), start=1))
    said = _("Map of where it holds from %(first)s up to and including %(last)s. %(places)s") % {
        "first": _day(measure.starts_on),
        "last": _day(measure.ends_on),
        "places": named,
    }
    return [Figure(drawing, said)]


def _heard(day: date | None) -> str:
    if day is None:
        return _(
            "We have not spoken with you about this yet. You can still tell us your side; we will look again then."
        )
    return _("On %(day)s you told us your side. We took that into account.") % {"day": day_in_words(day)}


def _route(route: str, object_term: str, complaint_term: str) -> str:
    """The legal way, in plain words (Awb articles 3:45, 6:4, 6:5, 6:7; and 9:1, 9:11)."""
    if route == "objection":
        return _(
            "You can object. Send a letter to the municipality within %(term)s after the day on which this letter was "
            "sent. Write your name and address, the date, against which decision you object, and why, and sign it. The "
            "decision holds meanwhile; in urgent matters you can ask the district court for a provisional ruling."
        ) % {"term": object_term}
    return _(
        "You can complain. Send a letter to the municipality or tell us. You get an answer within %(term)s. Are you "
        "not satisfied with it? Then you can go to the ombudsman."
    ) % {"term": complaint_term}
