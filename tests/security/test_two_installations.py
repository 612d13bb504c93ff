"""Two installations, each with its own processes, keys and database, exchange over HTTP."""

import html
import http.client
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bolwerk.circle.queries.card_bundles import plain
from bolwerk.circle.rules.cards import Dimension, Quality
from bolwerk.circle.tests.card_makers import make_content
from bolwerk.circle.tests.exchange_makers import Elsewhere, figures_of
from tests.crash.installation import CSRF, PATIENCE, Installation

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
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

SESSION = """
from django.test import Client
from tests.session_client import with_secrets
from bolwerk.accounts.models import Person
with_secrets()
client = Client()
client.force_login(Person.objects.get(email='iris@x.example'))
answer = client.cookies['session'].value
"""
A_YEAR_OF_REPORTS = """
from datetime import UTC, datetime, timedelta
from django.utils import timezone
from bolwerk.accounts.actions import add_person
from bolwerk.accounts.tests.makers import make_department
from bolwerk.incidents.actions import publish_figures
from bolwerk.incidents.rules import Kind
from bolwerk.incidents.tests.makers import make_incident
now, desk, kinds = timezone.now(), make_department('Balie'), list(Kind)
year, system = timezone.localdate().year - 1, 'urn:bolwerk:system'
people = [add_person(email=f'p{n}@x.example', name=f'Persoon {n}', department=desk, by=system, at=now)
          for n in range(6)]
for quarter in range(4):
    for n in range(30):
        at = datetime(year, 1 + 3 * quarter, 10, 9, tzinfo=UTC) + timedelta(minutes=n)
        make_incident(people[n % 6], at=at, kind=kinds[n % 2], occurred_at=at)
answer = year if publish_figures(year=year, on=timezone.localdate(now), at=now) else None
"""
CIRCLE = """
from bolwerk.accounts.models import Person
from bolwerk.circle.actions.exchange import trust_key
from bolwerk.circle.tests.makers import make_circle, make_member
from bolwerk.circle.models import TrustedKey
from django.utils import timezone
iris = Person.objects.get(email='iris@x.example')
for name, public in KEYS.items():
    trust_key(name=name, public=public, municipality=name, by=iris, at=timezone.now())
circle = make_circle('Kring Rivierenland', by=iris, at=timezone.now())
for key in TrustedKey.objects.exclude(municipality=None):
    make_member(circle, key.municipality.name)
answer = str(circle.pk)
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


def trust(one: Installation, other: Installation, name: str, **more: str) -> None:
    """Compare the fingerprint, and say where the other offers its items."""
    public, told = other.bolwerk("bundle", "key").strip().split("\n")
    feed = f"http://127.0.0.1:{other.port}/leerkring/aanbod/index.json"
    facts = {"name": name, "feed": feed} | more
    words = [word for option, value in facts.items() for word in (f"--{option}", value)]
    one.bolwerk("bundle", "trust", "--key", public, "--fingerprint", told, "--by", "bea@x.example", *words)


@pytest.mark.drill  # two whole installations; figures go over in `make test`
def test_a_card_goes_over_a_newer_version_follows_and_an_own_change_stays(
    host: Installation, home: Installation
) -> None:
    first = offer(host, CARD)
    assert home.refused("bundle", "check", str(kept(home, json.dumps(first)))).count("not known here") == 1
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
    assert "older version" in home.refused("bundle", "check", str(kept(home, json.dumps(first))))
    changed = json.dumps({**first, "title": "Anders"})
    assert "signature is wrong" in home.refused("bundle", "check", str(kept(home, changed)))
    assert host.get("/meldingen/nieuw/", cookie="")[0] == 404
    assert home.get("/meldingen/nieuw/", cookie="")[0] == 302


def kept(one: Installation, text: str) -> Path:
    """A bundle as a file."""
    file = one.folder / "bundle.json"
    file.write_text(text, encoding="utf-8")
    return file


def test_figures_are_seen_before_they_leave_and_come_back_pooled(host: Installation, home: Installation) -> None:
    year = home.ask(A_YEAR_OF_REPORTS)
    assert isinstance(year, int)
    mine, theirs = f"session={home.ask(SESSION)}", f"session={host.ask(SESSION)}"
    figures = _contributed(home, mine, year)
    trust(host, home, "Oosterwaard", municipality="Oosterwaard")
    others = [Elsewhere(f"Gemeente {number}") for number in range(4)]
    known = {one.name: one.public for one in others}
    circle = f"/leerkring/{host.ask(f'KEYS = {known!r}{CIRCLE}')}/cijfers/"
    _taken_in(host, theirs, figures)
    for one in others[:3]:
        _taken_in(host, theirs, one.signed(kind="benchmark", content=figures_of(one.name, year), title="Cijfers"))
    assert "Er is nog één gemeente nodig." in host.get(circle, cookie=theirs)[1]
    last = others[3].signed(kind="benchmark", content=figures_of(others[3].name, year), title="Cijfers")
    _taken_in(host, theirs, last)
    host.post(f"{circle}{year}/uitbrengen/", {}, cookie=theirs)
    sent = {
        cell["kind"]: cell["reports"] for cell in json.loads(figures)["content"]["reports"] if cell["quarter"] == "all"
    }
    together = 4 * 120 + sent["all"]
    assert f"ongeveer {together} incidenten" in host.get(circle, cookie=theirs)[1]
    _comes_back(host, home, theirs, mine, f"{circle}{year}/teruggeven/", together)


def _contributed(home: Installation, cookie: str, year: int) -> bytes:
    """Home looks at what would leave, letter by letter, signs it, and has the file; nothing can be had before that."""
    assert home.get("/leerkring/uitwisseling/cijfers/", cookie=cookie)[0] == 200
    status, page = home.post("/leerkring/uitwisseling/cijfers/", {"year": str(year)}, cookie=cookie)
    assert status == 302
    assert home.get(f"{page}bestand/", cookie=cookie)[0] == 404
    shown = _letters(home.get(page, cookie=cookie)[1])
    home.post(page, {}, cookie=cookie)
    file = home.get(f"{page}bestand/", cookie=cookie)[1]
    assert {**json.loads(file), "signature": ""} == {**shown, "signature": ""}
    assert "Balie" not in file
    return file.encode()


def _letters(page: str) -> dict[str, Any]:
    """The whole text that leaves, as the page shows it."""
    (found,) = re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    read: dict[str, Any] = json.loads(html.unescape(found))
    return read


def _taken_in(one: Installation, cookie: str, data: bytes) -> str:
    """Bring in a file over HTTP, as a browser does, and take it in; returns where that leads."""
    line = "a-line-between-parts"
    head = f'--{line}\r\nContent-Disposition: form-data; name="'
    body = f'{head}csrfmiddlewaretoken"\r\n\r\n{CSRF}\r\n{head}file"; filename="x.json"\r\n\r\n'.encode()
    connection = http.client.HTTPConnection("127.0.0.1", one.port, timeout=PATIENCE)
    headers = {
        "Cookie": f"{cookie}; csrf={CSRF}",
        "Content-Type": f"multipart/form-data; boundary={line}",
        "Origin": f"http://127.0.0.1:{one.port}",
    }
    connection.request(
        "POST", "/leerkring/uitwisseling/inbrengen/", body + data + f"\r\n--{line}--\r\n".encode(), headers
    )
    answer = connection.getresponse()
    waits = answer.getheader("Location")
    connection.close()
    assert waits, answer.status
    status, leads_to = one.post(waits, {}, cookie=cookie)
    assert status == 302
    return leads_to


def _comes_back(host: Installation, home: Installation, theirs: str, mine: str, address: str, together: int) -> None:
    """The host gives the pooled figures back as a file; home reads them beside its own."""
    _status, page = host.post(address, {}, cookie=theirs)
    shown = _letters(host.get(page, cookie=theirs)[1])
    assert "Oosterwaard" not in json.dumps(shown["content"])
    host.post(page, {}, cookie=theirs)
    file = host.get(f"{page}bestand/", cookie=theirs)[1].encode()
    trust(home, host, "Kring Noord")
    read = home.get(_taken_in(home, mine, file), cookie=mine)[1]
    assert f">{together}<" in read
    assert "Wij, per 1.000 medewerkers" in read
