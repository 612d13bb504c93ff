"""Proving again who one is, for people who only have single sign-on, against a real provider on this machine."""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from pytest_django import Settings

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_administrator, make_person
from bolwerk.audit.models import Line
from tests.oidc_provider import CLIENT_ID, SECRET, Provider, running
from tests.oidc_settings import municipality

pytestmark = pytest.mark.django_db
BACK = "/inloggen/gemeente/terug/"
SENSITIVE = "/mensen/nieuw/"  # asks for a recent sign-in
TABLE = 'create_people = true\n[[rule]]\nclaim = "groups"\nvalue = "beheer"\nrole = "functional_administrator"\n'
A_DAY = 24 * 60 * 60


def told(name: str, *groups: str) -> dict[str, object]:
    return {"email": f"{name}@zilverdam.example", "email_verified": True, "name": name, "groups": list(groups)}


@pytest.fixture
def provider(settings: Settings, tmp_path: Path) -> Iterator[Provider]:
    people = {"bea": told("bea", "beheer"), "vreemd": told("vreemd", "beheer")}
    with running(Provider(people, redirect_uri=f"{settings.BOLWERK_BASE_URL}{BACK}")) as started:
        settings.SOCIALACCOUNT_PROVIDERS = municipality(issuer=started.issuer, client_id=CLIENT_ID, secret=SECRET)
        settings.OIDC_ROLE_TABLE = tmp_path / "rollen.toml"
        settings.OIDC_ROLE_TABLE.write_text(TABLE, encoding="utf-8")
        yield started


def leave(client: Client, **form: str) -> str:
    """Press the button; the address of the provider to which the page moves on."""
    address: str = client.post("/inloggen/gemeente/", form).context["address"]
    return address


def choose(client: Client, address: str, sub: str) -> tuple[int, str]:
    """Sign in at the provider as `sub` and come back: the status, and where that leads."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    found = urlsplit(answer.headers["Location"])
    back = client.get(f"{found.path}?{found.query}")
    return back.status_code, back.get("Location", "")


@pytest.fixture
def bea(client: Client, provider: Provider) -> Client:
    """A browser in which Bea came in by single sign-on, a day ago."""
    assert choose(client, leave(client), "bea")[0] == 302
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= A_DAY
    session.save()
    return client


def test_something_sensitive_leads_through_the_provider_and_back_in_the_same_session(
    bea: Client, provider: Provider
) -> None:
    asked = bea.get(SENSITIVE).headers["Location"]
    assert asked == "/bevestigen/gemeente/?next=%2Fmensen%2Fnieuw%2F"
    page = bea.get(asked).content.decode()
    assert "Log opnieuw in met je werkaccount" in page
    session = bea.session.session_key
    address = leave(bea, again="yes", next=SENSITIVE)
    wanted = parse_qs(urlsplit(address).query)
    assert (wanted["prompt"], wanted["max_age"]) == (["login"], ["0"])
    assert choose(bea, address, "bea") == (302, SENSITIVE)
    assert bea.get(SENSITIVE).status_code == 200
    assert bea.session.session_key == session
    assert Line.objects.filter(event="accounts.signin.confirmed").count() == 1


def test_signing_in_as_usual_does_not_ask_the_provider_for_more(client: Client, provider: Provider) -> None:
    wanted = parse_qs(urlsplit(leave(client, again="yes")).query)
    assert not {"prompt", "max_age"} & set(wanted)  # nobody is signed in, so nothing is asked again


@pytest.mark.parametrize(
    "lie",
    [{"auth_time": None}, {"auth_time": time.time() - A_DAY}, {"auth_time": "now"}, {"auth_time": True}],
    ids=["none", "yesterday", "words", "yes"],
)
def test_a_provider_that_does_not_say_that_somebody_signed_in_anew_is_not_believed(
    bea: Client, provider: Provider, lie: dict[str, object]
) -> None:
    provider.lie = lambda claims: {name: value for name, value in (claims | lie).items() if value is not None}
    assert choose(bea, leave(bea, again="yes", next=SENSITIVE), "bea")[0] == 401
    assert bea.get(SENSITIVE).headers["Location"].startswith("/bevestigen/gemeente/")


def test_somebody_else_at_the_provider_gets_nowhere_and_is_not_added(bea: Client, provider: Provider) -> None:
    status, _where = choose(bea, leave(bea, again="yes", next=SENSITIVE), "vreemd")
    assert status == 403
    assert not Person.objects.filter(email="vreemd@zilverdam.example").exists()
    assert bea.get("/mijn/sessies/").status_code == 200  # still signed in as Bea
    assert bea.get(SENSITIVE).headers["Location"].startswith("/bevestigen/gemeente/")


def test_rights_of_today_count_when_somebody_proves_who_it_is(bea: Client, provider: Provider) -> None:
    make_administrator()  # so that Bea is not the last one
    provider.people["bea"]["groups"] = []
    assert choose(bea, leave(bea, again="yes", next=SENSITIVE), "bea") == (302, SENSITIVE)
    assert bea.get(SENSITIVE).status_code == 404


def test_it_leads_to_nowhere_outside_this_house(bea: Client, provider: Provider) -> None:
    address = leave(bea, again="yes", next="https://elsewhere.example/")
    assert choose(bea, address, "bea") == (302, "/")


def test_without_a_provider_there_is_no_such_page(client: Client) -> None:
    client.force_login(make_person())
    assert client.get("/bevestigen/gemeente/").status_code == 404
