"""Signing in with a password of Bolwerk itself."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin.mail import send_neutral_mail
from bolwerk.accounts.tests.makers import PASSWORD, make_person
from bolwerk.audit.models import Line
from tests.hashing import with_real_cost

pytestmark = pytest.mark.django_db

SIGN_IN = "/inloggen/"


def sign_in(client: Client, person: Person, password: str = PASSWORD, **extra: str) -> object:
    return client.post(SIGN_IN, {"login": person.email, "password": password, **extra})


def test_the_right_password_opens_the_house(client: Client) -> None:
    person = make_person()
    response = client.post(SIGN_IN, {"login": person.email.upper(), "password": PASSWORD})
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert client.get("/").status_code == 200


def test_signing_in_leads_back_to_the_page_one_wanted(client: Client) -> None:
    person = make_person()
    wanted = client.get("/mijn/sessies/")
    assert wanted["Location"] == "/inloggen/?next=/mijn/sessies/"
    response = client.post(SIGN_IN, {"login": person.email, "password": PASSWORD, "next": "/mijn/sessies/"})
    assert response["Location"] == "/mijn/sessies/"


def test_unknown_wrong_and_left_get_the_same_answer(client: Client) -> None:
    person, leaver = make_person(), make_person("Vertrokken")
    Person.objects.filter(pk=leaver.pk).update(is_active=False)
    answers = []
    for email, password in (
        (person.email, "verkeerd-12345"),
        ("nobody@zilverdam.example", PASSWORD),
        (leaver.email, PASSWORD),
    ):
        response = Client().post(SIGN_IN, {"login": email, "password": password})
        page = response.content.decode().replace(email, "")
        answers.append((response.status_code, re.sub(r'(csrfmiddlewaretoken" value|nonce|seconds)="[^"]*"', "", page)))
    assert answers[0] == answers[1] == answers[2]
    assert "horen niet bij elkaar" in answers[0][1]


def test_a_password_longer_than_any_is_refused_without_hashing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_person()
    person.set_password("x" * 129)
    person.save()
    response = client.post(SIGN_IN, {"login": person.email, "password": "x" * 129})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_passwords_are_kept_with_argon2id() -> None:
    with with_real_cost():
        person = make_person()
    assert identify_hasher(person.password).algorithm == "argon2"
    assert person.password.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")


@pytest.mark.parametrize(
    "path", ["/signup/", "/accounts/signup/", "/inloggen/aanmelden/", "/3rdparty/", "/2fa/", "/email/", "/admin/"]
)
def test_what_allauth_offers_beyond_our_list_does_not_exist(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_a_sign_in_and_a_failure_are_lines_without_an_address(client: Client) -> None:
    person = make_person()
    sign_in(client, person, "verkeerd-12345")
    client.post(SIGN_IN, {"login": "nobody@zilverdam.example", "password": "verkeerd-12345"})
    sign_in(client, person)
    lines = list(Line.objects.filter(event__startswith="accounts.signin.").order_by("sequence"))
    assert [line.event for line in lines] == ["accounts.signin.failed"] * 2 + ["accounts.signin.signed_in"]
    assert [line.subject for line in lines] == [person.urn, "urn:bolwerk:anonymous", person.urn]
    assert not any("@" in str(line.__dict__) or "127.0.0.1" in str(line.__dict__) for line in lines)


@pytest.fixture
def mailed() -> Callable[[Person, str], str]:
    def run(person: Person, kind: str) -> str:
        send_neutral_mail.call(person=str(person.pk), kind=kind)
        return str(mail.outbox[-1].body)

    return run


def link_in(body: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", body)
    assert found
    return found[1]


def test_a_mail_for_a_new_password_says_nothing_but_a_link(mailed: Callable[[Person, str], str]) -> None:
    person = make_person()
    body = mailed(person, "reset")
    assert person.name not in body
    assert person.email not in body + mail.outbox[-1].subject
    assert mail.outbox[-1].to == [person.email]


def test_a_link_is_not_used_up_by_a_scanner_and_works_once(
    client: Client, mailed: Callable[[Person, str], str]
) -> None:
    person = make_person()
    link = link_in(mailed(person, "reset"))
    for _ in range(3):
        assert Client().get(link, follow=True).status_code == 200  # a mail scanner looks
    form = client.get(link)["Location"]
    new = {"password1": "een-heel-nieuw-wachtwoord", "password2": "een-heel-nieuw-wachtwoord"}
    assert client.post(form, new)["Location"] == "/wachtwoord/gekozen/"
    assert "werkt niet meer" in Client().get(link, follow=True).content.decode()
    person.refresh_from_db()
    assert person.check_password("een-heel-nieuw-wachtwoord")


def test_asking_for_a_link_gives_one_answer_for_known_and_unknown(client: Client) -> None:
    person = make_person()
    known = client.post("/wachtwoord/vergeten/", {"email": person.email})
    unknown = client.post("/wachtwoord/vergeten/", {"email": "nobody@zilverdam.example"})
    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"] == "/wachtwoord/onderweg/"


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example",
     "http:evil.example", "\x00//evil.example", "///evil.example", "https:///evil.example", "http://127.0.0.1/elsewhere"],
)  # fmt: skip
def test_signing_in_never_leads_elsewhere(client: Client, wanted: str) -> None:
    response = client.post(SIGN_IN, {"login": make_person().email, "password": PASSWORD, "next": wanted})
    assert response["Location"] == "/"


def test_a_person_has_no_superuser_and_no_way_to_make_one() -> None:
    fields = {field.name for field in Person._meta.get_fields()}
    assert not fields & {"is_superuser", "is_staff", "user_permissions", "groups"}
    assert not hasattr(Person.objects, "create_superuser")
