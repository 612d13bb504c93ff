"""What the circle of the demo exchanges: figures of seven municipalities, a feed, a copy of another host, a booklet."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone
from nacl.signing import SigningKey

from bolwerk.accounts.models import Person
from bolwerk.circle.actions.benchmark import publish_pool
from bolwerk.circle.actions.exchange import Item, bring_in, draft, issue, take_in, trust_key
from bolwerk.circle.actions.publications import Words, begin_edition, bring_out, put_in, word_edition
from bolwerk.circle.models import Card, Circle, Origin, Participant
from bolwerk.circle.queries.card_bundles import Luggage, card_to_send
from bolwerk.circle.queries.choosing import choices
from bolwerk.circle.queries.library import library
from bolwerk.circle.rules.bundles import Bundle, Material, signed_bytes
from bolwerk.demo.circle_cards import adopt
from bolwerk.demo.content import read
from bolwerk.demo.people import Town
from bolwerk.demo.pictures import leaflet

KEEPER, LEADER = "Bart Willems", "Vera Lammers"
SEVEN = 7
KINDS = ("aggression", "threat", "discrimination", "bribery", "undue_influence")


class Neighbour:
    """Another installation of the demo: a name and a key."""

    def __init__(self, name: str, dice: Random) -> None:
        self.name, self.key = name, SigningKey(dice.randbytes(32))

    @property
    def public(self) -> str:
        """Its public key."""
        return bytes(self.key.verify_key).hex()

    def signed(self, *, kind: str, title: str, content: dict[str, Any], dice: Random, at: datetime) -> bytes:
        """A bundle that it signs."""
        item = str(UUID(bytes=dice.randbytes(16), version=4))
        moment = at.isoformat(timespec="seconds")
        bundle = Bundle(kind, item, 1, title, "nl", "CC-BY-4.0", moment, self.name, self.public, content)
        return signed_bytes(bundle, lambda data: self.key.sign(data).signature.hex())


def exchange(circle: Circle, town: Town, *, seed: int, at: datetime) -> None:
    """Everything that others gave and that the circle gives back."""
    dice = Random(seed)  # noqa: S311  the same demo every time
    leader = town.people[LEADER]
    keeper = town.people[KEEPER]
    names = [member.municipality.name for member in circle.members.all()][:SEVEN]
    for name in names:
        _contribute(Neighbour(name, dice), leader, keeper, dice=dice, at=at - timedelta(days=20))
    publish_pool(circle=circle, year=at.year - 1, by=leader, on=timezone.localdate(at), at=at - timedelta(days=10))
    text = read("circle_exchange")
    host = Neighbour(text["other"]["name"], dice)
    trust_key(name=host.name, public=host.public, by=keeper, at=at - timedelta(days=85))
    for number, one in enumerate(text["other"]["items"]):
        moment = at - timedelta(days=8 if number else 80)
        content = _with_file(one)
        data = host.signed(kind=one["kind"], title=one["title"], content=content, dice=dice, at=moment)
        waiting = bring_in(data=data, by=leader, at=moment)
        if not number:
            take_in(incoming=waiting, by=leader, at=moment)
    for one in text["own"]:
        item = Item(one["kind"], UUID(bytes=dice.randbytes(16), version=4), one["title"], one["content"])
        row = draft(item=item, by=leader, at=at - timedelta(days=6))
        issue(row=row, by=leader, at=at - timedelta(days=6))
    _cards_to_and_fro(text, host, leader, dice=dice, at=at)
    _booklet(circle, text["booklet"], leader, at=at - timedelta(days=5))
    _next_booklet(circle, leader, at=at - timedelta(days=1))


def _with_file(told: dict[str, Any]) -> dict[str, Any]:
    """The content of an item, with the picture of a leaflet when it has one."""
    if "file" not in told:
        return dict(told["content"])
    return {**told["content"], "materials": [Material(told["file"], "CC-BY-4.0", leaflet()).as_dict()]}


def _cards_to_and_fro(text: dict[str, Any], host: Neighbour, leader: Person, *, dice: Random, at: datetime) -> None:
    """A card of a member goes out and another installation tells what it did; the town uses the card that came in."""
    own = Card.objects.filter(origin=Origin.OWN).first()
    if own and own.made_by:
        moment = at - timedelta(days=40)
        sending = card_to_send(own, own.versions.get(number=own.current), Luggage())
        row = draft(item=Item(**vars(sending)), by=own.made_by, at=moment)
        issue(row=row, by=own.made_by, at=moment)
        told = text["told"] | {"card": own.code, "version": own.current}
        data = host.signed(kind="adoption", title=sending.title, content=told, dice=dice, at=at - timedelta(days=7))
        take_in(incoming=bring_in(data=data, by=leader, at=at), by=leader, at=at - timedelta(days=7))
    told = text["adopted"]
    seats = Participant.objects.filter(member__municipality__name=told["by"], is_deputy=False)
    seat = seats.exclude(accepted_at=None).select_related("person").first()
    if seat and seat.person:
        adopt(told, by=seat.person, at=at - timedelta(days=told["days_ago"]))


def _next_booklet(circle: Circle, leader: Person, *, at: datetime) -> None:
    """The second edition is being made: what the sessions and the library brought since, chosen and not typed."""
    edition = begin_edition(circle=circle, title=circle.name, by=leader, at=at)
    lessons, quotes, cards, _signed = choices(edition, library())
    yes = "De hele kring, in de laatste bijeenkomst"
    for found in (*lessons.candidates[:2], *quotes.candidates[:1], *cards.candidates[:1]):
        words = Words(
            kind=found.kind,
            chapter=found.chapter,
            title=found.title,
            text=found.text,
            level="green",
            said_by=found.said_by,
            consent=found.consent or yes,
            source=found.source,
        )
        put_in(edition=edition, words=words, by=leader, at=at)


def _contribute(there: Neighbour, leader: Person, keeper: Person, *, dice: Random, at: datetime) -> None:
    """A neighbour sends its figures of last year, and they are taken in."""
    trust_key(name=there.name, public=there.public, municipality=there.name, by=keeper, at=at)
    data = there.signed(
        kind="benchmark", title=f"Cijfers van {there.name}", content=_figures(there.name, dice, at), dice=dice, at=at
    )
    take_in(incoming=bring_in(data=data, by=leader, at=at), by=leader, at=at)


def _figures(name: str, dice: Random, at: datetime) -> dict[str, Any]:
    year, employees = at.year - 1, 50 * dice.randint(6, 12)
    counts = {
        kind: 5 * round(employees * share / 5)
        for kind, share in zip(KINDS, (0.16, 0.08, 0.05, 0.02, 0.03), strict=True)
    }
    told: dict[str, int | None] = {kind: count if count >= 15 else None for kind, count in counts.items()}
    cells = [{"kind": "all", "quarter": "all", "reports": sum(counts.values())}]
    cells += [{"kind": kind, "quarter": "all", "reports": count} for kind, count in told.items()]
    return {
        "schema": "urn:bolwerk:schema:benchmark:1",
        "municipality": name,
        "year": year,
        "quarters": [f"{year}-{number}" for number in range(1, 5)],
        "made_at": f"{year + 1}-01-05T09:00:00+01:00",
        "smallest_group": 10,
        "rounding_base": 5,
        "employees": employees,
        "reports": cells,
    }


def _booklet(circle: Circle, text: dict[str, Any], leader: Person, *, at: datetime) -> None:
    """The first edition, made in an afternoon."""
    edition = begin_edition(circle=circle, title=text["title"], by=leader, at=at)
    told = {name: text[name] for name in ("title", "subtitle", "intro")}
    word_edition(edition=edition, by=leader, at=at, **told)
    for one in text["items"]:
        words = Words(level="green", consent="Ja, per mail", **one)
        put_in(edition=edition, words=words, by=leader, at=at + timedelta(minutes=20))
    bring_out(edition=edition, by=leader, at=at + timedelta(hours=3))
