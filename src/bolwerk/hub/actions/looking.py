"""Looking: a work list of found objects with random controls among them, and what looking at each gave."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.hub.access import findings_of
from bolwerk.hub.actions.moving import put_off_if_no_better
from bolwerk.hub.actions.reviewing import give_verdict
from bolwerk.hub.models import Finding, WorkItem, WorkList
from bolwerk.hub.queries.catalogue import rules_on
from bolwerk.hub.queries.population import Population, population_of
from bolwerk.hub.rules.reviews import Verdict
from bolwerk.hub.rules.stages import LEADS_TO, Looked
from knooppunt.findings import RULES
from knooppunt.findings.yields import work_list

SEED_BITS = 48


class NothingToLookAtError(Exception):
    """The rule has no open finding that does not stand on a work list already."""


class NoPopulationError(Exception):
    """No object can be drawn at random: the vault cannot be read, or holds no whole BAG."""


class OutcomeGivenError(Exception):
    """What looking gave was written down already; then it is known what the object was, and it stays."""


@dataclass(frozen=True)
class Drawing:
    """For which rule a list is drawn, with at most how many found objects."""

    rule: str
    most: int


def draw_list(*, drawing: Drawing, by: Person, at: datetime, on: date) -> WorkList:
    """Draw a work list: open findings of a rule, by address, with one control for every five.

    Raises NothingToLookAtError and NoPopulationError. The seed is in the trail, so that the draw can be done again.
    """
    found = _open(drawing.rule, on)[: drawing.most]
    if not found:
        raise NothingToLookAtError
    seed, as_of = secrets.randbits(SEED_BITS), max(one.as_of for one in found)
    with population_of(RULES[drawing.rule].level, as_of=as_of) as everybody:
        if everybody is None:
            raise NoPopulationError
        return _written(drawing.rule, found, everybody, (seed, as_of), by, at)


def _open(rule: str, on: date) -> list[Finding]:
    """The findings that may be looked at: live, without a verdict, one an object, on no list that is still open."""
    taken = WorkItem.objects.filter(list__rule=rule, looked="").values("object_id")
    rows = findings_of(rules_on(on)).live(on=on).filter(rule=rule, verdict=Verdict.OPEN).exclude(object_id__in=taken)
    return list({one.object_id: one for one in rows.order_by("-place")}.values())[::-1]


@transaction.atomic
def _written(
    rule: str, found: list[Finding], everybody: Population, drawn: tuple[int, date], by: Person, at: datetime
) -> WorkList:
    seed, as_of = drawn
    known = {one.object_id: one for one in found}
    everywhere = set(Finding.objects.filter(rule=rule, current=True).values_list("object_id", flat=True))
    items = work_list(sorted(known), set(everybody.ids) - (everywhere - known.keys()), seed=seed)
    version = RULES[rule].version
    made = WorkList.objects.create(
        rule=rule, rule_version=version, as_of=as_of, seed=seed, size=len(items), by=by, at=at
    )
    places = everybody.places([one.object_id for one in items if one.is_control])
    WorkItem.objects.bulk_create(
        WorkItem(
            list=made,
            number=number,
            object_id=one.object_id,
            place=places[one.object_id] if one.is_control else known[one.object_id].place,
            is_control=one.is_control,
            finding=known.get(one.object_id),
        )
        for number, one in enumerate(items, start=1)
    )
    record("hub.worklist.drawn", subject=made.urn, actor=by.urn, at=at, rule=rule, size=len(items), seed=str(seed))
    return made


@dataclass(frozen=True)
class Gave:
    """What looking gave, and how that is known."""

    looked: Looked
    reason: str


@transaction.atomic
def give_outcome(*, item: WorkItem, gave: Gave, by: Person, at: datetime, on: date) -> bool:
    """Write down what looking at an object gave; the finding about it gets the verdict that belongs to it.

    Returns whether the rule went off by it. The row is locked first: of two people one wins. Raises OutcomeGivenError.
    """
    item = WorkItem.objects.select_for_update().select_related("list").get(pk=item.pk)
    if item.looked:
        raise OutcomeGivenError
    item.looked, item.reason, item.by, item.at = gave.looked, gave.reason, by, at
    item.save(update_fields=["looked", "reason", "by", "at"])
    record("hub.outcome.given", subject=item.list.urn, actor=by.urn, at=at)
    _review(item, by, at, on)
    return put_off_if_no_better(code=item.list.rule, at=at)


def _review(item: WorkItem, by: Person, at: datetime, on: date) -> None:
    """Give the finding about an object the verdict that belongs to the outcome, with the same reason."""
    verdict = LEADS_TO.get(Looked(item.looked))
    if verdict is None or item.finding_id is None:
        return
    finding = Finding.objects.select_for_update().get(pk=item.finding_id)
    if finding.is_expired(on=on) or finding.verdict == verdict:
        return
    give_verdict(finding=finding, verdict=verdict, reason=item.reason, by=by, at=at)
