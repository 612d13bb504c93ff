"""Answers from the store of persons. Whoever asks for names has written down why, in an action, before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from rapidfuzz.fuzz import token_set_ratio

from bolwerk.incidents.models import Incident, Perpetrator, PerpetratorChange, PerpetratorLink
from bolwerk.incidents.rules.ladder import Step
from bolwerk.ui.once import asked_once

ALIKE, MOST = 75, 10  # of 100; candidates shown at once: a search is no list to leaf through


@dataclass(frozen=True)
class Candidate:
    """Somebody in the store who may be meant."""

    perpetrator: Perpetrator
    likeness: int


@dataclass(frozen=True)
class Kept:
    """What is kept of one incident about a person."""

    number: str
    happened_at: datetime
    kind: str
    steps: list[str]


def person_of(incident: Incident) -> Perpetrator | None:
    """Whom an incident is about, after merging; None while that is not known."""
    link: PerpetratorLink | None = getattr(incident, "perpetrator_link", None)
    return (link.perpetrator.merged_into or link.perpetrator) if link else None


def _same(person: Perpetrator) -> list[UUID]:
    """The rows that are this person: the one that stands, and those merged into it."""
    merged = Perpetrator.objects.filter(merged_into=person).values_list("pk", flat=True)
    return asked_once(("same", person.pk), lambda: [person.pk, *merged])


def earlier_incidents(incident: Incident) -> int:
    """How many other incidents are about the same person. A count: who they are needs a reason."""
    person = person_of(incident)
    if person is None:
        return 0
    same = Q(perpetrator=person) | Q(perpetrator__merged_into=person)
    links = PerpetratorLink.objects.filter(same).exclude(incident=incident)
    return links.filter(incident__occurred_at__lt=incident.occurred_at).count()


def candidates(words: str) -> list[Candidate]:
    """Persons whose name, address or description is like these words, most alike first.

    Names lie encrypted, so the store is read through; a municipality has hundreds of rows here, not millions.
    """
    wanted = words.casefold()
    rows = [
        Candidate(row, round(max(token_set_ratio(wanted, text.casefold()) for text in _texts(row))))
        for row in Perpetrator.objects.filter(merged_into=None).select_related("employee")
    ]
    return sorted((row for row in rows if row.likeness >= ALIKE), key=lambda row: -row.likeness)[:MOST]


def _texts(row: Perpetrator) -> list[str]:
    return [row.name, f"{row.name} {row.address}", row.traits, row.number]


def extract_of(person: Perpetrator) -> tuple[list[Kept], list[PerpetratorChange]]:
    """Everything that is kept of a person: incidents with their measures, and what was changed about the person."""
    rows = Incident.objects.filter(perpetrator_link__perpetrator__in=_same(person)).prefetch_related("measures")
    kept = [
        Kept(
            row.reference,
            row.occurred_at,
            row.get_kind_display(),
            [f"{Step(one.step).label} ({one.get_state_display()})" for one in row.measures.all()],
        )
        for row in rows.order_by("-occurred_at")
    ]
    changes = PerpetratorChange.objects.select_related("by").filter(perpetrator__in=_same(person))
    return kept, list(changes)


def person_numbered(text: str) -> Perpetrator | None:
    """The person of the store with this number, or None."""
    return Perpetrator.objects.filter(number__iexact=text.strip()).first()
