"""Studying areas: counts by month, a look ahead that must beat last year, hot spots that chance does not make."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from pyproj import Transformer

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.hub.access import in_use
from bolwerk.hub.actions.asking import take_slot
from bolwerk.hub.models import Job, Study
from bolwerk.hub.queries.catalogue import are_met
from bolwerk.hub.queries.outlook import can_be_studied
from bolwerk.hub.queries.stages import outcomes_now
from bolwerk.hub.rules.jobs import JobKind, Step, check_day
from bolwerk.hub.rules.sources import Register
from bolwerk.hub.rules.studies import MONTHS, REPORTS, StudyKind
from knooppunt.findings.bias import bias_reports
from knooppunt.findings.inputs import Inputs
from knooppunt.outlook import HotSpot, Series, forecast, report_hot_spots, report_series, rule_series
from knooppunt.vault import Vault, VaultError

Progress = Callable[[Step, int, int], None]


class NothingToStudyError(Exception):
    """The rule or the register of reports is not in use."""


@transaction.atomic
def ask_to_study(*, about: str, as_of: date, by: Person, at: datetime, on: date) -> Job:
    """Ask to look back over the months before the day `as_of`, and one month ahead.

    Raises NothingToStudyError, JobAtWorkError, and DayNotReachedError for a day after `on`.
    """
    check_day(as_of, on=on)
    if about not in can_be_studied(on=on):
        raise NothingToStudyError
    job = take_slot(job=Job(kind=JobKind.STUDY, by=by, asked_at=at, as_of=as_of, about=about))
    record("hub.study.asked", subject=job.urn, actor=by.urn, at=at, about=about, as_of=as_of.isoformat())
    return job


def study(*, vault: Vault, about: str, as_of: date, at: datetime, progress: Progress) -> Study:
    """Work it out and keep it. Raises MissingRegisterError and VaultError of knooppunt."""
    progress(Step.LOOKING_BACK, 0, MONTHS)
    if about == REPORTS:
        series = report_series(vault, on=as_of, months=MONTHS)
    else:
        told = partial(progress, Step.LOOKING_BACK)
        series = rule_series(vault, about, on=as_of, months=MONTHS, progress=told)
    progress(Step.LOOKING_AHEAD, 0, 1)
    result: dict[str, Any] = {"series": _plain(series), "forecast": forecast(series).to_json(), "spots": []}
    progress(Step.SPOTS, 0, 1)
    if about == REPORTS:
        result["spots"] = _placed(vault, as_of, report_hot_spots(vault, on=as_of))
    return Study.objects.create(kind=StudyKind.AHEAD, about=about, as_of=as_of, result=result, made_at=at)


def study_spread(*, vault: Vault, rules: Iterable[str], as_of: date, at: datetime, on: date) -> int:
    """Keep how what these rules found on a day falls over kinds of neighbourhoods; returns how many reports are new.

    With what looking gave until now, where somebody looked.
    Nothing where the registers of neighbourhoods are not in use or say too little: the findings stand all the same.
    """
    if not are_met([Register.AREAS.value, Register.AREAMAP.value], in_use(on=on)):
        return 0
    try:
        reports = bias_reports(vault, sorted(rules), as_of=as_of, outcomes=outcomes_now())
    except VaultError:
        return 0
    there = Study.objects.filter(kind=StudyKind.BIAS, as_of=as_of).values_list("about", flat=True)
    fresh = [one for one in reports if one.rule not in set(there)]
    Study.objects.bulk_create(
        [Study(kind=StudyKind.BIAS, about=one.rule, as_of=as_of, result=one.to_json(), made_at=at) for one in fresh]
    )
    return len(fresh)


def _plain(series: Series) -> dict[str, Any]:
    months = [month.isoformat() for month in series.months]
    areas = {"areas": list(series.areas), "codes": list(series.codes)}
    return areas | {"months": months, "counts": series.counts.tolist()}


def _placed(vault: Vault, on: date, spots: list[HotSpot]) -> list[dict[str, Any]]:
    """Hot spots with a point in degrees, and a street near the middle to know them by. Never a house number."""
    if not spots:
        return []
    turn = Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True)
    placed = []
    with Inputs(vault, on) as inputs:
        known = inputs.premises.filter(inputs.premises.x.notnull() & inputs.premises.street.notnull())
        for spot in spots:
            away = (known.x - spot.x) * (known.x - spot.x) + (known.y - spot.y) * (known.y - spot.y)
            near = known.mutate(away=away).order_by("away", "object_id").limit(1).select("street", "town").to_pyarrow()
            longitude, latitude = turn.transform(spot.x, spot.y)
            (where,) = near.to_pylist()
            degrees = {"longitude": round(longitude, 5), "latitude": round(latitude, 5)}
            placed.append(spot.to_json() | where | degrees)
    return placed
