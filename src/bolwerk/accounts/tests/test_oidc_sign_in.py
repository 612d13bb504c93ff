"""Single sign-on against a real provider over HTTP on this machine."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client
from pytest_django import Settings

from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.signin.oidc.table import read_table
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from tests.oidc_provider import CLIENT_ID, SECRET, Claims, Provider, running
from tests.oidc_settings import municipality

pytestmark = pytest.mark.django_db
BACK = "/inloggen/gemeente/terug/"
TABLE = """
create_people = true
[second_factor]
amr = ["mfa"]
[[rule]]
claim = "groups"
value = "bw-medewerkers"
role = "employee"
[[rule]]
claim = "realm_access.roles"
value = "bw-agressie"
role = "aggression_coordinator"
department = "{department}"
"""


def told(email: str, *groups: str, roles: tuple[str, ...] = (), **more: object) -> Claims:
    base = {"email": email, "email_verified": True, "name": "Noor Bakker", "groups": list(groups)}
    return base | {"realm_access": {"roles": list(roles)}} | more


@pytest.fixture
def provider(settings: Settings, tmp_path: Path) -> Iterator[Provider]:
    department = make_department("Publiekszaken")
    people = {
        "noor": told("noor@zilverdam.example", "bw-medewerkers", roles=("bw-agressie",)),
        "vreemd": told("vreemd@zilverdam.example", "iets-anders"),
    }
    with running(Provider(people, redirect_uri=f"{settings.BOLWERK_BASE_URL}{BACK}")) as started:
        settings.SOCIALACCOUNT_PROVIDERS = municipality(issuer=started.issuer, client_id=CLIENT_ID, secret=SECRET)
        settings.OIDC_ROLE_TABLE = tmp_path / "rollen.toml"
        settings.OIDC_ROLE_TABLE.write_text(TABLE.format(department=department.code), encoding="utf-8")
        yield started


def leave(client: Client, **form: str) -> str:
    """Press the button; the address of the provider to which the page moves on."""
    page = client.post("/inloggen/gemeente/", form)
    assert page.status_code == 200, page.content.decode()
    address: str = page.context["address"]
    return address


def choose(address: str, sub: str) -> str:
    """Sign in at the provider as `sub`; the return address with its code."""
    assert requests.get(address, timeout=5).ok
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    found = urlsplit(answer.headers["Location"])
    return f"{found.path}?{found.query}"


def come_in(client: Client, sub: str = "noor", **form: str) -> int:
    """The whole way; the status with which it ends."""
    return client.get(choose(leave(client, **form), sub)).status_code


def roles(person: Person) -> set[str]:
    return set(person.grants.filter(withdrawn_at=None).values_list("role", flat=True))


def test_somebody_to_whom_the_table_gives_a_role_is_added_and_comes_in(client: Client, provider: Provider) -> None:
    assert come_in(client, next="/mijn/sessies/") == 302
    person = Person.objects.get(email="noor@zilverdam.example")
    assert roles(person) == {Role.EMPLOYEE, Role.AGGRESSION_COORDINATOR}
    assert not person.has_usable_password()
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_way_there_takes_state_nonce_and_pkce_along(client: Client, provider: Provider) -> None:
    asked = {name: value[0] for name, value in parse_qs(urlsplit(leave(client)).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["nonce"]) >= 32
    assert asked["state"]
    assert asked["redirect_uri"] == provider.redirect_uri


@pytest.mark.parametrize(
    ("without", "why"), [("code_challenge", "PKCE"), ("nonce", "nonce"), ("redirect_uri", "redirect_uri")]
)
def test_the_provider_itself_refuses_less(client: Client, provider: Provider, without: str, why: str) -> None:
    parts = urlsplit(leave(client))
    asked = {name: value[0] for name, value in parse_qs(parts.query).items() if name != without}
    answer = requests.get(f"{provider.issuer}{parts.path}", params=asked, timeout=5)
    assert answer.status_code == 400
    assert why in answer.text


def test_the_provider_refuses_another_return_address(client: Client, provider: Provider) -> None:
    provider.redirect_uri = "https://elsewhere.example/terug/"
    assert requests.get(leave(client), timeout=5).status_code == 400


def test_a_code_without_its_verifier_is_worth_nothing(client: Client, provider: Provider) -> None:
    code = parse_qs(urlsplit(choose(leave(client), "noor")).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": provider.redirect_uri}
    answer = requests.post(f"{provider.issuer}/token", data=form, auth=(CLIENT_ID, SECRET), timeout=5)
    assert answer.status_code == 400


def test_a_wrong_state_or_one_of_another_browser_is_refused(client: Client, provider: Provider) -> None:
    back = choose(leave(client), "noor")
    assert Client().get(back).status_code == 401
    assert client.get(back.replace("state=", "state=x")).status_code == 401
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 401  # and it works once
    assert client.get(BACK)["Location"] == "/inloggen/"


@pytest.mark.parametrize(
    "lie",
    [{"nonce": "another"}, {"nonce": None}, {"iss": "https://elsewhere.example"}, {"aud": "another"}, {"exp": 1},
     {"aud": [CLIENT_ID, "another"]}, {"azp": "another"}, {"sub": None}],
    ids=str,
)  # fmt: skip
def test_a_token_that_is_not_as_it_should_be_is_refused(client: Client, provider: Provider, lie: Claims) -> None:
    provider.lie = lambda claims: {name: value for name, value in (claims | lie).items() if value is not None}
    back = choose(leave(client), "noor")
    page = client.get(back)
    assert page.status_code == 401
    assert "ging iets mis" in page.content.decode()
    assert not Person.objects.filter(email="noor@zilverdam.example").exists()
    assert Line.objects.filter(event="accounts.signin.failed", subject="urn:bolwerk:anonymous").count() == 1


def test_a_token_signed_by_another_key_or_by_none_is_refused(client: Client, provider: Provider) -> None:
    provider.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert come_in(client) == 401
    provider.algorithm = "none"
    assert come_in(client) == 401


def test_userinfo_of_somebody_else_is_refused(client: Client, provider: Provider) -> None:
    provider.lie_in_userinfo = lambda claims: claims | {"sub": "vreemd"}
    assert come_in(client) == 401


@pytest.mark.parametrize(
    "says", [{"issuer": "https://elsewhere.example"}, {"token_endpoint": "http://elsewhere.example/token"},
             {"code_challenge_methods_supported": ["plain"]}],
)  # fmt: skip
def test_a_provider_that_describes_itself_as_another_is_refused(
    client: Client, provider: Provider, says: Claims
) -> None:
    provider.description = says
    assert client.post("/inloggen/gemeente/").status_code == 401


def test_a_provider_that_is_away_gives_a_plain_sentence(client: Client, settings: Settings) -> None:
    gone = municipality(issuer="http://127.0.0.1:9", client_id=CLIENT_ID, secret=SECRET)
    settings.SOCIALACCOUNT_PROVIDERS = gone
    page = client.post("/inloggen/gemeente/")
    assert page.status_code == 401
    assert "Er is niets veranderd" in page.content.decode()


def test_without_a_provider_there_is_no_such_address(client: Client) -> None:
    assert client.post("/inloggen/gemeente/").status_code == 404
    assert client.get(f"{BACK}?state=x").status_code == 404
    make_person()
    assert "werkaccount" not in client.get("/inloggen/").content.decode()


def test_who_has_no_role_in_the_table_and_who_left_get_the_same_refusal(client: Client, provider: Provider) -> None:
    stranger = client.get(choose(leave(client), "vreemd"))
    come_in(client)
    Person.objects.filter(email="noor@zilverdam.example").update(is_active=False)
    leaver = Client().get(choose(leave(other := Client()), "noor"))
    assert leaver.status_code == 401  # another browser
    leaver = other.get(choose(leave(other), "noor"))
    assert stranger.status_code == leaver.status_code == 403
    assert "niet in Bolwerk" in stranger.content.decode()
    assert "niet in Bolwerk" in leaver.content.decode()
    assert not Person.objects.filter(email="vreemd@zilverdam.example").exists()


def test_a_role_goes_when_the_claim_goes_and_what_an_administrator_gave_stays(
    client: Client, provider: Provider
) -> None:
    known = make_person("Noor Bakker", Role.CONFIDANT)
    provider.people["noor"]["email"] = known.email
    come_in(client)
    assert roles(known) == {Role.EMPLOYEE, Role.CONFIDANT, Role.AGGRESSION_COORDINATOR}
    provider.people["noor"]["realm_access"] = {"roles": []}
    come_in(client)
    assert roles(known) == {Role.EMPLOYEE, Role.CONFIDANT}
    known.refresh_from_db()
    assert not known.has_usable_password()


def test_a_department_that_is_unknown_or_closed_gives_nothing_and_the_trail_says_so(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.OIDC_ROLE_TABLE.write_text('department_claim = "afdeling"\n' + settings.OIDC_ROLE_TABLE.read_text())
    place, own = Department.objects.get(), make_department("Toezicht")
    Department.objects.update(closed_on=date(2026, 1, 1))
    provider.people["noor"]["afdeling"] = own.code
    come_in(client)
    person = Person.objects.get(email="noor@zilverdam.example")
    assert (roles(person), person.department) == ({Role.EMPLOYEE}, None)
    assert Line.objects.filter(event="accounts.signin.unknown_department").count() == 1
    Department.objects.filter(pk=place.pk).update(closed_on=None)
    come_in(client)
    assert Role.AGGRESSION_COORDINATOR in roles(person)


def test_an_unverified_address_opens_nobodys_account(client: Client, provider: Provider) -> None:
    known = make_person("Noor Bakker")
    provider.people["noor"] |= {"email": known.email, "email_verified": False}
    assert come_in(client) == 403
    known.refresh_from_db()
    assert known.has_usable_password()


@pytest.mark.parametrize(("amr", "page"), [(["mfa"], 200), (["pwd"], 302)])
def test_the_providers_second_factor_counts_only_when_it_says_so(
    client: Client, provider: Provider, settings: Settings, amr: list[str], page: int
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    provider.people["noor"]["amr"] = amr
    come_in(client)
    assert client.get("/mijn/sessies/").status_code == page


def test_a_client_with_a_key_proves_itself_by_it_and_sends_no_secret(
    client: Client, provider: Provider, settings: Settings
) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    provider.client_key = key.public_key()
    settings.SOCIALACCOUNT_PROVIDERS = municipality(issuer=provider.issuer, client_id=CLIENT_ID, secret="")
    settings.OIDC_CLIENT_KEY = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    assert come_in(client) == 302
    assert "client_secret" not in provider.tokens_asked[-1]


def test_the_role_table_of_the_how_to_can_be_used() -> None:
    page = (Path(__file__).parents[4] / "docs/how-to/sign-in-with-the-municipality.md").read_text(encoding="utf-8")
    table = read_table(page.split("```toml\n")[1].split("```")[0])
    assert [rule.role for rule in table.rules] == [Role.EMPLOYEE, Role.MANAGER]
    assert table.amr == {"mfa"}


def test_a_role_table_with_a_mistake_lets_nobody_in_with_a_sentence(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.OIDC_ROLE_TABLE.write_text("[[rule]]\nclaim='groups'\nvalue='x'\nrole='koning'\n", encoding="utf-8")
    page = client.get(choose(leave(client), "noor"))
    assert page.status_code == 403
    assert "roltabel" in page.content.decode()


def test_what_the_provider_tells_is_not_kept(client: Client, provider: Provider) -> None:
    come_in(client)
    account = SocialAccount.objects.get(user__email="noor@zilverdam.example")
    assert account.extra_data == {}
    assert account.uid == "noor"
