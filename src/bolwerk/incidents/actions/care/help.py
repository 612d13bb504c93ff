"""Help that was arranged and days of absence: that, when and what was agreed. Never anything medical."""

from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.deadlines.queries import working_calendar
from bolwerk.incidents.actions.care.noting import note
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.models import Care, CareHelp, Concerned, SickLeave
from bolwerk.incidents.rules.care_help import Absence, Help, listed_from


def lock_care(*, concerned: Concerned) -> Care:
    """The track of somebody, locked. Raises ChangedMeanwhileError when it was erased."""
    care = Care.objects.select_for_update().get(pk=concerned.incident_id)
    if care.erased_at is not None:
        raise ChangedMeanwhileError
    return care


@transaction.atomic
def arrange_help(*, concerned: Concerned, arranged: Help, by: Person, at: datetime) -> CareHelp:
    """Write down that help was arranged. Raises ChangedMeanwhileError when the track was erased."""
    lock_care(concerned=concerned)
    kept = CareHelp.objects.create(
        incident=concerned.incident,
        concerned=concerned,
        kind=arranged.kind,
        arranged_on=arranged.arranged_on,
        agreed=arranged.agreed,
        by=by,
        at=at,
    )
    people = [concerned.person]
    note("incidents.care.help_arranged", incident=concerned.incident, by=by, at=at, people=people)
    return kept


@transaction.atomic
def write_absence(*, concerned: Concerned, absence: Absence, by: Person, at: datetime) -> SickLeave:
    """Write down that somebody is absent after what happened. While one absence runs, this changes that one.

    Raises ChangedMeanwhileError when the track was erased.
    """
    lock_care(concerned=concerned)
    kept = SickLeave.objects.filter(concerned=concerned, back_on=None).first()
    kept = kept or SickLeave(incident=concerned.incident, concerned=concerned)
    kept.began_on, kept.back_on = absence.began_on, absence.back_on
    kept.listed_from = listed_from(absence.began_on, working_calendar())
    kept.by, kept.at = by, at
    kept.save()
    note("incidents.care.absence", incident=concerned.incident, by=by, at=at, people=[concerned.person])
    return kept
