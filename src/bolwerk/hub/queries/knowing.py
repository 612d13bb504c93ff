"""As we knew it on a day: what the last search of then had put in the list, with what was said of it by then.

What a search found stays, and so does the moment it was put in the list; a verdict and an exclusion have a moment too.
So an earlier day is told from what is kept, nothing is worked out anew. Rules are those that are in use now: a rule
that was switched off stays away, also when somebody looks back.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from bolwerk.hub.access import findings_of
from bolwerk.hub.models import Batch, Exclusion, Finding, FindingQuerySet, Review
from bolwerk.hub.queries.listing import EXPIRED, LEFT_OUT, REPLACED, STATES, findings_spec, points_in, state_of
from bolwerk.hub.queries.vault import opened_vault
from bolwerk.hub.rules.knowing import end_of
from bolwerk.hub.rules.reviews import Verdict
from bolwerk.ui.lists import Column, Filter, ListSpec, Page, Rows
from knooppunt.findings.store import load_run
from knooppunt.vault import VaultError


@dataclass(frozen=True)
class Known:
    """What was known on a day: the findings of then (each with its verdict of then, `then`), and the last search."""

    day: date
    findings: FindingQuerySet
    batch: Batch | None
    trouble: str = ""


def known_on(rules: frozenset[str], *, on: date) -> Known:
    """What the list held on a day. Of a day on which a search was done twice, the vault says what each found."""
    last = _last_of_each(rules, on)
    wanted, trouble = Q(pk__in=[]), ""
    for batch, of_rules in _by_batch(last):
        own = Q(rule__in=of_rules, as_of=batch.as_of)
        if Batch.objects.filter(as_of=batch.as_of).count() > 1:
            try:
                own &= Q(code__in=[one.id for one in load_run(opened_vault(), batch.as_of, batch.run).findings])
            except VaultError as error:
                own, trouble = Q(pk__in=[]), str(error)
        wanted |= own
    newest = max(last.values(), key=lambda one: one.taken_at, default=None)
    return Known(on, _with_verdicts(findings_of(rules).filter(wanted), on), newest, trouble)


def _last_of_each(rules: frozenset[str], on: date) -> dict[str, Batch]:
    """Per rule the last search that asked it, of those that were in the list by the end of a day."""
    last: dict[str, Batch] = {}
    for batch in Batch.objects.filter(taken_at__lt=end_of(on)).order_by("-taken_at").iterator(chunk_size=20):
        for outcome in batch.outcomes:
            if outcome["rule"] in rules:
                last.setdefault(outcome["rule"], batch)
        if rules <= last.keys():
            break
    return last


def _by_batch(last: dict[str, Batch]) -> Iterable[tuple[Batch, list[str]]]:
    batches = {batch.pk: batch for batch in last.values()}
    return ((batch, [rule for rule, own in last.items() if own.pk == key]) for key, batch in batches.items())


def _with_verdicts(rows: FindingQuerySet, on: date) -> FindingQuerySet:
    said = Review.objects.filter(finding=OuterRef("pk"), at__lt=end_of(on)).order_by("-at", "-pk").values("verdict")
    return rows.annotate(then=Coalesce(Subquery(said[:1]), Value(Verdict.OPEN.value)))


def exclusions_known(*, on: date) -> QuerySet[Exclusion]:
    """The exclusions that held at the end of a day."""
    end = end_of(on)
    begun = Exclusion.objects.filter(at__lt=end, until__gte=on)
    return begun.filter(Q(ended_at=None) | Q(ended_at__gte=end))


def known_spec(rules: frozenset[str], *, on: date, held: dict[str, str]) -> ListSpec:
    """The list as it was on a day: no file of it, for a file is of now."""
    now = findings_spec(rules, on=on)
    end = "&".join(f"{name}={value}" for name, value in held.items())

    def leads_to(finding: Finding) -> str:
        return f"{reverse('hub:finding', args=[finding.pk])}?{end}"

    def told(finding: Finding) -> str:
        return state_of(told_then([finding], current=True)[0], on=on)

    turned: dict[str, dict[str, Any]] = {"place": {"href": leads_to}, "state": {"value": told}}
    columns: list[Column] = [replace(one, **turned.get(one.name, {})) for one in now.columns]
    states = [(code, label) for code, label in STATES if code != REPLACED]
    state = replace(now.filters[0], choices=states, apply=lambda rows, code: _in_state(rows, code, on))
    filters: tuple[Filter, ...] = (state, *now.filters[1:])
    return replace(now, columns=tuple(columns), filters=filters, held=held, downloadable=False)


def _in_state(rows: Rows, code: str, on: date) -> Rows:
    left_out = Exists(exclusions_known(on=on).filter(rule=OuterRef("rule"), object_id=OuterRef("object_id")))
    if code == EXPIRED:
        return rows.filter(expires_on__lt=on)
    if code == LEFT_OUT:
        return rows.filter(left_out)
    return rows.filter(expires_on__gte=on, then=code).exclude(left_out)


def points_known(page: Page, *, on: date) -> dict[str, Any]:
    """The findings of a looking back as points of a map."""
    return points_in(page.found, verdict="then", on=on)


def as_then(finding: Finding, known: Known) -> Finding | None:
    """A finding as it stood on a day, not to be saved; None when no search had found it by then."""
    batches = Batch.objects.filter(as_of=finding.as_of, taken_at__lt=end_of(known.day)).order_by("-taken_at")
    batch = next((one for one in batches if _asked(one, finding.rule)), None)
    same = _with_verdicts(Finding.objects.filter(pk=finding.pk), known.day).first()
    if batch is None or same is None:
        return None
    then = copy(finding)
    then.batch = finding.batch if finding.batch.taken_at < end_of(known.day) else batch
    then.verdict = same.then  # type: ignore[attr-defined]  # annotated
    then.current = known.findings.filter(pk=finding.pk).exists()
    return then


def _asked(batch: Batch, rule: str) -> bool:
    return any(outcome["rule"] == rule for outcome in batch.outcomes)


def before(finding: Finding, known: Known) -> FindingQuerySet:
    """What the same rule found about the same object for an earlier day, with what was said of it by then."""
    same = findings_of(frozenset({finding.rule})).filter(object_id=finding.object_id, part=finding.part)
    return _with_verdicts(same.filter(as_of__lt=finding.as_of).order_by("-as_of"), known.day)


def told_then(rows: Iterable[Finding], *, current: bool) -> list[Finding]:
    """Findings of a looking back, each with its verdict of then; not to be saved."""
    told = []
    for one in rows:
        then = copy(one)
        then.verdict, then.current = one.then, current  # type: ignore[attr-defined]  # annotated
        told.append(then)
    return told
