"""What the worker does by itself may be done twice without harm."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from time_machine import travel

from bolwerk.accounts.tests.makers import make_person
from bolwerk.deadlines import tasks
from bolwerk.deadlines.models import Message
from bolwerk.deadlines.tests.makers import MONDAY, make_task
from bolwerk.ui.actions import keep_draft
from bolwerk.ui.models import Draft

pytestmark = pytest.mark.django_db


def test_every_job_may_run_twice() -> None:
    make_task(make_person(), make_person("Mo Idrissi"))
    with travel(MONDAY + timedelta(days=4), tick=False):
        for job in (tasks.keep_clock, tasks.send_mail, tasks.resume_tasks, tasks.tidy) * 2:
            job()
    assert Message.objects.filter(kind=Message.Kind.ESCALATION).count() == 1


def test_tidying_forgets_ended_sessions_and_old_drafts_and_keeps_the_rest() -> None:
    now = timezone.now()
    for number, days in enumerate((1, 40)):
        keep_draft(owner=f"urn:bolwerk:test:{number}", form="f", values={"a": ["b"]}, at=now - timedelta(days=days))
    for age in (-60, 60):
        session = SessionStore()
        session.set_expiry(age)
        session.create()
    tasks.tidy()
    assert list(Draft.objects.values_list("owner", flat=True)) == ["urn:bolwerk:test:0"]
    assert Session.objects.count() == 1
