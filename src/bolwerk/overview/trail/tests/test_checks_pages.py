"""Is the log whole: what the page says, asking for a check, and what a check finds."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import AT, make_person, signed_in_client
from bolwerk.audit.actions import SYSTEM, record
from bolwerk.audit.actions.anchoring import anchor_in_file
from bolwerk.audit.actions.checking import ask_check, carry_out
from bolwerk.audit.models import Check, Line
from bolwerk.audit.tasks import check_chain, check_daily
from tests.owner import without_refusals

CHECKS = "/logboek/controle/"


@pytest.fixture
def page(db: None) -> Client:
    return signed_in_client(make_person("Theo Scholten", Role.AUDITOR))


def text_of(client: Client, address: str = CHECKS) -> str:
    return " ".join(client.get(address).content.decode().split())


def do_queued() -> None:
    """Do what waits in the queue, as a worker would."""
    for row in DBTaskResult.objects.filter(task_path="bolwerk.audit.tasks.check_chain"):
        check_chain.func(**row.args_kwargs["kwargs"])


def test_a_log_that_was_never_checked_says_so(page: Client) -> None:
    assert "Nog niet gecontroleerd" in text_of(page)
    assert "nergens buiten Bolwerk bewaard" in text_of(page)


def test_a_check_is_asked_for_done_by_a_worker_and_seen(page: Client) -> None:
    assert page.post(CHECKS).headers["Location"] == CHECKS
    assert "Er loopt een controle" in text_of(page)
    assert "hx-trigger" in text_of(page, f"{CHECKS}voortgang/")
    do_queued()
    shown = text_of(page)
    assert "regels kloppen" in shown
    assert "Theo Scholten" in shown
    assert "hx-trigger" not in text_of(page, f"{CHECKS}voortgang/")
    done = Line.objects.get(event="audit.check.done")
    assert (done.facts["fault"], done.facts["lines"]) == ("", done.sequence - 1)


def test_one_check_at_a_time_answers_everybody(page: Client) -> None:
    page.post(CHECKS), page.post(CHECKS)
    assert Check.objects.count() == Line.objects.filter(event="audit.check.asked").count() == 1
    assert "Er loopt al een controle" in text_of(page)


@pytest.mark.django_db
def test_a_check_that_was_lost_does_not_keep_others_away() -> None:
    first, _new = ask_check(by=SYSTEM, at=AT)
    second, new = ask_check(by=SYSTEM, at=AT + timedelta(hours=2))
    assert new
    assert first != second


@pytest.mark.django_db
def test_a_check_that_ended_is_not_done_again() -> None:
    check, _new = ask_check(by=SYSTEM, at=AT)
    for minutes in (1, 2):
        carry_out(check_id=check.pk, now=lambda minutes=minutes: AT + timedelta(minutes=minutes))  # type: ignore[misc]  # a clock that the test turns
    check.refresh_from_db()
    assert check.ended_at == AT + timedelta(minutes=1)
    assert Line.objects.filter(event="audit.check.done").count() == 1


@pytest.mark.django_db(transaction=True)
def test_tampering_is_named_on_the_page() -> None:
    client = signed_in_client(make_person("Theo Scholten", Role.AUDITOR))
    for number in range(3):
        record("denied", subject=f"urn:x:{number}", actor=SYSTEM, at=AT)
    with without_refusals(connection):
        Line.objects.filter(pk=2).update(actor="urn:x:other")
    check, _new = ask_check(by=SYSTEM, at=timezone.now())
    carry_out(check_id=check.pk, now=timezone.now)
    shown = text_of(client)
    assert "Er klopt iets niet" in shown
    assert "Regel 2 is niet de regel die geschreven is." in shown
    assert "1 regel ervoor klopt." in shown
    assert "Er klopt iets niet" in text_of(client, "/logboek/")


@pytest.mark.django_db(transaction=True)
def test_a_check_holds_the_chain_against_the_anchors_of_this_installation(tmp_path: Path, settings: Settings) -> None:
    record("denied", subject="urn:x:1", actor=SYSTEM, at=AT)
    anchor_in_file(file=tmp_path / "anchors.txt", at=AT)
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "anchors.txt")
    text = (tmp_path / "anchors.txt").read_text().split()
    (tmp_path / "anchors.txt").write_text(" ".join([*text[:2], "0" * 64, *text[3:]]))
    check, _new = ask_check(by=SYSTEM, at=AT)
    carry_out(check_id=check.pk, now=lambda: AT)
    check.refresh_from_db()
    assert (check.fault, check.at_line) == ("recomputed", 1)


@pytest.mark.django_db
def test_the_worker_asks_for_a_check_every_day() -> None:
    check_daily()
    do_queued()
    check = Check.objects.get()
    assert (check.asked_by, check.fault) == (SYSTEM, "")
    assert check.ended_at is not None


@pytest.mark.django_db(transaction=True)
def test_the_page_says_where_the_end_was_kept(tmp_path: Path) -> None:
    page = signed_in_client(make_person("Theo Scholten", Role.AUDITOR))
    anchor_in_file(file=tmp_path / "anchors.txt", at=timezone.now())
    assert "laatst in een bestand bewaard vandaag" in text_of(page)
