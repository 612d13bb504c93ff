"""What joins the rooms: where a subject lives, what somebody sent, and the content that belongs to no room."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from bolwerk.accounts.models import Person
from bolwerk.ui.content import content_file, content_language, read_yaml
from bolwerk.ui.sent import Sent

CONTENT = Path(__file__).resolve().parent / "content"
SENT_SHOWN = 5  # on Mijn dag; each room has the whole list


@dataclass(frozen=True)
class Card:
    """One small thing to learn, and where it comes from."""

    title: str
    text: str
    source: str


@dataclass(frozen=True)
class Helper:
    """Somebody who helps: who, on which number, and when to call."""

    name: str
    when: str
    phone: str = ""


@dataclass(frozen=True)
class Help:
    """A situation, and who helps in it."""

    title: str
    people: list[Helper] = field(default_factory=list)


@cache
def _content(name: str, language: str) -> list[dict[str, Any]]:
    """Entries of the municipality's own file when it has one, else of Bolwerk's."""
    file = content_file(CONTENT, f"{name}.{language}.yaml")
    return list(read_yaml(file.read_text(encoding="utf-8")))


def card_of(day: date) -> Card:
    """Today's small thing: everybody gets the same, and each comes round in turn."""
    cards = _content("today", content_language())
    return Card(**cards[day.toordinal() % len(cards)])


def help_now() -> list[Help]:
    """Who helps now, from the most urgent down."""
    return [
        Help(entry["title"], [Helper(**person) for person in entry["people"]])
        for entry in _content("help", content_language())
    ]


def sent_by(person: Person) -> list[Sent]:
    """What this person sent to whichever room, newest first."""
    told = chain.from_iterable(import_string(address)(person) for address in settings.ROOM_SENT)
    return sorted(told, key=lambda one: one.at, reverse=True)[:SENT_SHOWN]


def resolve(urn: str, person: Person, *, on: date) -> str | None:
    """The page of a subject for this person, or None: the room does not exist, or the subject does not for them."""
    app = urn.split(":")[2]
    address = settings.SUBJECT_ADDRESSES.get(app)
    page: str | None = import_string(address)(urn, person, on=on) if address else None
    return page
