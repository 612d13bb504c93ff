"""Two installations, each with its own processes, keys and database, exchange over HTTP."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bolwerk.circle.queries.card_bundles import plain
from bolwerk.circle.rules.cards import Dimension, Quality
from bolwerk.circle.tests.card_makers import make_content
from tests.crash.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
KNOWN = dict.fromkeys(Dimension, Quality.NONE)
CARD: dict[str, Any] = {"card": plain(make_content("Oefenen", known=KNOWN))}
PEOPLE = """
from django.utils import timezone
from bolwerk.accounts.actions import add_person, give_role, name_installation
from bolwerk.accounts.rules import Role
system, now = 'urn:bolwerk:system', timezone.now()
name_installation(name={name!r}, by=system, at=now)
for email, role in (('iris@x.example', Role.CIRCLE_FACILITATOR), ('bea@x.example', Role.FUNCTIONAL_ADMINISTRATOR)):
    person = add_person(email=email, name='Iris', department=None, by=system, at=now)
    give_role(person=person, role=role, by=system, at=now)
answer = True
"""
LOOK = """
from django.utils import timezone
from bolwerk.accounts.models import Person
from bolwerk.circle.actions.exchange import FeedUnreachableError, look_at_feed, take_in
from bolwerk.circle.models import Incoming, Received, TrustedKey
from bolwerk.circle.rules.bundles import BundleRefusedError
iris, now = Person.objects.get(email='iris@x.example'), timezone.now()
looked = look_at_feed(key=TrustedKey.objects.get(), by=iris, at=now)
for row in looked.new:
    take_in(incoming=row, by=iris, at=now)
answer = {'new': len(looked.new), 'refused': looked.refused, 'known': looked.known,
          'shown': [row.copy.shown for row in Received.objects.all()]}
"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Installation]:
    """A host of circles that serves its feed, and nothing of the other rooms."""
    one = Installation(tmp_path / "host", BOLWERK_HOST_MODE="yes")
    one.ask(PEOPLE.format(name="Kring Noord"))
    one.serve()
    yield one
    one.close()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Installation]:
    """A municipality."""
    one = Installation(tmp_path / "home")
    one.ask(PEOPLE.format(name="Oosterwaard"))
    one.serve()
    yield one
    one.close()


def offer(host: Installation, card: Mapping[str, object], *item: str) -> dict[str, object]:
    """Sign a card at the host; it is in the feed from then on."""
    file = host.folder / "card.json"
    file.write_text(json.dumps(card), encoding="utf-8")
    more = ("--item", item[0]) if item else ()
    made = host.bolwerk("bundle", "make", "--kind", "card", "--title", "Oefenen", "--content", str(file),
                        "--by", "iris@x.example", *more)  # fmt: skip
    bundle: dict[str, object] = json.loads(made)
    return bundle


def with_steps(*steps: str) -> dict[str, Any]:
    """The card with other steps."""
    words = CARD["card"]["texts"]["nl"] | {"steps": list(steps)}
    return {"card": CARD["card"] | {"texts": {"nl": words}}}


def trust(one: Installation, other: Installation, name: str) -> None:
    """Compare the fingerprint, and say where the other offers its items."""
    public, told = other.bolwerk("bundle", "key").strip().split("\n")
    feed = f"http://127.0.0.1:{other.port}/leerkring/aanbod/index.json"
    one.bolwerk("bundle", "trust", "--name", name, "--key", public, "--fingerprint", told, "--feed", feed,
                "--by", "bea@x.example")  # fmt: skip


def test_a_card_goes_over_a_newer_version_follows_and_an_own_change_stays(
    host: Installation, home: Installation
) -> None:
    first = offer(host, CARD)
    assert home.refused("bundle", "check", str(kept(home, json.dumps(first)))).count("niet bekend") == 1
    trust(home, host, "Kring Noord")
    assert home.ask(LOOK) == {"new": 1, "refused": [], "known": 0, "shown": [CARD]}
    assert home.ask(LOOK) == {"new": 0, "refused": [], "known": 1, "shown": [CARD]}
    own = with_steps("Wij oefenen elke maand.")
    home.ask(
        "from django.utils import timezone\nfrom bolwerk.accounts.models import Person\n"
        "from bolwerk.circle.actions.exchange import change_copy\nfrom bolwerk.circle.models import Received\n"
        f"row = Received.objects.get()\nchange_copy(row=row, content={own!r}, by=Person.objects.get(email="
        "'iris@x.example'), at=timezone.now(), seen=row.version)\nanswer = True"
    )
    offer(host, with_steps("Oefen elk kwartaal."), str(first["item"]))
    assert home.ask(LOOK) == {"new": 1, "refused": [], "known": 0, "shown": [own]}
    assert "oudere versie" in home.refused("bundle", "check", str(kept(home, json.dumps(first))))
    changed = json.dumps({**first, "title": "Anders"})
    assert "handtekening klopt niet" in home.refused("bundle", "check", str(kept(home, changed)))
    assert host.get("/meldingen/nieuw/", cookie="")[0] == 404
    assert home.get("/meldingen/nieuw/", cookie="")[0] == 302


def kept(one: Installation, text: str) -> Path:
    """A bundle as a file."""
    file = one.folder / "bundle.json"
    file.write_text(text, encoding="utf-8")
    return file
