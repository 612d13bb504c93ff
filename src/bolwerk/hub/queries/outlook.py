"""Looks ahead by area: what can be studied, what was, and how it is told. Areas only, always beside last year."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bolwerk.hub.access import in_use
from bolwerk.hub.models import Study
from bolwerk.hub.queries.catalogue import rule_title, rules_on, sources
from bolwerk.hub.queries.outlook_drawn import ahead_chart, series_chart
from bolwerk.hub.rules.knowing import end_of
from bolwerk.hub.rules.sources import Register
from bolwerk.hub.rules.studies import REPORTS, StudyKind
from bolwerk.ui.charts import Chart
from knooppunt.outlook import AreaTables, Forecast, HotSpot, Series, SeriesTold, told_ahead, told_series
from knooppunt.outlook.forecast import Area


def can_be_studied(*, on: date) -> frozenset[str]:
    """What a look ahead can be about on a day: rules in use, and reports when their registers are. Three queries."""
    on_now = in_use(on=on)
    reports = {REPORTS} if {Register.BAG.value, Register.REPORTS.value} <= on_now else set()
    return frozenset(rules_on(on) | reports)


def study_title(about: str) -> str:
    """What a look ahead is about, in words."""
    text = sources().get(about)
    return str(text.title) if about == REPORTS and text else rule_title(about)


def study_choices(*, on: date) -> list[tuple[str, str]]:
    """What can be chosen: reports first, then rules by name."""
    codes = sorted(can_be_studied(on=on), key=lambda code: (code != REPORTS, study_title(code)))
    return [(code, study_title(code)) for code in codes]


def studies(*, on: date, known_on: date | None = None) -> list[Study]:
    """The newest look ahead about each thing that may be looked at now; of those there were on `known_on`, if given."""
    found: dict[str, Study] = {}
    rows = Study.objects.filter(kind=StudyKind.AHEAD, about__in=can_be_studied(on=on))
    if known_on is not None:
        rows = rows.filter(made_at__lt=end_of(known_on))
    for one in rows.order_by("-made_at"):
        found.setdefault(one.about, one)
    return sorted(found.values(), key=lambda one: (one.about != REPORTS, study_title(one.about)))


def month_name(day: date) -> str:
    """A month in words."""
    return f"{MONTH_NAMES[day.month]} {day.year}"


def tables_of(study: Study) -> AreaTables:
    """What a look ahead worked out, as knooppunt gave it."""
    series, told = study.result["series"], study.result["forecast"]
    months = tuple(date.fromisoformat(month) for month in series["months"])
    counts = np.array(series["counts"], np.int64).reshape(len(series["areas"]), len(months))
    codes = tuple(series.get("codes", ()))
    counted = Series(study.about, tuple(series["areas"]), months, counts, codes)
    ahead = {"areas": tuple(Area(**one) for one in told["areas"]), "month": date.fromisoformat(told["month"])}
    names = [one.name for one in fields(HotSpot)]
    spots = [HotSpot(**{name: spot[name] for name in names}) for spot in study.result["spots"]]
    return AreaTables(study.as_of, counted, Forecast(**{"what": study.about} | told | ahead), spots)


@dataclass(frozen=True)
class Outlook:
    """A look ahead as its page tells it."""

    study: Study
    title: str
    month: str
    sentence: str
    series: Chart | None
    ahead: Chart | None
    spots: list[dict[str, Any]]
    how_good: str


def outlook_of(study: Study) -> Outlook:
    """A look ahead in words and drawings, with what may be told of it."""
    told, tables = study.result["forecast"], tables_of(study)
    series = told_series(tables.series)
    return Outlook(
        study=study,
        title=study_title(study.about),
        month=month_name(tables.forecast.month),
        sentence=_sentence(told),
        series=series_chart(series, _counted(series)) if series.areas else None,
        ahead=ahead_chart(told_ahead(tables.forecast, series.names)),
        spots=study.result["spots"],
        how_good=_how_good(told),
    )


def _counted(series: SeriesTold) -> str:
    words = {"first": month_name(series.months[0]), "last": month_name(series.months[-1])}
    words |= {"what": study_title(series.what)}
    return _("%(what)s per month, %(first)s up to and including %(last)s") % words


def _percent(share: float) -> int:
    return round(100 * share)


def _sentence(told: dict[str, Any]) -> str:
    gains = {name: _percent(told[name]) for name in ("gain", "gain_low", "gain_high")}
    if told["verdict"] == "better":
        return (
            _("Better than last year's numbers: errors were %(gain)s%% smaller (%(gain_low)s to %(gain_high)s%%).")
            % gains
        )
    if told["verdict"] == "no_better":
        return _("Looking ahead is no better than last year's numbers here, so those are shown.")
    return _("There is no look ahead: it takes 24 months, and an area with at least ten in all of them.")


def _how_good(told: dict[str, Any]) -> str:
    if told["verdict"] == "too_short":
        return ""
    return _(
        "Tested on %(months)s months that were not known yet: an area was wrong by %(error)s a month, last year's "
        "number by %(last_year)s. In %(covered)s%% of the cases what came lay within the interval (meant: 80%%)."
    ) % {
        "months": told["tested_months"],
        "error": number_format(told["error"], decimal_pos=1),
        "last_year": number_format(told["error_last_year"], decimal_pos=1),
        "covered": _percent(told["covered"]),
    }
