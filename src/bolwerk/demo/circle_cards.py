"""The library of Zilverdam: the starting library, what the town took over, and what it looks for."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import SYSTEM
from bolwerk.circle.actions.adoptions import move_adoption, second_wish, take_over, tell_result, wish_for
from bolwerk.circle.actions.cards import begin_card, load_library, offer_to_be_called, publish_card
from bolwerk.circle.actions.questions import Asked, answer, ask, solve
from bolwerk.circle.models import Adoption, Card, Circle, Participant
from bolwerk.circle.queries.library_files import shipped_cards
from bolwerk.circle.rules.adoptions import KnownBy, Move, Outcome, Plan, Result, Step
from bolwerk.circle.rules.cards import read_card
from bolwerk.circle.rules.questions import QuestionKind
from bolwerk.demo.content import read


def fill_library(circle: Circle, *, at: datetime) -> None:
    """The starting library of half a year ago, and what the municipalities of the circle did with it."""
    load_library(cards=shipped_cards(), by=SYSTEM, at=at - timedelta(days=180))
    seats = _seats(circle)
    text = read("circle_cards")
    writer = seats[text["written"]["by"]]
    _write(text["written"], writer, at=at - timedelta(days=text["written"]["days_ago"]))
    for told in text["adopted"]:
        seat = seats[told["by"]]
        adopt(told, by=_person(seat), at=at - timedelta(days=told["days_ago"]))
    for told in text["wishes"]:
        first, *others = (_person(seats[name]) for name in told["by"])
        moment = at - timedelta(days=told["days_ago"])
        wish = wish_for(words=told["words"], why=told["why"], by=first, at=moment)
        for day, other in enumerate(others, start=1):
            second_wish(wish=wish, by=other, at=moment + timedelta(days=day))
    for told in text["questions"]:
        moment = at - timedelta(days=told["days_ago"])
        to = seats[told["to"]].member.municipality if "to" in told else None
        asked = Asked(QuestionKind(told["kind"]), told["words"], told["more"], to)
        question = ask(circle=circle, asked=asked, by=_person(seats[told["by"]]), at=moment)
        for hours, (name, words) in enumerate(told["answers"].items(), start=20):
            answer(question=question, words=words, by=_person(seats[name]), at=moment + timedelta(hours=hours))
        if told.get("solved"):
            solve(question=question, by=question.by, at=moment + timedelta(days=3))


def _seats(circle: Circle) -> dict[str, Participant]:
    """Who takes part for each municipality, the deputy not counted."""
    rows = Participant.objects.filter(member__circle=circle, is_deputy=False).exclude(accepted_at=None)
    return {row.member.municipality.name: row for row in rows.select_related("member__municipality", "person")}


def _person(seat: Participant) -> Person:
    if seat.person is None:
        raise LookupError("this seat has nobody in it")
    return seat.person


def _write(told: dict[str, Any], seat: Participant, *, at: datetime) -> None:
    """A card that a member wrote, who may be called about it."""
    by = _person(seat)
    card = begin_card(content=read_card(told["card"]), by=by, at=at)
    publish_card(card=card, by=by, at=at + timedelta(hours=1))
    offer_to_be_called(card=card, participant=seat, words=told["call"], by=by, at=at + timedelta(hours=2))


def adopt(told: dict[str, Any], *, by: Person, at: datetime) -> Adoption:
    """Take a card over, and go as far with it as the story tells."""
    card = Card.objects.get(code=told["card"])
    plan = Plan(timezone.localdate(at), told.get("adapted", ""), shared=told.get("shared", True))
    version = card.versions.get(number=card.current)
    adoption = take_over(card=card, version=version, plan=plan, by=by, at=at)
    moment = at + timedelta(days=10)
    if "started" in told:
        step = Step(Move.START, timezone.localdate(moment))
        adoption = move_adoption(adoption=adoption, step=step, by=by, at=moment, seen=adoption.version)
    if "outcome" in told:
        result = Result(Outcome(told["outcome"]), KnownBy(told["known_by"]), told["result"])
        later = moment + timedelta(days=30)
        adoption = tell_result(adoption=adoption, result=result, by=by, at=later, seen=adoption.version)
    if "stopped" in told:
        later = moment + timedelta(days=40)
        step = Step(Move.STOP, timezone.localdate(later), told["stopped"])
        adoption = move_adoption(adoption=adoption, step=step, by=by, at=later, seen=adoption.version)
    return adoption
