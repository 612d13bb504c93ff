"""Publishing what came of cards: once a quarter, over all that told it, also those that do not show it one by one."""

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from bolwerk.audit.actions import SYSTEM, record
from bolwerk.circle.models import Adoption, Card, OutcomeRelease, Received
from bolwerk.circle.rules.adoptions import FEW, Outcome
from bolwerk.circle.rules.outcomes import Told, closed, quarter_of, shown_in, through_the_gate
from knooppunt.disclosure import Memory

REPORT = "adoption"


def publish_outcomes(*, at: datetime) -> list[OutcomeRelease]:
    """Publish the figures of every card of which enough was told, up to the last closed quarter. Safe to do again."""
    on = timezone.localdate(at)
    made = []
    for card, told in _told(on).items():
        if len(told) >= FEW and (fresh := _publish(card, told, on=on, at=at)):
            made.append(fresh)
    return made


def _told(on: date) -> dict[UUID, list[Told]]:
    """By card what each municipality told last, here or from another installation."""
    found: dict[UUID, dict[str, Told]] = defaultdict(dict)
    codes = dict(Card.objects.exclude(origin="bundle").values_list("code", "pk"))
    for row in Received.objects.filter(kind=REPORT).defer("data").order_by("updated_at"):
        key, outcome = codes.get(row.base["card"]), row.base.get("outcome", "")
        if key and outcome in Outcome.values:
            quarter = quarter_of(timezone.localdate(row.updated_at))
            found[key][row.base["municipality"]] = Told(row.base["municipality"], Outcome(outcome), quarter)
    rows = Adoption.objects.exclude(outcome="").exclude(told_at=None)
    for key, name, outcome, told_at in rows.order_by().values_list("card", "municipality__name", "outcome", "told_at"):
        found[key][name] = Told(name, Outcome(outcome), quarter_of(timezone.localdate(told_at)))
    return {key: closed(by_name.values(), on=on) for key, by_name in found.items()}


def _publish(card: UUID, told: list[Told], *, on: date, at: datetime) -> OutcomeRelease | None:
    """One card. Of two workers at once the first wins; None when this quarter was published before, or brought nothing
    new: then there is nothing to tell."""
    last = OutcomeRelease.objects.filter(card=card).first()
    before = quarter_of(on)
    if last and (last.before >= before or not any(one.quarter >= last.before for one in told)):
        return None
    about = f"circle.outcomes.{card}"
    release = through_the_gate(about, told, earlier=Memory.from_json(last.memory) if last else None)
    values = {"cells": shown_in(release), "memory": release.memory.as_json(), "made_at": at}
    try:
        with transaction.atomic():
            fresh = OutcomeRelease.objects.create(card_id=card, before=before, **values)
            record("circle.outcomes.published", subject=f"urn:bolwerk:circle:card:{card}", actor=SYSTEM, at=at)
    except IntegrityError:
        return None
    return fresh
