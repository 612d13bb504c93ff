"""What the circle of the demo exchanges: figures of seven municipalities, a feed, a copy of another host, a booklet."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from nacl.signing import SigningKey

from bolwerk.accounts.models import Person
from bolwerk.circle.actions.benchmark import publish_pool
from bolwerk.circle.actions.exchange import Item, bring_in, draft, issue, take_in, trust_key
from bolwerk.circle.actions.publications import Words, begin_edition, bring_out, put_in, word_edition
from bolwerk.circle.models import Circle
from bolwerk.circle.rules.bundles import Bundle, signed_bytes
from bolwerk.demo.content import read
from bolwerk.demo.people import Town

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
    publish_pool(circle=circle, year=at.year - 1, by=leader, on=at.date(), at=at - timedelta(days=10))
    text = read("circle_exchange")
    host = Neighbour(text["other"]["name"], dice)
    trust_key(name=host.name, public=host.public, by=keeper, at=at - timedelta(days=9))
    for number, one in enumerate(text["other"]["items"]):
        data = host.signed(kind=one["kind"], title=one["title"], content=one["content"], dice=dice, at=at)
        waiting = bring_in(data=data, by=leader, at=at - timedelta(days=8))
        if not number:
            take_in(incoming=waiting, by=leader, at=at - timedelta(days=8))
    for one in text["own"]:
        item = Item(one["kind"], UUID(bytes=dice.randbytes(16), version=4), one["title"], one["content"])
        row = draft(item=item, by=leader, at=at - timedelta(days=6))
        issue(row=row, by=leader, at=at - timedelta(days=6))
    _booklet(circle, text["booklet"], leader, at=at - timedelta(days=5))


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
