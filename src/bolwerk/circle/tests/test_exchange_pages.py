"""The pages of the exchange: look first, then take in or sign; and the feed, open to everybody."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bolwerk.accounts.actions import name_installation
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_administrator, make_person, signed_in_client
from bolwerk.audit.actions import SYSTEM
from bolwerk.circle.actions.exchange import Item, draft, issue
from bolwerk.circle.models import Incoming, Issued, Received, TrustedKey
from bolwerk.circle.rules.bundles import BUNDLE_BYTES
from bolwerk.circle.tests.exchange_makers import CARD, Elsewhere, card
from bolwerk.circle.tests.makers import MONDAY, make_facilitator
from bolwerk.crypto.signing import fingerprint, own_signer
from tests.queries import counted

TEXT: dict[str, Any] = CARD["card"]["texts"]["nl"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def iris() -> Person:
    name_installation(name="Kring Rivierenland", by=SYSTEM, at=MONDAY)
    return make_facilitator()


@pytest.fixture
def client(iris: Person) -> Client:
    return signed_in_client(iris)


@pytest.fixture
def them() -> Elsewhere:
    there = Elsewhere()
    there.trusted(make_administrator())
    return there


def upload(client: Client, data: bytes) -> Any:
    file = SimpleUploadedFile("kaart.json", data, "application/json")
    return client.post(reverse("circle:upload"), {"file": file}, follow=True)


def test_uploaded_looked_at_and_taken_in(client: Client, them: Elsewhere) -> None:
    page = upload(client, them.signed())
    assert "Getekend door Kring Noord" in page.content.decode()
    assert "Nodig iemand uit." in page.content.decode()
    done = client.post(reverse("circle:incoming", args=[Incoming.objects.get().pk]), follow=True)
    assert "een kopie van Kring Noord" in done.content.decode()
    assert Received.objects.get().copy.shown == CARD


@pytest.mark.parametrize("data", [b"", b"{}", b"x" * (BUNDLE_BYTES + 1), Elsewhere().signed()])
def test_a_refusal_is_a_sentence_and_nothing_is_kept(client: Client, data: bytes) -> None:
    page = upload(client, data)
    assert "Er is niets bewaard." in page.content.decode()
    assert not Incoming.objects.exists()


def test_what_somebody_else_brought_in_is_not_there(client: Client, them: Elsewhere) -> None:
    upload(client, them.signed())
    other = signed_in_client(make_facilitator("Otto Ander"))
    assert other.get(reverse("circle:incoming", args=[Incoming.objects.get().pk])).status_code == 404
    client.post(reverse("circle:drop", args=[Incoming.objects.get().pk]))
    assert not Incoming.objects.exists()


def test_a_copy_is_changed_and_a_newer_version_chosen(client: Client, them: Elsewhere) -> None:
    item = str(uuid4())
    upload(client, them.signed(item=item))
    client.post(reverse("circle:incoming", args=[Incoming.objects.get().pk]))
    copy = Received.objects.get()
    facts = {name: CARD["card"][name] for name in ("evidence", "cost_class", "hours", "themes", "groups", "sizes")}
    lines = {"goals": "Rust", "sources": "\n".join(CARD["card"]["sources"]), "steps": "Een\nTwee"}
    typed = facts | lines | CARD["card"]["known"] | {"seen": 1, "title": "Gast", "problem": "Bij ons anders."}
    page = client.post(reverse("circle:change_copy", args=[copy.pk]), typed, follow=True)
    assert "Je kopie is gewijzigd" in page.content.decode()
    stale = client.post(reverse("circle:change_copy", args=[copy.pk]), typed)
    assert "Iemand anders" in stale.content.decode()
    assert "Bij ons anders." in stale.content.decode()
    look = upload(client, them.signed(item=item, sequence=2, content=card(problem="Nieuw.")))
    assert "Je wijziging blijft" in look.content.decode()
    client.post(reverse("circle:incoming", args=[Incoming.objects.get().pk]))
    page = client.get(reverse("circle:received", args=[copy.pk]))
    assert all(text in page.content.decode() for text in ("Nieuw.", "Bij ons anders."))
    seen = Received.objects.get().version
    client.post(reverse("circle:received", args=[copy.pk]), {"choice": "own", "seen": seen})
    assert (Received.objects.get().own or {})["card"]["texts"]["nl"]["steps"] == ["Een", "Twee"]
    assert "Bij ons anders." in client.get(reverse("circle:card", args=[copy.card_id])).content.decode()


def test_exactly_what_leaves_is_shown_before_it_is_signed(client: Client, iris: Person) -> None:
    row = draft(item=Item("card", uuid4(), "Vier ogen", CARD), by=iris, at=MONDAY)
    address = reverse("circle:leaving", args=[row.pk])
    page = client.get(address).content.decode()
    assert all(text in page for text in (*TEXT["steps"], TEXT["problem"], own_signer(at=MONDAY).public))
    assert client.get(reverse("circle:leaving_file", args=[row.pk])).status_code == 404
    client.post(address)
    file = client.get(reverse("circle:leaving_file", args=[row.pk]))
    assert file.content.decode() == Issued.objects.get().data


def test_figures_of_a_year_without_any_do_not_leave(client: Client) -> None:
    page = client.get(reverse("circle:send_figures")).content.decode()
    assert "Hier is nog geen heel jaar gepubliceerd." in page
    assert "de kamer Onderzoek en metingen is er nog niet" in page
    assert client.post(reverse("circle:send_figures"), {"year": 2026}).status_code == 200
    assert not Issued.objects.exists()


def test_pooled_figures_that_came_in_stand_there_as_they_were_published(client: Client, them: Elsewhere) -> None:
    reports = [{"kind": "all", "reports": 720}, {"kind": "threat", "reports": None}]
    facts = {"circle": "Kring Noord", "year": 2025, "municipalities": 6, "made_at": MONDAY.isoformat()}
    content = {"schema": "urn:bolwerk:schema:pool:1", **facts, "employees": 2400, "off_by": 12, "reports": reports}
    page = upload(client, them.signed(kind="pool", content=content, title="Cijfers van Kring Noord samen, 2025"))
    assert "300,0 (tussen" in page.content.decode()
    done = client.post(reverse("circle:incoming", args=[Incoming.objects.get().pk]), follow=True).content.decode()
    assert "6 gemeenten van Kring Noord samen in 2025" in done
    assert "Wij, per 1.000 medewerkers" not in done, "nothing was published here"
    assert client.get(reverse("circle:change_copy", args=[Received.objects.get().pk])).status_code == 404


def test_the_feed_is_for_everybody_and_says_when_nothing_changed(iris: Person) -> None:
    row = issue(row=draft(item=Item("card", uuid4(), "Vier ogen", CARD), by=iris, at=MONDAY), by=iris, at=MONDAY)
    stranger = Client()
    listed = stranger.get(reverse("circle:feed"))
    (entry,) = json.loads(listed.content)["items"]
    for address in (reverse("circle:feed"), reverse("circle:feed_file", args=[entry["file"]])):
        tag = stranger.get(address)["ETag"]
        assert stranger.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert stranger.get(reverse("circle:feed_file", args=[entry["file"]])).content.decode() == row.data
    assert stranger.get(reverse("circle:feed_file", args=["../keys/ring.json".replace("/", "-")])).status_code == 404
    assert stranger.get(reverse("circle:bundle_schema", args=["card"])).json()["$id"] == "urn:bolwerk:schema:card:1"
    assert stranger.get(reverse("circle:bundle_schema", args=["nope"])).status_code == 404


def test_a_key_is_trusted_only_with_the_fingerprint_that_belongs_to_it(them: Elsewhere) -> None:
    keeper, other = signed_in_client(make_administrator("Kees Sleutel")), Elsewhere("Kring Zuid")
    typed = {"name": "Kring Zuid", "public": other.public, "fingerprint": fingerprint(them.public)}
    page = keeper.post(reverse("circle:trusted_keys"), typed)
    assert "hoort niet bij die sleutel" in page.content.decode()
    typed["fingerprint"] = fingerprint(other.public).upper()
    for feed in ("http://elders.example/x", "https://a:b@elders.example/x"):
        assert keeper.post(reverse("circle:trusted_keys"), {**typed, "feed": feed}).status_code == 200
    assert keeper.post(reverse("circle:trusted_keys"), typed).status_code == 302
    key = TrustedKey.objects.get(name="Kring Zuid")
    keeper.post(reverse("circle:revoke_key", args=[key.pk]))
    assert "ingetrokken" in keeper.get(reverse("circle:trusted_keys")).content.decode()
    again = keeper.post(reverse("circle:trusted_keys"), typed)
    assert "komt nooit terug" in again.content.decode()


def test_only_administrators_say_whom_to_trust_and_only_people_of_circles_exchange() -> None:
    employee = signed_in_client(make_person("Els"))
    assert employee.get(reverse("circle:exchange")).status_code == 404
    member = signed_in_client(make_person("Mo", Role.CIRCLE_MEMBER))
    assert member.get(reverse("circle:exchange")).status_code == 200
    assert member.get(reverse("circle:trusted_keys")).status_code == 404
    assert signed_in_client(make_administrator("Kees")).get(reverse("circle:exchange")).status_code == 404


def test_the_page_asks_no_more_when_there_is_more(client: Client, them: Elsewhere) -> None:
    for number in range(20):
        upload(client, them.signed(title=f"Kaart {number}"))
    client.get(reverse("circle:exchange"))
    with counted() as asked:
        client.get(reverse("circle:exchange"))
    assert len(asked) <= 12
