"""Reactions to persons in Zilverdam, each at another step: made through the real actions, some days apart."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import people_with
from bolwerk.accounts.rules import Role
from bolwerk.demo.content import read
from bolwerk.documents.actions import begin_letter, keep_letter
from bolwerk.documents.queries import digest_of, pdf_of, template_of
from bolwerk.incidents.actions import response as steps
from bolwerk.incidents.models import Incident, Measure
from bolwerk.incidents.queries.response import measure_letter_facts
from bolwerk.incidents.rules import Kind
from bolwerk.incidents.rules.areas import Area, places_from
from bolwerk.incidents.rules.arrangements import Way
from bolwerk.incidents.rules.ladder import Severity, Step
from bolwerk.incidents.rules.measures import Event, Findings, Hearing, Plan, Route, Said

WITH_A_PERSON = [Kind.AGGRESSION, Kind.THREAT, Kind.DISCRIMINATION]
LETTERS = {Step.WARNING: "response-warning", Step.CONTACT: "response-contact", Step.BAN: "response-ban"}
A_DAY = timedelta(days=1)
FIRST_DAYS = timedelta(days=200)  # ago: before any of these reactions
PLACES = Path(__file__).resolve().parent / "texts" / "places.geojson"


@dataclass(frozen=True)
class Stage:
    """Who proposes and who decides, and when it begins."""

    coordinator: Person
    board: Person
    at: datetime


def add_reactions(*, coordinator: Person, board: Person, at: datetime) -> None:
    """A warning, a ban with review next week, one the gate keeps, one with an objection, one that ended by itself."""
    _add_places(by=coordinator, at=at - FIRST_DAYS)
    rows = Incident.objects.filter(kind__in=WITH_A_PERSON, erased_at=None).exclude(department=None)
    free = list(rows.exclude(happened_to=coordinator).select_related("happened_to", "department"))
    for told in read("reactions"):
        moment = at - told["days_ago"] * A_DAY
        incident = next(row for row in free if row.reported_at < moment)  # the latest one before it
        free.remove(incident)
        _react(incident, told, Stage(coordinator, board, moment))
    steps.end_measures(at=at)


def _react(incident: Incident, told: dict[str, Any], stage: Stage) -> None:
    """One reaction as far as it is told."""
    by, at, day = stage.coordinator, stage.at, timezone.localdate(stage.at)
    known = {field: told.get(field, "") for field in ("name", "address", "traits")}
    person = steps.add_person(employee=None, by=by, at=at, **known)
    steps.link_person(incident=incident, perpetrator=person, by=by, at=at)
    findings = Findings(
        Severity(told["severity"]),
        told["facts"],
        day,
        told["norm"],
        warned_on=day - 40 * A_DAY if told.get("warned") else None,
        not_warned_because="" if told.get("warned") else "Dit is de eerste keer dat we deze persoon tegenkomen.",
    )
    steps.establish(incident=incident, findings=findings, by=by, at=at, seen=0)
    if told.get("heard"):
        steps.write_hearing(incident=incident, hearing=Hearing(day, told["heard"]), by=by, at=at, seen=1)
    measure = steps.propose(incident=incident, plan=_plan(told, stage), by=by, at=at)
    if told["until"] != "proposed":
        _carry_on(measure, told, stage)


def bring_places(*, folder: Path) -> None:
    """The town's ground, where a municipality puts its file; its places are typed in Bolwerk."""
    own = folder / "content"
    own.mkdir(exist_ok=True)
    whole = json.loads(PLACES.read_text(encoding="utf-8"))
    ground = [one for one in whole["features"] if "ground" in one["properties"]]
    (own / PLACES.name).write_text(json.dumps(whole | {"features": ground}, indent=1), encoding="utf-8")


def _add_places(*, by: Person, at: datetime) -> None:
    """The places of the town, as its coordinator typed them."""
    for feature in json.loads(PLACES.read_text(encoding="utf-8"))["features"]:
        told, drawn = feature["properties"], feature["geometry"]
        if "code" in told:
            corners = [drawn["coordinates"]] if drawn["type"] == "Point" else drawn["coordinates"][0]
            points = tuple((lon, lat) for lon, lat in corners)
            place = steps.PlaceTold(told["name"], told["address"], points, told.get("radius"))
            steps.add_place(told=place, by=by, at=at)


def _where() -> tuple[Area, ...]:
    """The town hall with its square, and where people come for work."""
    areas = places_from(json.loads(PLACES.read_text(encoding="utf-8"))).areas
    return areas["stadhuis"], areas["werkplein"]


def _plan(told: dict[str, Any], stage: Stage) -> Plan:
    step, day = Step(told["step"]), timezone.localdate(stage.at)
    length = int(told.get("length", 0))
    return Plan(
        step=step,
        deviation=told.get("deviation", "De matrix kent alleen het aantal keren; dit past beter bij wat er gebeurde."),
        reasons=told["reasons"],
        starts_on=day if length else None,
        ends_on=day + length * A_DAY if length else None,
        review_on=day + int(told["review"]) * A_DAY if "review" in told else None,
        route=told.get("route", ""),
        house_rules_shown=step is Step.BAN,
        police_informed=step is Step.BAN,
        other_channel=told.get("other_channel", ""),
        areas=_where() if step is Step.BAN else (),
        contact="Teammanager Publiek, 0229 55 55 55" if step is Step.CONTACT else "",
        ways=(Way.PHONE, Way.LETTER) if step is Step.CONTACT else (),
    )


def _carry_on(measure: Measure, told: dict[str, Any], stage: Stage) -> None:
    """Asked, decided by somebody else, its letter kept and sent; and what the person did against it."""
    by, at = stage.coordinator, stage.at
    decider = stage.board if Step(measure.step).number > 1 else _manager(measure) or stage.board
    for event, who in ((Event.ASK, by), (Event.DECIDE, decider)):
        _step(measure, event, by=who, at=at)
    now = Measure.objects.select_related("incident__happened_to", "incident__department").get(pk=measure.pk)
    facts = measure_letter_facts(now, by=by, at=at, language="nl")
    template = template_of("incidents", LETTERS[Step(now.step)], "nl")
    letter = begin_letter(subject=now.urn, template=template, facts=facts, by=by, at=at)
    keep_letter(letter=letter, shown=digest_of(pdf_of(letter)), by=by, at=at)
    _step(now, Event.SEND, by=by, at=at, said=Said(day=timezone.localdate(at)))
    if told["until"] == "objection":
        sent = Measure.objects.select_related("incident").get(pk=measure.pk)
        received = steps.Received(Route.OBJECTION, timezone.localdate(at + 6 * A_DAY), words=told["objection"])
        steps.receive_objection(measure=sent, received=received, by=by, at=at + 6 * A_DAY)


def _manager(measure: Measure) -> Person | None:
    """Somebody who may decide a warning about this incident."""
    role, incident = Role(measure.decider), measure.incident
    people = people_with(role, on=timezone.localdate(measure.proposed_at), department=incident.department)
    return people.exclude(pk=incident.happened_to_id).order_by("name").first()


def _step(measure: Measure, event: Event, *, by: Person, at: datetime, said: Said | None = None) -> None:
    now = Measure.objects.select_related("incident").get(pk=measure.pk)
    steps.move_measure(measure=now, event=event, by=by, at=at, seen=now.version, said=said or Said())
