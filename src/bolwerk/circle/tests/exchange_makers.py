"""Makes bundles of another installation, and keys that are trusted here, for tests."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from nacl.signing import SigningKey

from bolwerk.accounts.models import Person
from bolwerk.circle.actions.exchange import Item, bring_in, draft, issue, take_in, trust_key
from bolwerk.circle.models import Circle, TrustedKey
from bolwerk.circle.rules.bundles import Bundle, signed_bytes
from bolwerk.circle.tests.makers import MONDAY, make_member

CONTACT = "balie@oosterwaard.example, 010 123 45 67"


def card(**changes: Any) -> dict[str, Any]:
    """A card as it travels, with other words in Dutch."""
    text = {
        "title": "Mystery guest aan de balie",
        "problem": "Aan de balie gaat het soms mis.",
        "target": "Balie en telefoon",
        "goals": ["Twee maatregelen die morgen kunnen"],
        "steps": ["Spreek af wat je oefent.", "Nodig iemand uit.", "Bespreek wat opviel."],
        "conditions": "",
        "cost": "",
        "materials": "",
        "transferability": "",
        "experience": "De nabespreking telt het meest.",
    }
    known = {"effect": "none", "mechanism": "sources", "moderators": "none", "implementation": "experience"}
    words = {
        "code": "mystery-guest-balie",
        "number": 3,
        "language": "nl",
        "provenance": "Oosterwaard",
        "licence": "CC-BY-4.0",
        "evidence": "described",
        "cost_class": "hours",
        "hours": 24,
        "themes": ["veiligheid"],
        "groups": ["desk"],
        "sizes": ["small", "middle"],
        "known": known | {"economics": "none"},
        "sources": ["Broekhuizen, De Wildt en Boutellier, Concrete handreikingen (2020)"],
        "texts": {"nl": text | changes},
    }
    return {"card": words, "contact": CONTACT}


CARD = card()


class Elsewhere:
    """Another installation: its key, and bundles that it signs."""

    def __init__(self, name: str = "Kring Noord") -> None:
        self.name, self.key = name, SigningKey.generate()

    @property
    def public(self) -> str:
        """Its public key."""
        return bytes(self.key.verify_key).hex()

    def sign(self, data: bytes) -> str:
        """Its signature over these bytes."""
        return self.key.sign(data).signature.hex()

    def bundle(self, **changes: Any) -> Bundle:
        """A card that it issues."""
        usual = Bundle(
            kind="card",
            item=str(uuid4()),
            sequence=1,
            title="Mystery guest aan de balie",
            language="nl",
            licence="CC-BY-4.0",
            issued_at=MONDAY.isoformat(),
            origin=self.name,
            key=self.public,
            content=CARD,
        )
        return replace(usual, **changes)

    def signed(self, **changes: Any) -> bytes:
        """The same as a file."""
        return signed_bytes(self.bundle(**changes), self.sign)

    def trusted(self, by: Person, **more: Any) -> TrustedKey:
        """Trust this installation here."""
        return trust_key(name=self.name, public=self.public, by=by, at=MONDAY, **more)


def make_exchanged(by: Person) -> dict[str, object]:
    """One of every thing of the exchange, by the name under which addresses ask for it."""
    there = Elsewhere()
    key = there.trusted(by, feed="https://kring-noord.example/leerkring/aanbod/index.json")
    copy = take_in(incoming=bring_in(data=there.signed(), by=by, at=MONDAY), by=by, at=MONDAY)
    waiting = bring_in(data=there.signed(title="Normoverleg"), by=by, at=MONDAY)
    row = issue(row=draft(item=Item("card", uuid4(), "Vier ogen", CARD), by=by, at=MONDAY), by=by, at=MONDAY)
    return {
        "circle:key_id": key.pk,
        "received_id": copy.pk,
        "incoming_id": waiting.pk,
        "issued_id": row.pk,
        "circle:file": row.file_name,
        "circle:name": "card",
    }


def figures_of(name: str, year: int, *, times: int = 1) -> dict[str, Any]:
    """The figures of a municipality over a whole year, as its gate let them through."""
    kinds = {"all": 120, "aggression": 60, "threat": 35, "discrimination": 15, "bribery": 10}
    quarters = [f"{year}-{number}" for number in range(1, 5)]
    return {
        "schema": "urn:bolwerk:schema:benchmark:1",
        "municipality": name,
        "year": year,
        "quarters": quarters,
        "made_at": f"{year + 1}-01-05T09:00:00+01:00",
        "smallest_group": 10,
        "rounding_base": 5,
        "employees": 400 * times,
        "reports": [{"kind": kind, "quarter": "all", "reports": count * times} for kind, count in kinds.items()],
    }


def with_figures(circle: Circle, count: int, *, begin: int = 0, year: int = 2025) -> None:
    """So many members, each of which sent its figures of a year."""
    by = circle.founded_by
    for number in range(begin, begin + count):
        name = f"Gemeente {number}"
        there = Elsewhere(name)
        there.trusted(by, municipality=name)
        make_member(circle, name)
        data = there.signed(kind="benchmark", content=figures_of(name, year), title=f"Cijfers van {name}")
        take_in(incoming=bring_in(data=data, by=by, at=MONDAY), by=by, at=MONDAY)
