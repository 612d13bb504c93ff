"""The first run in the browser: once, and only for whoever has the server."""

import smtplib
import socket
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings as now
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.actions import (
    AlreadyBegunError,
    Beginning,
    MailTestFailedError,
    begin,
    send_test_mail,
    setup_code,
)
from bolwerk.accounts.models import Department, Installation, Person, Theme
from bolwerk.accounts.queries import installation
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import AT, PASSWORD, make_administrator, make_person, signed_in_client
from bolwerk.accounts.tests.pictures import png

pytestmark = pytest.mark.django_db
ADMINISTRATOR = {"name": "Bea Heer", "password": PASSWORD, "password_again": PASSWORD, "content": "examples"}
PLAN = Beginning("Zilverdam", "bea@zilverdam.example", "Bea Heer", PASSWORD)


class Mailbox:
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        self.messages: list[Envelope] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        """Take every mail."""
        self.messages.append(envelope)
        return "250 OK"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.BOLWERK_DIR = tmp_path


def client_with_code() -> Client:
    """A browser in which the code was typed."""
    client = Client()
    code = setup_code(folder=Path(now.BOLWERK_DIR))
    assert client.post("/begin/", {"code": code.lower().replace("-", " ")}).status_code == 302
    return client


def test_nobody_begins_without_the_code_of_the_server() -> None:
    client = Client()
    assert client.get("/begin/").status_code == 200
    page = client.post("/begin/", {"code": "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"})
    assert page.status_code == 200
    for step in ("gemeente", "mail", "beheerder"):
        assert client.get(f"/begin/{step}/").status_code == 404
        assert client.post(f"/begin/{step}/", ADMINISTRATOR).status_code == 404
    assert not Installation.objects.exists()


def test_the_code_lies_in_a_file_for_the_owner_alone() -> None:
    code = setup_code(folder=Path(now.BOLWERK_DIR))
    file = Path(now.BOLWERK_DIR) / "keys" / "begin.code"
    assert file.stat().st_mode & 0o777 == 0o600
    assert setup_code(folder=Path(now.BOLWERK_DIR)) == code == file.read_text()


@pytest.mark.django_db(transaction=True)
def test_three_pages_make_an_installation_and_then_are_gone() -> None:
    client = client_with_code()
    logo = SimpleUploadedFile("logo.png", png(), "image/png")
    client.post("/begin/gemeente/", {"name": "Zilverdam", "look": "bolwerk", "logo": logo})
    client.post("/begin/mail/", {"email": "Bea@Zilverdam.example", "test": "1"})
    assert [message.to for message in mail.outbox] == [["Bea@Zilverdam.example"]]
    client.post("/begin/mail/", {"email": "Bea@Zilverdam.example"})
    assert client.post("/begin/beheerder/", ADMINISTRATOR)["Location"] == "/inloggen/"
    bea = Person.objects.get(email="bea@zilverdam.example")
    assert roles_of(bea, on=bea.joined_on or AT.date()) == {Role.EMPLOYEE, Role.FUNCTIONAL_ADMINISTRATOR}
    assert bea.check_password(PASSWORD)
    assert (Theme.objects.count(), Department.objects.count()) == (8, 11)
    for address in ("/begin/", "/begin/gemeente/", "/begin/mail/", "/begin/beheerder/"):
        assert client.get(address).status_code == 404
    assert not (Path(now.BOLWERK_DIR) / "keys" / "begin.code").exists()


def test_wrong_answers_are_kept_and_begin_nothing() -> None:
    client = client_with_code()
    svg = SimpleUploadedFile("logo.png", b"<svg/>", "image/png")
    page = client.post("/begin/gemeente/", {"name": "Zilverdam", "look": "bolwerk", "logo": svg})
    assert "Zilverdam" in page.content.decode()
    client.post("/begin/gemeente/", {"name": "Zilverdam", "look": "bolwerk"})
    client.post("/begin/mail/", {"email": "bea@zilverdam.example"})
    page = client.post("/begin/beheerder/", ADMINISTRATOR | {"password_again": "iets anders"})
    assert "Bea Heer" in page.content.decode()
    page = client.post("/begin/beheerder/", ADMINISTRATOR | {"password": "kort", "password_again": "kort"})
    assert "Dit wachtwoord is te kort: gebruik minstens 12 tekens." in page.content.decode()
    assert not Installation.objects.exists()


def test_steps_are_not_skipped() -> None:
    client = client_with_code()
    assert client.post("/begin/beheerder/", ADMINISTRATOR)["Location"] == "/begin/gemeente/"
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        smtplib.SMTPAuthenticationError(535, b"no"),
        smtplib.SMTPRecipientsRefused({}),
        smtplib.SMTPServerDisconnected("gone"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_mail_that_fails_says_why_in_a_sentence(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> int:
        raise error

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    with pytest.raises(MailTestFailedError, match=r"\w+ .*\."):
        send_test_mail(to="bea@zilverdam.example")


def test_a_house_without_a_mail_server_says_so(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(MailTestFailedError, match="BOLWERK_MAIL_URL"):
        send_test_mail(to="bea@zilverdam.example")


def test_the_test_mail_reaches_a_real_server(settings: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    server = Controller(Mailbox(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        send_test_mail(to="bea@zilverdam.example")
    finally:
        server.stop()
    assert [envelope.rcpt_tos for envelope in server.handler.messages] == [["bea@zilverdam.example"]]
    with pytest.raises(MailTestFailedError, match="BOLWERK_MAIL_URL"):
        send_test_mail(to="bea@zilverdam.example")


def test_a_beginning_happens_once() -> None:
    begin(plan=PLAN, folder=Path(now.BOLWERK_DIR), at=AT)
    with pytest.raises(AlreadyBegunError):
        begin(plan=PLAN, folder=Path(now.BOLWERK_DIR), at=AT)
    assert Person.objects.count() == 1


def test_the_logo_and_own_look_are_served_and_change() -> None:
    folder = Path(now.BOLWERK_DIR) / "looks"
    folder.mkdir()
    (folder / "zilverdam.css").write_text(":root { --bw-accent: #123456; }", encoding="utf-8")
    begin(plan=PLAN, folder=Path(now.BOLWERK_DIR), at=AT)
    client = signed_in_client(make_administrator())
    assert client.get("/huisstijl/logo").status_code == client.get("/huisstijl/look.css").status_code == 404
    logo = SimpleUploadedFile("logo.png", png(), "image/png")
    client.post("/huisstijl/", {"name": "Zilverdam", "look": "zilverdam", "logo": logo})
    identity = installation()
    assert identity is not None
    assert Client().get(identity.logo_url).content == png()
    assert b"--bw-accent" in Client().get(identity.theme_url).content
    client.post("/huisstijl/", {"name": "Zilverdam", "look": "bolwerk", "remove_logo": "on"})
    assert installation() == type(identity)("Zilverdam", "bolwerk", "", "")


def test_a_municipality_brings_its_own_themes() -> None:
    content = Path(now.BOLWERK_DIR) / "content"
    content.mkdir()
    (content / "themes.nl.yaml").write_text("- {code: eigen, title: Ons eigen thema}\n", encoding="utf-8")
    begin(plan=PLAN, folder=Path(now.BOLWERK_DIR), at=AT)
    assert list(Theme.objects.values_list("code", flat=True)) == ["eigen"]


def test_whoever_comes_to_the_door_of_an_empty_house_is_led_to_the_first_run(client: Client, db: None) -> None:
    assert client.get("/inloggen/").headers["Location"] == "/begin/"
    make_person()
    assert client.get("/inloggen/").status_code == 200
