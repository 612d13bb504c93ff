"""Guests of a circle come in by the sign-in of their own municipality: two real providers over HTTP on this machine."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from bolwerk.accounts.actions import give_role
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_administrator, make_person
from bolwerk.audit.models import Line
from bolwerk.circle.actions import Invited, end_participation, invite
from bolwerk.circle.models import Circle, Participant
from bolwerk.circle.tests.makers import MONDAY, make_circle, make_member
from tests.oidc_provider import CLIENT_ID, SECRET, Claims, Provider, running

pytestmark = pytest.mark.django_db
VEEN, OOST = "veendrecht", "oosterwaard"


def told(email: str, **more: object) -> Claims:
    return {"email": email, "email_verified": True, "name": "Iemand", "groups": ["bw-beheer"]} | more


@pytest.fixture
def homes(settings: Settings, tmp_path: Path) -> Iterator[dict[str, Provider]]:
    """Two municipalities, each with a provider of its own, which know somebody with the same number."""
    settings.OIDC_HOMES, found = tmp_path / "thuis.toml", {}
    with ExitStack() as stack:
        for code in (VEEN, OOST):
            people = {"17": told(f"bo@{code}.example"), "18": told("bea@zilverdam.example")}
            back = f"{settings.BOLWERK_BASE_URL}/inloggen/thuis/{code}/terug/"
            found[code] = stack.enter_context(running(Provider(people, redirect_uri=back)))
            (tmp_path / f"{code}.secret").write_text(SECRET, encoding="utf-8")
        settings.OIDC_HOMES.write_text("".join(table(code, one) for code, one in found.items()), encoding="utf-8")
        yield found


def table(code: str, provider: Provider, more: str = "") -> str:
    lines = {"code": code, "issuer": provider.issuer, "client_id": CLIENT_ID, "secret_file": f"{code}.secret"}
    words = "\n".join(f'{word} = "{value}"' for word, value in lines.items())
    return f'[[home]]\n{words}\nmunicipalities = ["{code.capitalize()}"]\n{more}\n'


@pytest.fixture
def circle() -> Circle:
    return make_circle()


def guest(circle: Circle, email: str = f"bo@{VEEN}.example", home: str = VEEN) -> tuple[Participant, str]:
    """Somebody who was invited for a municipality, and the personal link."""
    known = circle.members.filter(municipality__name=home.capitalize()).first()
    member = known or make_member(circle, home.capitalize())
    return invite(member=member, invited=Invited("Bo Vis", email), by=circle.founded_by, at=timezone.now())


def leave(client: Client, code: str = VEEN, **form: str) -> str:
    """Press the button of a municipality; the address of its provider."""
    page = client.post(f"/inloggen/thuis/{code}/", form)
    assert page.status_code == 200, page.content.decode()
    address: str = page.context["address"]
    return address


def choose(address: str, sub: str = "17") -> str:
    """Sign in at the provider; the return address with its code."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    found = urlsplit(answer.headers["Location"])
    return f"{found.path}?{found.query}"


def come_in(client: Client, code: str = VEEN, sub: str = "17", **form: str) -> int:
    """The whole way; the status with which it ends."""
    return client.get(choose(leave(client, code, **form), sub)).status_code


def test_whoever_has_a_personal_link_comes_in_with_the_work_account_and_has_no_password(
    client: Client, circle: Circle, homes: dict[str, Provider]
) -> None:
    row, link = guest(circle, email="bo.vis@elders.example")  # at home the address is another one
    page = client.get(f"/leerkring/uitnodiging/{link}/").content.decode()
    assert "Inloggen met Veendrecht" in page
    assert "Oosterwaard" not in page
    to = f"/leerkring/{circle.pk}/huisregels/"
    answer = client.get(choose(leave(client, invitation=link, next=to)))
    assert (answer.status_code, answer["Location"]) == (302, to)
    assert client.session["_auth_user_id"] == str(row.person_id)
    assert SocialAccount.objects.get().extra_data == {}
    assert Client().get(f"/leerkring/uitnodiging/{link}/").status_code == 404
    assert come_in(Client()) == 302  # from now on without a link


def test_whoever_is_invited_is_known_by_an_address_that_the_own_municipality_vouches_for(
    client: Client, circle: Circle, homes: dict[str, Provider]
) -> None:
    row, _link = guest(circle)
    assert come_in(client) == 302
    assert client.session["_auth_user_id"] == str(row.person_id)


def test_an_address_that_is_not_vouched_for_lets_nobody_in(
    client: Client, circle: Circle, homes: dict[str, Provider]
) -> None:
    guest(circle)
    homes[VEEN].people["17"]["email_verified"] = False
    assert come_in(client) == 403


def test_a_municipality_cannot_say_who_the_people_of_another_one_are(
    client: Client, circle: Circle, homes: dict[str, Provider]
) -> None:
    _row, link = guest(circle)
    homes[OOST].people["17"]["email"] = f"bo@{VEEN}.example"
    assert come_in(client, OOST) == 403
    assert come_in(client, OOST, invitation=link) == 403
    assert not SocialAccount.objects.exists()


def test_the_same_number_at_two_municipalities_is_two_people(circle: Circle, homes: dict[str, Provider]) -> None:
    first, second = Client(), Client()
    bo, _link = guest(circle)
    other, _link = guest(circle, f"bo@{OOST}.example", OOST)
    assert (come_in(first), come_in(second, OOST)) == (302, 302)
    assert first.session["_auth_user_id"] == str(bo.person_id)
    assert second.session["_auth_user_id"] == str(other.person_id)


def test_nobody_comes_in_who_was_not_invited(client: Client, homes: dict[str, Provider]) -> None:
    make_administrator()
    assert come_in(client) == 403
    assert not Person.objects.filter(email=f"bo@{VEEN}.example").exists()


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.FUNCTIONAL_ADMINISTRATOR, Role.CIRCLE_FACILITATOR])
def test_a_home_never_opens_the_account_of_whoever_works_here(
    role: Role, client: Client, circle: Circle, homes: dict[str, Provider]
) -> None:
    row, _link = guest(circle)
    assert row.person
    give_role(person=row.person, role=role, by="urn:bolwerk:system", at=MONDAY)
    assert come_in(client) == 403


def test_somebody_who_gets_another_task_here_comes_in_by_home_no_more(
    circle: Circle, homes: dict[str, Provider]
) -> None:
    row, _link = guest(circle)
    assert come_in(Client()) == 302
    assert row.person
    give_role(person=row.person, role=Role.FUNCTIONAL_ADMINISTRATOR, by="urn:bolwerk:system", at=MONDAY)
    assert come_in(Client()) == 403


def test_what_a_home_says_of_groups_gives_no_role(
    client: Client, circle: Circle, homes: dict[str, Provider], settings: Settings, tmp_path: Path
) -> None:
    settings.OIDC_ROLE_TABLE = tmp_path / "rollen.toml"
    rule = 'create_people = true\n[[rule]]\nclaim = "groups"\nvalue = "bw-beheer"\nrole = "functional_administrator"\n'
    settings.OIDC_ROLE_TABLE.write_text(rule, encoding="utf-8")
    row, _link = guest(circle)
    assert come_in(client) == 302
    assert row.person
    assert not row.person.grants.exists()


def test_who_was_taken_out_comes_in_no_more(circle: Circle, homes: dict[str, Provider]) -> None:
    row, _link = guest(circle)
    assert come_in(Client()) == 302
    end_participation(participant=row, by=circle.founded_by, at=MONDAY)
    assert come_in(Client()) == 403


def test_a_link_of_an_account_in_use_binds_nobody_to_it(circle: Circle, homes: dict[str, Provider]) -> None:
    colleague = make_person("Karel Bos")
    member = make_member(circle, "Veendrecht")
    given = Invited("Karel Bos", colleague.email)
    _row, link = invite(member=member, invited=given, by=circle.founded_by, at=timezone.now())
    assert come_in(Client(), invitation=link) == 403
    assert not SocialAccount.objects.exists()


def test_an_answer_of_one_municipality_fits_nowhere_at_another_one(
    client: Client, circle: Circle, homes: dict[str, Provider]
) -> None:
    guest(circle)
    back = choose(leave(client))
    assert client.get(back.replace(VEEN, OOST)).status_code == 401
    assert "_auth_user_id" not in client.session


def test_a_provider_refuses_the_return_address_of_another_one(
    client: Client, circle: Circle, homes: dict[str, Provider]
) -> None:
    address = leave(client).replace(homes[VEEN].issuer, homes[OOST].issuer)
    assert requests.post(address, data={"sub": "17"}, allow_redirects=False, timeout=5).status_code == 400


def test_an_answer_that_says_another_issuer_or_none_where_one_was_promised_is_refused(
    circle: Circle, homes: dict[str, Provider]
) -> None:
    guest(circle)
    homes[VEEN].answers_as = homes[OOST].issuer
    assert come_in(Client()) == 401
    homes[VEEN].answers_as = ""
    homes[VEEN].description = {"authorization_response_iss_parameter_supported": True}
    assert come_in(Client()) == 401
    homes[VEEN].answers_as = homes[VEEN].issuer
    assert come_in(Client()) == 302


def test_a_token_of_another_issuer_is_refused(client: Client, circle: Circle, homes: dict[str, Provider]) -> None:
    guest(circle)
    homes[VEEN].lie = lambda claims: claims | {"iss": homes[OOST].issuer}
    assert come_in(client) == 401


def test_a_provider_that_is_gone_says_so_and_the_other_one_goes_on(
    client: Client, circle: Circle, homes: dict[str, Provider], settings: Settings
) -> None:
    guest(circle, f"bo@{OOST}.example", OOST)
    gone = Provider({}, issuer="http://127.0.0.1:9")  # where nobody answers
    settings.OIDC_HOMES.write_text(table(VEEN, gone) + table(OOST, homes[OOST]), encoding="utf-8")
    page = client.post(f"/inloggen/thuis/{VEEN}/")
    assert (page.status_code, "Probeer het opnieuw" in page.content.decode()) == (401, True)
    assert come_in(client, OOST) == 302


def test_a_home_that_asks_for_a_second_factor_itself_is_believed(
    circle: Circle, homes: dict[str, Provider], settings: Settings
) -> None:
    row, _link = guest(circle)
    assert row.person
    give_role(person=row.person, role=Role.CIRCLE_MEMBER, by=circle.urn, at=MONDAY)
    settings.SECOND_FACTOR_REQUIRED = True
    client = Client()
    assert come_in(client) == 302
    assert client.get("/leerkring/").headers.get("Location", "").startswith("/mijn/tweede-stap/")
    more = "[home.second_factor]\namr = ['mfa']"
    settings.OIDC_HOMES.write_text(table(VEEN, homes[VEEN], more), encoding="utf-8")
    homes[VEEN].people["17"]["amr"] = ["pwd", "mfa"]
    client = Client()
    assert come_in(client) == 302
    assert client.get("/leerkring/").status_code == 200


def test_the_trail_says_how_somebody_came_in(client: Client, circle: Circle, homes: dict[str, Provider]) -> None:
    guest(circle)
    come_in(client)
    assert Line.objects.get(event="circle.participant.began").facts["method"] == "home"
    assert come_in(Client(), OOST) == 403
    assert Line.objects.filter(event="accounts.signin.failed").count() == 1
