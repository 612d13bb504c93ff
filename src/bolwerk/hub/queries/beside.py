"""What else was found about the same object, now or as it was known on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bolwerk.hub.models import Finding, FindingQuerySet
from bolwerk.hub.queries.catalogue import rule_title
from bolwerk.hub.queries.knowing import Known, before, told_then
from bolwerk.hub.queries.listing import headline, state_of

EARLIER_SHOWN = 5


@dataclass(frozen=True)
class Line:
    """Another finding, as a line that leads to it."""

    finding: Finding
    title: str
    headline: str
    state: str


def _lines(rows: Iterable[Finding], on: date) -> list[Line]:
    return [Line(one, rule_title(one.rule), headline(one), state_of(one, on=on)) for one in rows]


def beside(finding: Finding, rows: FindingQuerySet, *, on: date, known: Known | None = None) -> dict[str, list[Line]]:
    """Other findings about the same object: what other rules found now, and what this rule found before. One query.

    With `known` it is as it was known on that day.
    """
    about = {"object_id": finding.object_id}
    if known is None:
        same = list(rows.filter(**about).exclude(pk=finding.pk).order_by("-as_of", "rule"))
        now = [one for one in same if one.current]
    else:
        now = told_then(known.findings.filter(**about).exclude(pk=finding.pk).order_by("-as_of", "rule"), current=True)
        same = told_then(before(finding, known), current=False)
    others = [one for one in now if not one.is_expired(on=on) and one.rule != finding.rule]
    earlier = [
        one for one in same if (one.rule, one.part) == (finding.rule, finding.part) and one.as_of < finding.as_of
    ]
    return {"others": _lines(others, on), "earlier": _lines(earlier[:EARLIER_SHOWN], on)}
