"""Where other installations leave the end of their trail."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from bolwerk.audit.models import Line
from bolwerk.audit.queries.chain import anchors_of
from bolwerk.audit.rules.anchors import peer_with

HERE = "/logboek/ankers/"
SENT = {"sequence": "12", "hash": "ab" * 32, "at": "2026-11-23 09:00:00"}
PEERS = "goudveen between-us-and-goudveen\nbad NAME secret\nleeg \n"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_peers(settings: Settings) -> None:
    settings.AUDIT_ANCHOR_PEERS = PEERS


def send(client: Client, secret: str = "between-us-and-goudveen", **changes: str) -> int:
    return client.post(HERE, SENT | changes, headers={"authorization": f"Bearer {secret}"}).status_code


def test_an_anchor_of_a_known_installation_becomes_a_line_of_ours(client: Client) -> None:
    assert send(client) == 204
    line = Line.objects.get()
    assert (line.event, line.subject) == ("audit.anchor.received", "urn:bolwerk:audit:peer:goudveen")
    assert [str(anchor) for anchor in anchors_of("goudveen")] == [f"bolwerk-anchor 12 {'ab' * 32} 2026-11-23 09:00:00"]


@pytest.mark.parametrize("secret", ["", "wrong", "between-us-and-goudveen ", "secret"])
def test_without_a_known_secret_the_address_does_not_exist(client: Client, secret: str) -> None:
    assert send(client, secret) == 404
    assert client.post(HERE, SENT).status_code == 404
    assert not Line.objects.exists()


@pytest.mark.parametrize("wrong", [{"hash": "x"}, {"sequence": "-1"}, {"at": "now"}, {"sequence": "1" * 30}])
def test_what_is_no_anchor_is_refused(client: Client, wrong: dict[str, str]) -> None:
    assert send(client, **wrong) == 400
    assert not Line.objects.exists()


def test_a_secret_belongs_to_one_name_of_a_known_form() -> None:
    assert peer_with("NAME secret", peers=PEERS) == "bad"
    assert peer_with("x", peers="Upper x\nwith space y\n") is None
