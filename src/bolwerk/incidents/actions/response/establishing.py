"""Establishing: what happened by the facts, which rule was broken, and what the person says about it."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.actions.response.noting import note
from bolwerk.incidents.models import Incident, Response
from bolwerk.incidents.rules.measures import Findings, Hearing


def locked_response(*, incident: Incident, seen: int) -> Response:
    """The track of an incident, made when it is not there yet, and locked.

    Raises ChangedMeanwhileError when it moved on since version `seen` (0: it was not there).
    """
    Response.objects.get_or_create(incident=incident, defaults={"version": 0})
    found = Response.objects.select_for_update().get(incident=incident)
    if found.version != seen or found.erased_at is not None:
        raise ChangedMeanwhileError
    found.version += 1
    return found


def _save(response: Response, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(response, name, value)
    response.save()


@transaction.atomic
def establish(*, incident: Incident, findings: Findings, by: Person, at: datetime, seen: int) -> Response:
    """Write down what is established. Raises ChangedMeanwhileError."""
    response = locked_response(incident=incident, seen=seen)
    _save(response, asdict(findings))
    note("incidents.response.established", incident=incident, by=by, at=at)
    return response


@transaction.atomic
def write_hearing(*, incident: Incident, hearing: Hearing, by: Person, at: datetime, seen: int) -> Response:
    """Write down that the person was heard, or why not yet. Raises ChangedMeanwhileError."""
    response = locked_response(incident=incident, seen=seen)
    _save(response, asdict(hearing))
    heard = hearing.heard_on is not None
    note("incidents.response.hearing_written", incident=incident, by=by, at=at, heard=heard)
    return response
