"""Who clicks in the pages benchmark: signed-in sessions, the pages they open, and the queries each page costs."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin import second_factor, sessions
from bolwerk.incidents.access import handled_incidents
from bolwerk.incidents.models import Incident
from tests.queries import counted

BARE = "bare"


def cookie(person: Person) -> str:
    """The Cookie header of a session in which `person` signed in with a second factor."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    at = timezone.now().isoformat()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store[second_factor.SESSION_KEY] = str(person.pk)
    store[sessions.SIGNED_IN_AT] = store[sessions.SEEN_AT] = at
    store.create()
    return f"{settings.SESSION_COOKIE_NAME}={store.secret}"


def pages(handler: Person) -> dict[str, str]:
    """The ten most used pages by name, at the addresses at which this handler of incidents opens them."""
    worklist = reverse("incidents:worklist")
    return {
        "my day": reverse("overview:my_day"),
        "report form": reverse("incidents:report"),
        "own reports": reverse("incidents:own"),
        "my tasks": reverse("deadlines:mine"),
        "tasks of my team": reverse("deadlines:team"),
        "overdue tasks": reverse("deadlines:overdue"),
        "worklist": worklist,
        "worklist, newest first": f"{worklist}?sort=reported",
        "worklist, second page": f"{worklist}?page=2",
        "an incident": reverse("incidents:incident", args=[_fullest_incident(handler).pk]),
    }


def _fullest_incident(handler: Person) -> Incident:
    """The oldest incident that this handler looks after: with most of what can be written about one."""
    return handled_incidents(handler, on=timezone.localdate()).earliest("reported_at")


def queries(person: Person, asked: dict[str, str]) -> dict[str, int]:
    """How many queries each page costs for `person`; every page must answer 200.

    Counted after a first click: what a process asks once a minute or keeps from then on is no cost of the page.
    """
    client = Client(headers={"cookie": cookie(person), "host": "localhost"})
    for path in asked.values():
        client.get(path)
    found = {}
    for page, path in asked.items():
        with counted() as statements:
            response = client.get(path)
        if response.status_code != 200:
            raise LookupError(f"{path} answers {response.status_code}")
        found[page] = len(statements)
    return found
