"""The response track of one incident as a page shows it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.deadlines.models import Task
from bolwerk.deadlines.queries import shown_calendar, tasks_of, time_left
from bolwerk.documents.models import Document
from bolwerk.incidents.access import decides
from bolwerk.incidents.models import Incident, Measure, MeasureEvent, Objection, Response
from bolwerk.incidents.queries.people import handlers_for
from bolwerk.incidents.queries.response.areas import areas_of, drawing_of
from bolwerk.incidents.queries.response.ladder import ladder, proposal_for
from bolwerk.incidents.queries.story import Moment
from bolwerk.incidents.rules import HANDLERS, Hat
from bolwerk.incidents.rules.areas import Area
from bolwerk.incidents.rules.arrangements import ways_in_order
from bolwerk.incidents.rules.ladder import MISSING, Need, Step, missing
from bolwerk.incidents.rules.measures import BEHIND_THE_GATE, OVER, SEEN_BY_DECIDER, Event, State, events_for

SLUGS = {
    Event.CHANGE: "wijzigen",
    Event.ASK: "vragen",
    Event.DECIDE: "besluiten",
    Event.REFUSE: "weigeren",
    Event.SEND: "verstuurd",
    Event.REVIEW: "getoetst",
    Event.BREACH: "overtreding",
    Event.LIFT: "opheffen",
    Event.WITHDRAW: "intrekken",
}


@dataclass(frozen=True)
class MeasureShown:
    """A measure with where it stands today, what is missing, what the reader may do, and what belongs to it."""

    measure: Measure
    state: State
    missing: list[str | Promise]
    events: list[tuple[str, str]]  # the word in the address, and what it is called
    documents: list[Document]
    objections: list[Objection]
    decider: str
    number: int
    may_write: bool
    areas: list[Area]
    ways: list[str]
    drawing: SafeString

    @property
    def over(self) -> bool:
        """Whether it no longer holds."""
        return self.state in OVER

    @property
    def in_force(self) -> bool:
        """Whether it was sent and holds."""
        return self.state is State.SENT


@dataclass(frozen=True)
class TrackShown:
    """Everything on the page."""

    response: Response | None
    proposal: object
    measures: list[MeasureShown]
    due: list[tuple[str, str, bool]]
    story: list[Moment]
    handles: bool

    @property
    def hearing_written(self) -> bool:
        """Whether the person was heard, or it says why not yet."""
        return bool(self.response and (self.response.heard_on or self.response.not_heard_because))


def response_of(incident: Incident) -> Response | None:
    """What is established; None while nobody wrote anything."""
    return Response.objects.filter(incident=incident).first()


def gate_of(measure: Measure, response: Response | None, needs: frozenset[Need]) -> list[Need]:
    """What is missing before this measure may be decided or sent."""
    found = response or Response()
    met = {
        Need.FACTS: bool(found.facts_on and found.facts),
        Need.NORM: bool(found.norm),
        Need.HEARD: bool(found.heard_on or found.not_heard_because),
        Need.WARNED: bool(found.warned_on or found.not_warned_because),
        Need.REASONS: bool(measure.reasons),
        Need.END: measure.ends_on is not None,
        Need.REVIEW: measure.review_on is not None,
        Need.ROUTE: bool(measure.route),
        Need.HOUSE_RULES: measure.house_rules_shown,
        Need.POLICE: measure.police_informed,
        Need.OTHER_CHANNEL: bool(measure.other_channel),
        Need.WAY: bool(measure.contact and measure.ways),
    }
    return missing(needs, [need for need, holds in met.items() if holds])


def events_now(measure: Measure, *, hats: frozenset[Hat], on: date) -> list[Event]:
    """What somebody with these hats may do with a measure on a day, the gate left aside."""
    return events_for(measure.stands(on=on), hats)


def readers_of_response(incident: Incident, track: TrackShown, *, on: date) -> list[str]:
    """Who can read this track: whoever handles the incident, and the roles that are asked to decide."""
    people = [person.name for person in handlers_for(incident, on=on)]
    asked = [shown.decider for shown in track.measures if shown.state in SEEN_BY_DECIDER]
    return list(dict.fromkeys([*people, *asked]))


def measures_of(
    incident: Incident, response: Response | None, *, person: Person, hats: frozenset[Hat], on: date
) -> list[MeasureShown]:
    """The measures that this person may see, newest first."""
    found = Measure.objects.filter(incident=incident).select_related("proposed_by", "decided_by")
    rows = list(found.prefetch_related("objections"))
    papers, rungs = _papers(rows), ladder() if rows else {}
    shown = []
    for measure in rows:
        measure.incident = incident  # as it was fetched, with everything that joins it
        own = hats | {Hat.DECIDER} if decides(person, measure, on=on) else hats
        state, step = measure.stands(on=on), Step(measure.step)
        gate = [] if state in OVER or state is State.SENT else gate_of(measure, response, rungs[step].needs)
        events = [event for event in events_for(state, own) if not (gate and event in BEHIND_THE_GATE)]
        shown.append(
            MeasureShown(
                measure=measure,
                state=state,
                missing=[MISSING[need] for need in gate],
                events=[(SLUGS[event], str(event.label)) for event in events],
                documents=papers.get(measure.urn, []),
                objections=list(measure.objections.all()),
                decider=str(Role(measure.decider).label),
                number=step.number,
                may_write=bool(own - {Hat.REPORTER, Hat.CONCERNED}),
                areas=areas_of(measure),
                ways=[str(way.label) for way in ways_in_order(measure.ways)],
                drawing=mark_safe(drawing_of(measure)),  # noqa: S308  numbers and shapes of ours, no words of people
            )
        )
    return shown


def _papers(measures: list[Measure]) -> dict[str, list[Document]]:
    """The letters of these measures, by the measure's URN. One query."""
    urns = [measure.urn for measure in measures]
    found: dict[str, list[Document]] = {}
    for document in Document.objects.select_related("by").filter(subject__in=urns) if urns else ():
        found.setdefault(document.subject, []).append(document)
    return found


def track_of(incident: Incident, *, person: Person, hats: frozenset[Hat], at: datetime, on: date) -> TrackShown:
    """The whole track for somebody who may read it."""
    response: Response | None = getattr(incident, "response", None)
    calendar = shown_calendar()
    subject = f"urn:bolwerk:incidents:response:{incident.pk}"
    due = [
        (str(task), time_left(task, at=at, calendar=calendar), task.due_at < at)
        for task in tasks_of(subject).filter(status=Task.Status.OPEN)
    ]
    shown = measures_of(incident, response, person=person, hats=hats, on=on)
    return TrackShown(
        response=response,
        proposal=proposal_for(incident, response),
        measures=shown,
        due=due,
        story=_story(incident) if shown else [],
        handles=bool(hats & HANDLERS),
    )


def _story(incident: Incident) -> list[Moment]:
    """What happened to the measures, newest first."""
    rows = MeasureEvent.objects.filter(measure__incident=incident).select_related("by", "measure").order_by("-at")
    return [
        Moment(
            row.at,
            f"{row.measure.get_step_display()}: {row.get_event_display().lower()}",
            row.by.name if row.by else _("Bolwerk, on the date"),
            row.words,
            "scale",
        )
        for row in rows
    ]
