"""Answers from the store of persons. Whoever asks for names has written down why, in an action, before."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from rapidfuzz.fuzz import token_set_ratio

from bolwerk.incidents.models import Incident, Perpetrator, PerpetratorChange, PerpetratorLink, PersonToken
from bolwerk.incidents.rules.ladder import Step
from bolwerk.incidents.rules.person_index import keys_of, person_indexers, words_of
from bolwerk.ui.once import asked_once
from bolwerk.vault.fields import current_ring

ALIKE, SAME, MOST = 75, 100, 10  # of 100; candidates shown at once: a search is no list to leaf through
OPENED = 40  # rows that a search opens at most, to say how much alike they are
MOST_TOKENS = 20_000  # hits that are counted: a word that everybody shares tells nothing


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
    """Persons whose name, address, description or number is like these words, most alike first.

    The index says which rows share words with what is asked; only those are opened, at most OPENED of them. A row that
    was merged leads to the person into whom it went.
    """
    number, asked = words.strip(), " ".join(words_of(words))
    found = Perpetrator.objects.filter(Q(pk__in=_sharing(words)) | Q(number__iexact=number))
    best: dict[UUID, Candidate] = {}
    for row in found.select_related("employee", "merged_into"):
        texts = (" ".join(words_of(text)) for text in _texts(row))
        meant = row.number.casefold() == number.casefold()
        likeness = SAME if meant else round(max(token_set_ratio(asked, text) for text in texts))
        person = row.merged_into or row
        if likeness >= ALIKE and (person.pk not in best or best[person.pk].likeness < likeness):
            best[person.pk] = Candidate(person, likeness)
    return sorted(best.values(), key=lambda one: -one.likeness)[:MOST]


def _sharing(words: str) -> list[UUID]:
    """The rows that share most words with these, by the hashes of every key of the ring."""
    asked = words_of(words)
    word_of: dict[str, str] = {}
    for indexer in person_indexers(current_ring()):
        word_of |= {indexer.token(key): word for word in asked for key in keys_of(word)}
    shared: dict[UUID, set[str]] = defaultdict(set)
    rows = PersonToken.objects.filter(token__in=word_of).values_list("perpetrator_id", "token")
    for person, token in rows[:MOST_TOKENS]:
        shared[person].add(word_of[token])
    return sorted(shared, key=lambda person: -len(shared[person]))[:OPENED]


def _texts(row: Perpetrator) -> list[str]:
    return [row.name, f"{row.name} {row.address}", row.traits]


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
