"""Mail waits for a server that is away, goes once, says nothing, and is missed when it is lost."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_person
from bolwerk.deadlines.actions import find_unsure, queue_mail, send_waiting, take_due_steps
from bolwerk.deadlines.models import Message, Step
from bolwerk.deadlines.rules import Clock, Term, Unit
from bolwerk.deadlines.tests.makers import MONDAY, make_task

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "kanarie-4711"


class Mailbox:
    """A mail server that keeps what it gets, and answers what it is told to answer."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.receivers: list[str] = []
        self.answer = "250 OK"
        self.greeting = "250 OK"

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.greeting

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        self.receivers.extend(envelope.rcpt_tos)
        self.mails.append(message_from_bytes(envelope.content or b"", policy=policy.default))  # type: ignore[arg-type]  # aiosmtpd gives bytes
        return self.answer


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """A running mail server on this machine, and settings that lead to it."""
    box = Mailbox()
    with socket() as free:  # the controller must know its port beforehand
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    point_at(settings, port)
    yield box
    controller.stop()


def point_at(settings: Settings, port: int) -> None:
    """Let mail go to a port of this machine."""
    settings.MAIL_SERVER = "127.0.0.1"  # which one does not matter here: only that there is one
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


def send(at: datetime) -> int:
    """Hand over what waits at a moment."""
    return send_waiting(now=lambda: at)


def wait_for(person: Person) -> Message:
    """A mail that waits."""
    return queue_mail(person=person, kind=Message.Kind.NEWS, path="/", cause="urn:bolwerk:test:cause:1", at=MONDAY)


def test_a_mail_says_nothing_of_what_it_is_about(mailbox: Mailbox) -> None:
    secret = Clock(CANARY, f"Call {CANARY}", Term(1, Unit.DAYS))
    owner, manager = make_person(f"Sanne {CANARY}"), make_person("Mo Idrissi")
    task = make_task(owner, manager, clock=secret, subject=f"urn:bolwerk:incidents:incident:{CANARY}")
    take_due_steps(at=task.due_at)
    assert send(task.due_at) == 2
    for mail in mailbox.mails:
        assert CANARY not in mail.as_string()
        assert "incident" not in mail.as_string()
    assert sorted(mailbox.receivers) == sorted([owner.email, manager.email])


def test_a_mail_speaks_the_language_of_its_reader(mailbox: Mailbox) -> None:
    dutch, english = make_person(), make_person("Mo Idrissi")
    Person.objects.filter(pk=english.pk).update(language="en")
    make_task(dutch)
    make_task(english)
    send(MONDAY)
    subjects = {mail["To"]: mail["Subject"] for mail in mailbox.mails}
    assert subjects[english.email] == "A task is waiting for you in Bolwerk"
    assert subjects[dutch.email] == "Er staat een taak voor je klaar in Bolwerk"


def test_a_mail_goes_once(mailbox: Mailbox) -> None:
    wait_for(make_person())
    assert [send(MONDAY), send(MONDAY), send(MONDAY + timedelta(days=3))] == [1, 0, 0]
    assert len(mailbox.mails) == 1


def test_mail_waits_while_the_server_is_away_and_goes_when_it_is_back(mailbox: Mailbox, settings: Settings) -> None:
    port = settings.EMAIL_PORT
    message = wait_for(make_person())
    point_at(settings, 1)  # nobody listens there
    assert send(MONDAY) == 0
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Message.Status.WAITING, 1)
    point_at(settings, port)
    assert send(MONDAY) == 0  # not its time yet
    assert send(message.send_after) == 1


def test_a_temporary_refusal_is_tried_again(mailbox: Mailbox) -> None:
    message = wait_for(make_person())
    mailbox.greeting = "451 later please"
    assert send(MONDAY) == 0
    mailbox.greeting = "250 OK"
    assert send(MONDAY + timedelta(minutes=2)) == 1
    message.refresh_from_db()
    assert message.attempts == 2


def test_a_refused_address_is_escalated_at_once(mailbox: Mailbox) -> None:
    task = make_task(make_person(), make_person("Mo Idrissi"))
    mailbox.greeting = "550 no such user"
    assert send(MONDAY) == 0
    assert Message.objects.get().status == Message.Status.FAILED
    assert task.steps.get(kind=Step.Kind.ESCALATION).at == MONDAY


def test_a_day_without_a_server_is_a_lost_mail(settings: Settings) -> None:
    message = wait_for(make_person())
    point_at(settings, 1)
    for hours in range(0, 30, 2):
        send(MONDAY + timedelta(hours=hours))
    message.refresh_from_db()
    assert message.status == Message.Status.FAILED


def test_a_mail_whose_worker_died_half_way_is_never_sent_twice_but_missed(mailbox: Mailbox) -> None:
    task = make_task(make_person(), make_person("Mo Idrissi"))
    Message.objects.update(status=Message.Status.SENDING, claimed_at=MONDAY)
    later = MONDAY + timedelta(minutes=11)
    assert find_unsure(at=MONDAY) == 0
    assert find_unsure(at=later) == 1
    assert send(later) == 0
    assert Message.objects.get().status == Message.Status.UNSURE
    assert task.steps.get(kind=Step.Kind.ESCALATION).at == later


def test_whoever_left_gets_no_mail(mailbox: Mailbox) -> None:
    person = make_person()
    wait_for(person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert send(MONDAY) == 0
    assert mailbox.mails == []


def test_without_a_mail_server_mail_waits(settings: Settings) -> None:
    wait_for(make_person())
    assert send(MONDAY) == 0
    assert Message.objects.get().attempts == 0
