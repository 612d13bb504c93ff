"""The tile on an intranet: in a frame of named sites and of no other, and no other page in any."""

import pytest
from django.test import Client
from pytest_django import Settings

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.ui.middleware import HEADERS

pytestmark = pytest.mark.django_db
TILE, INTRANET = "/meldingen/tegel/", "https://intranet.zilverdam.example"


def test_only_named_sites_may_frame_the_tile(client: Client, settings: Settings) -> None:
    settings.TILE_ORIGINS = [INTRANET, "https://werkplein.zilverdam.example"]
    headers = client.get(TILE).headers
    policy = headers["Content-Security-Policy"]
    assert f"frame-ancestors {INTRANET} https://werkplein.zilverdam.example;" in policy
    assert "'none'" in policy.split(";")[0]
    assert "X-Frame-Options" not in headers
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for name, value in HEADERS.items():
        assert name in {"X-Frame-Options", "Cross-Origin-Resource-Policy"} or headers[name] == value


@pytest.mark.parametrize("page", ["/meldingen/nieuw/", "/hulp/", "/inloggen/", "/meldingen/kiosk/code/", "/vandaag/"])
def test_no_other_page_is_shown_in_a_frame(client: Client, settings: Settings, page: str) -> None:
    settings.TILE_ORIGINS = [INTRANET]
    headers = client.get(page).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert INTRANET not in headers["Content-Security-Policy"]


def test_without_a_named_site_the_tile_is_in_no_frame_either(client: Client, settings: Settings) -> None:
    settings.TILE_ORIGINS = []
    headers = client.get(TILE).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_the_tile_runs_no_script_sets_no_cookie_and_opens_beside_the_intranet(client: Client) -> None:
    answer = client.get(TILE)
    page = answer.content.decode()
    assert "<script" not in page
    assert "<form" not in page
    assert not answer.cookies
    assert page.count('target="_blank" rel="noopener"') == page.count("<a ") == 2


def test_the_administrator_copies_both_and_nobody_else_sees_the_page(client: Client, settings: Settings) -> None:
    settings.TILE_ORIGINS = [INTRANET]
    client.force_login(make_person("Fenna Beheer", Role.FUNCTIONAL_ADMINISTRATOR))
    page = client.get("/meldingen/tegel/kopie/").content.decode()
    assert f"&lt;iframe src=&quot;{settings.BOLWERK_BASE_URL}{TILE}&quot;" in page
    assert INTRANET in page
    assert "&lt;script" not in page
    client.force_login(make_person("Iemand"))
    assert client.get("/meldingen/tegel/kopie/").status_code == 404
