"""Who clicks in the pages benchmark: signed-in sessions, the pages they open, and the queries each page costs."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin import second_factor, sessions
from bolwerk.incidents.models import Incident

BARE = "/bare/"


def _session_key(person: Person) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    at = timezone.now().isoformat()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store[second_factor.SESSION_KEY] = str(person.pk)
    store[sessions.SIGNED_IN_AT] = store[sessions.SEEN_AT] = at
    store.create()
    return str(store.session_key)


def cookie(person: Person) -> str:
    """The Cookie header of a session in which `person` signed in with a second factor."""
    return f"{settings.SESSION_COOKIE_NAME}={_session_key(person)}"


def paths(handler: Person) -> list[str]:
    """The ten most used pages, as somebody opens them who looks after incidents."""
    worklist = reverse("incidents:worklist")
    names = [
        "overview:my_day",
        "incidents:report",
        "incidents:own",
        "deadlines:mine",
        "deadlines:team",
        "deadlines:overdue",
    ]
    incident = Incident.objects.exclude(status="closed").order_by("reported_at").first()
    if incident is None:
        raise LookupError("The town has no open incident.")
    return [
        *(reverse(name) for name in names),
        worklist,
        f"{worklist}?sort=newest&status=",
        f"{worklist}?page=2&status=",
        reverse("incidents:incident", args=[incident.pk]),
    ]


def queries(person: Person, asked: list[str]) -> dict[str, int]:
    """How many queries each page costs for `person`; every page must answer 200."""
    client = Client(headers={"cookie": cookie(person), "host": "localhost"})
    found = {}
    for path in asked:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = client.get(path)
        if response.status_code != 200:
            raise LookupError(f"{path} answers {response.status_code}")
        found[path] = len(captured)
    return found
