"""Figures that leave for a circle, and those of the circle that come back: as bundles, and as people read them."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.translation import gettext as _

from bolwerk.accounts.rules import Role
from bolwerk.circle.access.exchange import EXCHANGERS, POOL
from bolwerk.circle.models import PooledRelease
from bolwerk.circle.queries.benchmark import Base, figure_names, told
from bolwerk.circle.queries.bundles import aggregates_of, origin_name, years_of
from bolwerk.circle.queries.sending import Sending
from bolwerk.circle.rules.pooling import TOTAL

REPORTS = "benchmark"
POOL_SCHEMA = "urn:bolwerk:schema:pool:1"


def gives_figures() -> bool:
    """Whether this house can have figures at all: a host has no reports."""
    return REPORTS in settings.BUNDLE_AGGREGATES


def years_to_send() -> list[int]:
    """The years of which this house can contribute its figures, the latest first."""
    return years_of(REPORTS)


def year_to_contribute(roles: frozenset[Role]) -> int | None:
    """For somebody of a circle: the last year of which this house can contribute its figures, if there is one."""
    years = years_to_send() if roles & EXCHANGERS else []
    return years[0] if years else None


def aggregates_item(kind: str, year: int) -> Sending | None:
    """The figures of a year as something to send: the same item each time, so that a later version replaces it."""
    content = aggregates_of(kind, year)
    if content is None:
        return None
    name = origin_name()
    title = _("Figures of %(name)s, %(year)d") % {"name": name, "year": year}
    return Sending(kind, uuid5(NAMESPACE_URL, f"urn:bolwerk:{kind}:{name}:{year}"), title, content)


def pool_to_send(release: PooledRelease) -> Sending:
    """The pooled figures of a year, for the members to read at home beside their own. Of no single municipality."""
    circle = release.circle.name
    content = {
        "schema": POOL_SCHEMA,
        "circle": circle,
        "year": release.year,
        "municipalities": len(release.panel),
        "made_at": release.made_at.isoformat(timespec="seconds"),
        "employees": release.employees,
        "off_by": release.off_by,
        "reports": [{"kind": kind, "reports": figure} for kind, figure in release.cells.items()],
    }
    title = _("Figures of %(name)s together, %(year)d") % {"name": circle, "year": release.year}
    return Sending(POOL, uuid5(NAMESPACE_URL, release.urn), title, content)


def pool_beside_own(content: dict[str, Any]) -> dict[str, Any]:
    """A pooled release that came in, beside the published figures of this house of the same year."""
    names, base = figure_names(), Base(content["employees"], content["off_by"])
    own, own_base = _own(content["year"])
    rows = []
    for cell in content["reports"]:
        row = [names.get(cell["kind"], cell["kind"]), *told(base, cell["reports"])]
        rows.append((*row, told(own_base, own.get(cell["kind"]))[1]) if own_base else tuple(row))
    headings = [_("What happened"), _("Incidents, about"), _("Together, per 1,000 employees")]
    facts = {"count": content["municipalities"], "year": content["year"], "circle": content["circle"]}
    says = _("%(count)d municipalities of %(circle)s together in %(year)d") % facts
    return {"says": says, "headings": [*headings, _("We, per 1,000 employees")] if own_base else headings, "rows": rows}


def _own(year: int) -> tuple[dict[str, int | None], Base | None]:
    found = aggregates_of(REPORTS, year)
    if found is None:
        return {}, None
    figures = {cell["kind"]: cell["reports"] for cell in found["reports"] if cell["quarter"] == TOTAL}
    return figures, Base(found["employees"], found["rounding_base"] // 2)
