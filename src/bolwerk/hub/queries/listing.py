"""The list of findings and its map: the same rows, the same filters, in an order that says nothing about weight."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from bolwerk.accounts.models import Person
from bolwerk.hub.access import findings_of
from bolwerk.hub.models import Batch, Finding, FindingQuerySet
from bolwerk.hub.queries.catalogue import reader_language, rule_title
from bolwerk.hub.rules.reviews import GIVEN, Verdict
from bolwerk.ui.dates import short_day
from bolwerk.ui.lists import Column, Filter, ListSpec, Page, Rows

EXPIRED, REPLACED, LEFT_OUT = "expired", "replaced", "left_out"
STATES = [
    (Verdict.OPEN.value, gettext_lazy("to be looked at")),
    *((verdict.value, verdict.label) for verdict in GIVEN),
    (EXPIRED, gettext_lazy("expired")),
    (REPLACED, gettext_lazy("no longer found")),
    (LEFT_OUT, gettext_lazy("left out")),
]
MAP_LIMIT = 50_000  # points: more than that is no map any more
TONES = {Verdict.OPEN: "calm", Verdict.WORTH_A_LOOK: "attention"}


def findings(rules: frozenset[str]) -> FindingQuerySet:
    """Every finding of the rules in use, also what expired or was left out: the filters choose."""
    return findings_of(rules)


def last_batch() -> Batch | None:
    """The last run that was put in the list."""
    return Batch.objects.first()


def headline(finding: Finding) -> str:
    """What was found, in a few words of the reader's language."""
    return finding.headline_en if reader_language() == "en" else finding.headline_nl


def state_of(finding: Finding, *, on: date) -> str:
    """How a finding stands on a day, in words."""
    if finding.is_expired(on=on):
        return gettext("Expired")
    return str(Verdict(finding.verdict).label) if finding.current else gettext("No longer found")


def _address(finding: Finding) -> str:
    return reverse("hub:finding", args=[finding.pk])


def _in_state(rows: FindingQuerySet, code: str, on: date) -> FindingQuerySet:
    if code == EXPIRED:
        return rows.expired(on=on)
    if code == LEFT_OUT:
        return rows.left_out(on=on)
    if code == REPLACED:
        return rows.filter(current=False, expires_on__gte=on)
    return rows.live(on=on).filter(verdict=code)


def _areas(rows: FindingQuerySet) -> list[tuple[str, str]]:
    """The areas there are findings in: the four digits of the postcode, with the town."""
    known = rows.exclude(area="").order_by("town", "area").values_list("area", "town").distinct()
    towns: dict[str, list[str]] = {}
    for area, town in known:
        towns.setdefault(area, []).append(town)
    return [(area, f"{area} {', '.join(names)}") for area, names in towns.items()]


def _containing(rows: Rows, words: str) -> Rows:
    wanted = Q()
    for word in words.split():
        wanted &= Q(place__icontains=word)
    return rows.filter(wanted)


PLACE = Column("place", gettext_lazy("Place"), lambda f: f.place, ("place",), href=_address)
FOUND = Column("found", gettext_lazy("What was found"), headline)
RULE = Column("rule", gettext_lazy("Rule"), lambda f: rule_title(f.rule), ("rule", "place"), kind="quiet")


def findings_spec(rules: frozenset[str], *, on: date) -> ListSpec:
    """The list as an analyst sees it on a day: first what is still to be looked at, by address."""
    rows = findings(rules)

    def until(finding: Finding) -> str:
        return short_day(finding.expires_on, on=on)

    return ListSpec(
        name="hub.findings",
        columns=(
            PLACE,
            FOUND,
            RULE,
            Column("state", gettext_lazy("State"), lambda f: state_of(f, on=on), kind="badge"),
            Column(
                "until",
                gettext_lazy("Valid until"),
                until,
                ("expires_on",),
                kind="short",
                before=gettext_lazy("valid until"),
            ),
        ),
        filters=(
            Filter(
                "state",
                gettext_lazy("State"),
                STATES,
                lambda found, code: _in_state(found, code, on),  # type: ignore[arg-type]  # of findings
                default=Verdict.OPEN.value,
            ),
            Filter(
                "rule",
                gettext_lazy("Rule"),
                [(code, rule_title(code)) for code in sorted(rules)],
                lambda found, code: found.filter(rule=code),
            ),
            Filter("area", gettext_lazy("Area"), lambda: _areas(rows), lambda found, code: found.filter(area=code)),
        ),
        search=_containing,
        sort="place",
        mark=lambda finding: str(finding.pk),
    )


def export_spec(rules: frozenset[str], *, by: Person, at: datetime, on: date, reason: str) -> ListSpec:
    """The same list as a file. Every row says who took it along, when and what for: a leaf that goes astray tells."""
    columns = (
        Column("code", gettext_lazy("Finding"), lambda f: f.code),
        RULE,
        Column("object", gettext_lazy("Object"), lambda f: f.object_id),
        replace(PLACE, href=None),
        Column("area", gettext_lazy("Area"), lambda f: f.area),
        FOUND,
        Column("as_of", gettext_lazy("As of"), lambda f: f.as_of),
        Column("until", gettext_lazy("Valid until"), lambda f: f.expires_on, ("expires_on",)),
        Column("state", gettext_lazy("State"), lambda f: state_of(f, on=on)),
        Column("errors", gettext_lazy("Errors in the link"), lambda f: f.match_quality),
        Column("by", gettext_lazy("Downloaded by"), lambda _f: by.name),
        Column("at", gettext_lazy("Downloaded"), lambda _f: at),
        Column("why", gettext_lazy("For"), lambda _f: reason),
    )
    return replace(findings_spec(rules, on=on), name="hub.findings", columns=columns)


def points_of(page: Page, *, on: date) -> dict[str, Any]:
    """Every finding of a list that has a place, not only of this page, as points: longitude, latitude, tone, id, place.

    Written as short rows: ten thousand of them are one megabyte.
    """
    return points_in(page.found, verdict="verdict", on=on)


def points_in(found: Rows, *, verdict: str, on: date) -> dict[str, Any]:
    """The rows that have a place as points. `verdict` is the column that says how each stands; `then` looks back."""
    wanted = found.filter(longitude__isnull=False).order_by()
    rows = wanted.values_list("longitude", "latitude", verdict, "expires_on", "current", "pk", "place")[:MAP_LIMIT]
    back = verdict != "verdict"
    return {
        "points": [
            [longitude, latitude, _tone(said, current=(back or current) and until >= on), str(pk), place]
            for longitude, latitude, said, until, current, pk, place in rows.iterator(chunk_size=5_000)
        ]
    }


def tone_of(finding: Finding, *, on: date) -> str:
    """How the state of a finding looks: worth a look asks for attention, what is over is quiet."""
    if finding.is_expired(on=on) or not finding.current:
        return "quiet"
    return {Verdict.WORTH_A_LOOK: "attention", Verdict.EXPLAINED: "quiet"}.get(Verdict(finding.verdict), "")


def spot(finding: Finding) -> dict[str, Any]:
    """One finding as a map wants it: its point, and itself as the only item of the list beside it."""
    properties = {"id": str(finding.pk), "tone": TONES.get(Verdict(finding.verdict), "quiet")}
    point = {"type": "Point", "coordinates": [finding.longitude, finding.latitude]}
    feature = {"type": "Feature", "properties": properties, "geometry": point}
    return {"geojson": {"type": "FeatureCollection", "features": [feature]}}


def _tone(verdict: str, *, current: bool) -> str:
    return TONES.get(Verdict(verdict), "quiet") if current else "quiet"
