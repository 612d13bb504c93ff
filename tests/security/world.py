"""A small municipality in which every kind of person and one of every thing exists, for the security tests.

A route with a parameter that this world does not know fails the tests: add an example of the thing to `things`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from bolwerk.accounts.actions import deactivate_person, keep_file, name_installation
from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.routes import Route
from bolwerk.accounts.rules import FileKind, Role
from bolwerk.accounts.rules.ways_back import Recognised as Known
from bolwerk.accounts.signin import ways_back
from bolwerk.accounts.tests.makers import AT, make_administrator, make_department, make_person, signed_in_client
from bolwerk.accounts.tests.sheets import csv_file
from bolwerk.accounts.tests.signing import with_app
from bolwerk.audit.actions import SYSTEM
from bolwerk.circle.actions.adoptions import fulfil_wish, take_over, wish_for
from bolwerk.circle.actions.case_drafts import Written, begin_draft
from bolwerk.circle.actions.harvest import Words, answer_consent, capture, write_minutes
from bolwerk.circle.actions.own_words import add_own_words
from bolwerk.circle.actions.publications import Words as Piece
from bolwerk.circle.actions.publications import begin_edition, put_in
from bolwerk.circle.actions.questions import Asked, ask
from bolwerk.circle.models import Case, Circle, OwnWord, Participant, Photo, PooledRelease, Preparation, Recognised
from bolwerk.circle.rules import Level
from bolwerk.circle.rules.adoptions import Plan
from bolwerk.circle.rules.questions import QuestionKind
from bolwerk.circle.rules.sessions import Captured, Consent
from bolwerk.circle.tests.card_makers import make_card
from bolwerk.circle.tests.exchange_makers import make_exchanged
from bolwerk.circle.tests.makers import make_case, make_circle, make_member, make_participant
from bolwerk.circle.tests.run_makers import make_run, make_running_at
from bolwerk.circle.tests.session_makers import make_ended, make_session
from bolwerk.deadlines.models import ClosingDay
from bolwerk.deadlines.tests.makers import make_task
from bolwerk.documents.actions import begin_letter, keep_own
from bolwerk.documents.queries import template_of
from bolwerk.documents.rules import Kind
from bolwerk.documents.rules.letters import Facts
from bolwerk.hub.actions import LeftOut, add_exclusion, ask_to_run
from bolwerk.hub.models import Study, WorkItem, WorkList
from bolwerk.hub.tests.makers import found, make_analyst, make_assessment, put_in_list, put_on
from bolwerk.incidents.actions import keep_register_file, make_kiosk, publish_figures, sealing_key
from bolwerk.incidents.actions.care import ask_for_care
from bolwerk.incidents.actions.norms import open_exercise, plan_meeting
from bolwerk.incidents.actions.police import add_damage
from bolwerk.incidents.actions.response import PlaceTold, Received, add_person, add_place, propose, receive_objection
from bolwerk.incidents.models import Concerned, Incident
from bolwerk.incidents.rules.care_help import WishKind
from bolwerk.incidents.rules.measures import Event
from bolwerk.incidents.rules.measures import Route as Against
from bolwerk.incidents.rules.norm_meetings import Exercise
from bolwerk.incidents.tests.makers import make_coordinator, make_incident
from bolwerk.incidents.tests.norm_makers import make_norm, make_norm_draft
from bolwerk.incidents.tests.police_makers import JACKET, make_police_report
from bolwerk.incidents.tests.response_makers import make_board, make_plan, make_sent, step
from bolwerk.vault.actions import place_hold
from bolwerk.vault.tests.makers import make_sealed_things

ANONYMOUS = "anonymous"
DEACTIVATED = "deactivated"  # was signed in, and then left
NO_ROLE = "no role"
REPORTER = "reporter"  # of the one incident there is
MANAGER_ELSEWHERE = "manager elsewhere"  # of another department than the incident's
NOWHERE = UUID("00000000-0000-4000-8000-000000000000")
# What a request may leave behind without changing anything: its lines in the two logs, and the session itself.


@dataclass(frozen=True)
class World:
    """The people by what they are, and one of every thing by the name of the parameter that asks for it.

    Where two rooms give the same name to different things, the room stands before it: `hub:code`. Where two pages of a
    room do, the whole name of the page: `circle:send_card:card_id`.
    """

    people: dict[str, Person | None]
    things: dict[str, object]
    forms: dict[str, dict[str, object]]  # what a page must be sent, by its name, to say anything but "not found"

    def person(self, who: str) -> Person:
        """Somebody of this world by what they are."""
        found = self.people[who]
        assert found is not None
        return found

    def client(self, who: str) -> Client:
        """A browser of that person, signed in a moment ago."""
        person = self.people[who]
        if person is None:
            return Client()
        if person.is_active:
            return signed_in_client(person)
        Person.objects.filter(pk=person.pk).update(is_active=True)
        client = signed_in_client(person)
        Person.objects.filter(pk=person.pk).update(is_active=False)
        return client

    def thing(self, route: Route, name: str) -> object:
        """The example of what a route asks for under a name."""
        room = route.name.rpartition(":")[0]
        found = (self.things.get(key) for key in (f"{route.name}:{name}", f"{room}:{name}", name))
        thing = next((one for one in found if one is not None), None)
        assert thing is not None, (
            f"{route.name} asks for '{name}', of which tests/security/world.py has no example: add one."
        )
        return thing

    def address(self, route: Route, *, of_nothing: bool = False) -> str:
        """The address of the route with a thing of this world, or with things that do not exist."""
        given: dict[str, object] = {}
        for name in parameters(route):
            thing = self.thing(route, name)
            given[name] = NOWHERE if of_nothing and isinstance(thing, UUID) else thing
        return reverse(route.name, kwargs=given or None)


def parameters(route: Route) -> list[str]:
    """Names of the parameters in the address of a route, without those that the route fills in itself."""
    space, _colon, name = route.name.rpartition(":")
    resolver = get_resolver().namespace_dict[space][1] if space else get_resolver()
    possibilities = resolver.reverse_dict.getlist(name)[0][0]
    return list(possibilities[0][1])


def make_world() -> World:
    """Build it, through the real actions."""
    name_installation(name="Zilverdam", by=SYSTEM, at=AT)
    here, elsewhere = make_department("Burgerzaken"), make_department("Vergunningen")
    reporter = make_person("Rosa Reporter", department=here)
    people: dict[str, Person | None] = {
        ANONYMOUS: None,
        DEACTIVATED: make_person("Lou Leaver", *(role for role in Role if role is not Role.EMPLOYEE)),
        NO_ROLE: _alone("Noor Norole"),
        REPORTER: reporter,
        MANAGER_ELSEWHERE: make_person("Max Elders", Role.MANAGER, roles_for=elsewhere),
    }
    people |= {role.value: _alone(f"Only {role.value}", role) for role in Role}
    keeper = make_administrator("Keeper of a file")
    leaver = people[DEACTIVATED]
    assert leaver is not None
    deactivate_person(person=leaver, by=SYSTEM, at=AT)
    leaver.refresh_from_db()
    things = _things(here, reporter, keeper)
    facilitator, member = people[Role.CIRCLE_FACILITATOR], people[Role.CIRCLE_MEMBER]
    lead = people[Role.PROGRAMME_LEAD.value]
    assert facilitator
    assert member
    assert lead
    things |= make_exchanged(facilitator) | _circle_things(facilitator, member) | _library_things(lead)
    page_things, forms = _of_a_poll_and_a_run(things)
    return World(people, things | _question(member) | _of_one_page(lead, member) | page_things, forms)


def _alone(name: str, *roles: Role) -> Person:
    """Somebody with these roles and no other, not even that of employee."""
    person = make_person(name, *roles)
    Grant.objects.filter(person=person).exclude(role__in=roles).delete()
    return person


def _hub_things() -> dict[str, object]:
    """One of every thing of the information hub, of sources that are in use today."""
    now = timezone.now()
    put_on(at=now)
    analyst = make_analyst("Anna Lyst")
    ask = ask_to_run(as_of=timezone.localdate(now), by=analyst, at=now, on=timezone.localdate(now))
    (finding,) = put_in_list(found(as_of=timezone.localdate(now)), at=now)
    until = timezone.localdate(now) + timedelta(days=100)
    worklist = WorkList.objects.create(
        rule="BED-01", rule_version=1, as_of=timezone.localdate(now), seed=1, size=1, by=analyst, at=now
    )
    item = WorkItem.objects.create(
        list=worklist, number=1, object_id="9" * 16, place="Dam", is_control=False, finding=finding
    )
    series = {"areas": ["Centrum"], "months": ["2026-01-01"], "counts": [[12]]}
    ahead: dict[str, object] = {"month": "2026-02-01", "verdict": "too_short", "areas": []}
    ahead |= dict.fromkeys(("gain", "gain_low", "gain_high"), 0.0)
    study = {"series": series, "forecast": ahead, "spots": []}
    Study.objects.create(kind="ahead", about="BED-02", as_of=timezone.localdate(now), result=study, made_at=now)
    what = LeftOut(rule="BED-02", object_id="9" * 16, place="Dam", reason="Winkelstraat", until=until)
    return {
        "hub:code": "bag",
        "assessment_id": make_assessment("brp", by=analyst, at=now).pk,
        "job_id": ask.pk,
        "finding_id": finding.pk,
        "hub:rule": "BED-02",
        "hub:about": "BED-02",
        "hub:list_id": worklist.pk,
        "hub:item_id": item.pk,
        "exclusion_id": add_exclusion(what=what, by=analyst, at=now, on=timezone.localdate(now)).pk,
    }


def _response_things(incident: Incident) -> dict[str, object]:
    """A measure of which the board is asked to decide, an objection, and somebody in the store."""
    coordinator = make_coordinator()
    earlier = make_sent(incident, coordinator, board=make_board())
    measure = step(propose(incident=incident, plan=make_plan(), by=coordinator, at=AT), Event.ASK, coordinator)
    objection = receive_objection(
        measure=earlier, received=Received(Against.OBJECTION, AT.date()), by=coordinator, at=AT
    )
    person = add_person(name="Piet Storm", address="", traits="", employee=None, by=coordinator, at=AT)
    return {
        "measure_id": measure.pk,
        "objection_id": objection.pk,
        "perpetrator_id": person.pk,
        "incidents:event": "besluiten",
        "incidents:step": "ban",
    }


def _library_things(lead: Person) -> dict[str, object]:
    """A card of the own municipality, which took it over as well, and something that is looked for."""
    card = make_card(lead, at=AT)
    adoption = take_over(card=card, version=card.versions.get(), plan=Plan(shared=True), by=lead, at=AT)
    wish = wish_for(words="Gesprek met een raadslid", why="", by=lead, at=AT)
    return {"card_id": card.pk, "adoption_id": adoption.pk, "circle:wish_id": wish.pk, "circle:move": "begonnen"}


def _question(member: Person | None) -> dict[str, object]:
    """A question that the member asked in the circle."""
    assert member is not None
    circle = Circle.objects.get()
    asked = Asked(QuestionKind.ASK, "Wie heeft een brief?")
    return {"question_id": ask(circle=circle, asked=asked, by=member, at=timezone.now()).pk}


def _norm_things(department: Department) -> dict[str, object]:
    """A norm that holds, and a draft of the next version with a rule."""
    make_norm()
    draft = make_norm_draft()
    leader, now = make_coordinator(), timezone.now()
    meeting = plan_meeting(department=department, planned_on=AT.date(), by=leader, at=AT)
    kind = Exercise.TRAFFIC_LIGHT
    exercise = open_exercise(meeting=meeting, exercise=kind, lines=["Schreeuwen."], by=leader, at=now)
    return {
        "norm_id": draft.pk,
        "rule_id": draft.rules.all()[0].pk,
        "move": "aanbieden",
        "meeting_id": meeting.pk,
        "exercise_id": exercise.pk,
        "incidents:exercise": "top-10",
        "incidents:change": "verzetten",
        "incidents:code": exercise.code,
    }


def _things(department: Department, reporter: Person, keeper: Person) -> dict[str, object]:
    sealing_key(at=AT)  # made when the page without network is first asked for
    other = make_person("Otto Other", Role.ANALYST)
    incident = make_incident(reporter)
    document = keep_own(content=b"%PDF-", name="x.pdf", subject=incident.urn, kind=Kind.FILE, by=other, at=AT)
    template = template_of("incidents", "acknowledgement", "nl")
    letter = begin_letter(subject=incident.urn, template=template, facts=Facts({}, []), by=other, at=AT)
    content = csv_file(("new@zilverdam.example", "New", ""))
    old = keep_register_file(
        content=b"nummer;datum;soort\n1;1-2-2024;ongeval\n", register="GIR", by=keeper, at=timezone.now()
    )
    file = keep_file(content=content, kind=FileKind.PEOPLE, leavers_go=False, by=keeper, at=AT)
    row = ways_back.ask(person=with_app(other), recognised=Known.IN_PERSON, reason="lost", by=keeper, at=AT)
    return {
        "person_id": other.pk,
        "way_back_id": row.pk,
        "way_back_stop:token": ways_back.stop_token(row),
        "grant_id": other.grants.get(role=Role.ANALYST).pk,
        "department_id": department.pk,
        "file_id": file.pk,
        "incidents:name": "reports",
        "incidents:file_id": old.pk,
        "incident_id": incident.pk,
        "hold_id": place_hold(subject=incident.urn, reason="Objection", by=keeper, at=AT).pk,
        "kind": "incidents.incident",
        "document_id": document.pk,
        "letter_id": letter.pk,
        "number": 1,
        "part": "content",
        "ticket": "none",
        "year": _published_year(),
        "safety:measure": "train",
        "safety:paper": "privacy-protocol",
        "safety:format": "pdf",
        **_hub_things(),
        **_response_things(incident),
        "item_id": add_damage(incident=incident, item=JACKET, by=make_coordinator(), at=AT).pk,
        "report_id": make_police_report(incident, make_coordinator()).pk,
        **_norm_things(department),
        "task_id": make_task(reporter).pk,
        "sequence": 1,
        **make_sealed_things(),
        "day": _closing_day(),
        **_kiosk(department),
        "activity": "incidents.care",
        "version": 1,
        "duty": "contact",
        "move": "stoppen",
        "wish_id": _wish(incident),
        "concerned_id": Concerned.objects.get(incident=incident).pk,
        "form": "incidents-report",
        "name": "list-few",
        "pk": 1,
        "secret": "a" * 43,
        "signin_home:code": "veendrecht",
        "signin_home_callback:code": "veendrecht",
        "uidb36": "0" * 32,
        "key": "a1b2c3-0123456789abcdef",
    }


def _of_one_page(lead: Person, member: Person) -> dict[str, object]:
    """Things of which a page wants another one than the rest of its room."""
    written = Written("Bezoek aan huis", "Jan Jansen komt elke dag.", "Wat nu?", "incident", Level.ORANGE)
    draft = begin_draft(author=None, written=written, by=lead, at=AT)
    add_own_words(member=None, words=["Steenhove"], by=lead, at=AT)
    of_member = make_card(member, "Vier ogen", at=AT)
    adoption = take_over(card=of_member, version=of_member.versions.get(), plan=Plan(shared=True), by=member, at=AT)
    answered = wish_for(words="Een brief", why="", by=member, at=AT)
    fulfil_wish(wish=answered, card=of_member, by=member, at=AT)
    pages = ("home_check_case", "home_write_case", "home_share_case", "home_throw_away")
    return {f"circle:{page}:draft_id": draft.pk for page in pages} | {
        "circle:home_drop_own_word:word_id": OwnWord.objects.get(member=None).pk,
        "circle:send_card:card_id": of_member.pk,
        "circle:send_report:adoption_id": adoption.pk,
        "circle:reopen_wish:wish_id": answered.pk,
        "circle:move_session:move": "beginnen",
    }


def _circle_things(facilitator: Person | None, member: Person | None) -> dict[str, object]:
    """A learning circle, led by whoever has that role alone, with whoever has the role of a member in it."""
    circle = make_circle(by=facilitator, at=AT)
    seat = make_participant(make_member(circle), person=member)
    session = make_ended(circle)
    words = Words(Captured.QUOTE, "Eerst bellen.", Level.GREEN, seat)
    quote = capture(session=session, words=words, by=circle.founded_by, at=AT)
    answer_consent(quote=quote, consent=Consent.GIVEN, by=circle.founded_by, at=AT)
    write_minutes(session=session, text="Wij spraken over de balie.", by=circle.founded_by, at=AT)
    pool = {"panel": [str(seat.member.municipality_id)], "cells": {"all": 720}, "employees": 2400, "off_by": 12}
    PooledRelease.objects.create(circle=circle, year=AT.year - 1, made_at=AT, by=circle.founded_by, **pool)
    edition = begin_edition(circle=circle, title="Wat werkt", by=circle.founded_by, at=AT)
    seen = Photo.objects.create(session=session, by=circle.founded_by, at=AT)
    asked = Preparation.objects.create(session=session, words="Lees dit.", by=circle.founded_by, at=AT)
    if seat.person:
        Recognised.objects.create(photo=seen, participant=seat)
    piece = Piece("lesson", "Aan de balie", "Een norm", "Spreek samen een norm af.", "green", consent="Ja")
    return {
        "circle_id": circle.pk,
        "circle:member_id": seat.member_id,
        "circle:participant_id": seat.pk,
        "circle:link": "a" * 32,
        "circle:session_id": session.pk,
        "harvest_id": quote.pk,
        "edition_id": edition.pk,
        "entry_id": put_in(edition=edition, words=piece, by=circle.founded_by, at=AT).pk,
        "circle:answer": "goed",
        "photo_id": seen.pk,
        "preparation_id": asked.pk,
        **_cases(seat),
        "circle:method_code": "incident",
        "circle:run_id": make_run(circle).pk,
        "circle:step": "pauze",
    }


def _of_a_poll_and_a_run(things: dict[str, object]) -> tuple[dict[str, object], dict[str, dict[str, object]]]:
    """A session whose day is still to be chosen, an intervision in which words are sent, and what is sent."""
    circle = Circle.objects.get(pk=str(things["circle_id"]))
    session = make_session(circle, AT + timedelta(days=7), AT + timedelta(days=8))
    run = make_running_at(circle, Case.objects.get(pk=str(things["circle:case_id"])), phase=3)
    forms: dict[str, dict[str, object]] = {
        "circle:choose_day": {"day": session.days.order_by("starts_at")[0].pk},
        "circle:send_words": {"key": uuid4(), "phase": run.phase, "text": "Bel dezelfde dag terug."},
    }
    return {"circle:choose_day:session_id": session.pk, "circle:send_words:run_id": run.pk}, forms


def _cases(seat: Participant) -> dict[str, object]:
    """A case that the member shared, one that is being written, and a word of the list of that municipality."""
    assert seat.person
    written = Written("Bezoek aan de balie", "Jan Jansen komt elke dag.", "Wat nu?", "incident", Level.ORANGE)
    add_own_words(member=seat.member, words=["Steenvoorde"], by=seat.person, at=AT)
    return {
        "circle:case_id": make_case(seat, at=AT).pk,
        "circle:draft_id": begin_draft(author=seat, written=written, by=seat.person, at=AT).pk,
        "circle:word_id": seat.member.own_words.get().pk,
    }


def _kiosk(department: Department) -> dict[str, object]:
    """A place to report without an account, and a place where a ban can hold."""
    kiosk = make_kiosk(department=department, place="Depot", by=make_coordinator(), at=AT)
    place = add_place(told=PlaceTold("Depot"), by=kiosk.made_by, at=AT)
    return {"kiosk_id": kiosk.pk, "address": kiosk.address, "place_id": place.pk}


def _wish(incident: Incident) -> UUID:
    """What whoever it happened to asked for the own care."""
    concerned = Concerned.objects.select_related("person", "incident").get(incident=incident)
    return ask_for_care(concerned=concerned, kind=WishKind.HELP, words="", by=incident.happened_to, at=AT).pk


def _closing_day() -> str:
    """A day to come on which the municipality is closed."""
    day = AT.date() + timedelta(days=365)
    return str(ClosingDay.objects.create(day=day, reason="Brugdag", source="Besluit"))


def _published_year() -> int:
    """A year of which figures were published."""
    release = publish_figures(year=AT.year - 1, on=AT.date(), at=AT)
    assert release is not None
    return release.year


@contextmanager
def undone() -> Iterator[None]:
    """Everything inside is rolled back afterwards, as after a test of Django's."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # lets actions that stand by themselves run inside
    with block:
        yield
        transaction.set_rollback(True)
