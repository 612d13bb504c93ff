"""The pages of retention, as the privacy officer uses them."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person, signed_in_client
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.incidents.models import Incident
from bolwerk.incidents.tests.makers import MONDAY, make_incident
from bolwerk.vault.actions import erase_due
from bolwerk.vault.models import Hold, OwnTerm
from bolwerk.vault.queries.retention import rules_in_force

pytestmark = pytest.mark.django_db
PERIODS = "/bewaartermijnen/termijn/incidents.incident/"
HOLDS = "/bewaartermijnen/vasthouden/"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """It is Monday."""
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def client() -> Client:
    """The privacy officer, signed in."""
    return signed_in_client(make_person("Fatima Gul", Role.PRIVACY_OFFICER))


def closed(days_ago: int) -> Incident:
    """A report that was closed some days ago."""
    incident = make_incident()
    Incident.objects.filter(pk=incident.pk).update(status="closed", closed_at=MONDAY - timedelta(days=days_ago))
    return incident


def chosen(personal: int | str, record: int | str, **more: str) -> dict[str, object]:
    """The form of periods, filled in with years."""
    return {
        "personal_amount": personal,
        "personal_unit": "years",
        "record_amount": record,
        "record_unit": "years",
        "source": "Besluit",
        **more,
    }


def test_every_kind_shows_its_rule_its_source_and_what_is_due(client: Client) -> None:
    closed(days_ago=800)
    closed(days_ago=720)
    page = client.get("/bewaartermijnen/").content.decode()
    for words in ("Standaard, niet gecontroleerd", "2 jaar", "5 jaar"):
        assert words in page
    assert "2 × namen en woorden, 0 × alles" in page
    detail = client.get(PERIODS).content.decode()
    for words in ("Standaard, niet gecontroleerd", "19.1 Verwerkt", "2 jaar", "5 jaar", "Purmerend"):
        assert words in detail
    assert "1 × namen en woorden, 0 × alles" in detail
    assert "2 × namen en woorden, 0 × alles" in detail


def test_kinds_stand_under_their_room_and_each_has_a_page(client: Client) -> None:
    page = client.get("/bewaartermijnen/").content.decode()
    rooms = [page.index(f">{name}</h2>") for name in ("Veilig werken", "Leerkring", "Mensen en kluizen")]
    assert rooms == sorted(rooms)
    assert "Binnen 30 dagen verdwijnt er niets." in page
    paths = set(re.findall(r"/bewaartermijnen/termijn/[\w.]+/", page))
    assert len(paths) == len(rules_in_force())
    for path in paths:
        assert client.get(path).status_code == 200


def test_shorter_periods_say_first_what_will_go(client: Client) -> None:
    closed(days_ago=400)
    asked = client.post(PERIODS, chosen(1, 1))
    assert "Alles vernietigd: 1" in asked.content.decode()
    assert not OwnTerm.objects.exists()
    assert client.post(PERIODS, chosen(1, 1, sure="yes")).status_code == 302
    assert (OwnTerm.objects.get().personal, OwnTerm.objects.get().record) == ("P1Y", "P1Y")
    assert "Ingesteld door je gemeente" in client.get("/bewaartermijnen/").content.decode()
    assert client.post(PERIODS, {"default": "yes"}).status_code == 302
    assert not OwnTerm.objects.exists()


@pytest.mark.parametrize(
    ("personal", "record", "words"),
    [(6, 5, "langer blijven"), ("", "", "minstens een van de twee"), (-1, 5, ""), ("x", 5, ""), (1000, "", "")],
)
def test_periods_that_cannot_be_are_refused(client: Client, personal: int | str, record: int | str, words: str) -> None:
    answer = client.post(PERIODS, chosen(personal, record))
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    assert not OwnTerm.objects.exists()


def test_a_kind_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/bewaartermijnen/termijn/elders.ding/").status_code == 404


def test_something_is_held_by_its_number_and_let_go(client: Client) -> None:
    incident = closed(days_ago=9000)
    assert "Er hoeft niets te blijven" in client.get(HOLDS).content.decode()
    wrong = client.post(HOLDS, {"number": "BBBB-BBBB", "reason": "Bezwaar"}).content.decode()
    assert "niets met dit nummer" in wrong
    assert client.post(HOLDS, {"number": incident.reference.lower(), "reason": "Bezwaar"}).status_code == 302
    again = client.post(HOLDS, {"number": incident.reference, "reason": "Bezwaar"}).content.decode()
    assert "Dit blijft al" in again
    page = client.get(HOLDS).content.decode()
    assert (incident.reference in page, "Bezwaar" in page, "Fatima Gul" in page) == (True, True, True)
    assert list(erase_due(by=SYSTEM, at=timezone.now())) == []
    lift = f"{HOLDS}{Hold.objects.get().pk}/"
    assert incident.reference in client.get(lift).content.decode()
    assert client.post(lift).status_code == 302
    assert client.get(lift).status_code == 404
    assert "losgelaten door Fatima Gul" in client.get(HOLDS).content.decode()
    assert Line.objects.filter(event="vault.holds.read").count() == 5


def test_proof_says_how_many_and_by_which_rule(client: Client) -> None:
    assert "nog niets gewist" in client.get("/bewaartermijnen/bewijs/").content.decode()
    incident = closed(days_ago=9000)
    list(erase_due(by=SYSTEM, at=timezone.now()))
    page = client.get("/bewaartermijnen/bewijs/").content.decode()
    assert ("19.1, 5 jaar" in page, "1–1" in page, incident.reference in page) == (True, True, False)


def test_the_log_tells_it_in_sentences(client: Client) -> None:
    incident = closed(days_ago=9000)
    client.post(HOLDS, {"number": incident.reference, "reason": "Bezwaar"})
    page = client.get("/logboek/").content.decode()
    assert "besloot dat iets moet blijven" in page
