"""Taking over: putting the findings of a run in the list, all at once, with the verdicts that still hold."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from pyproj import Transformer

from bolwerk.audit.actions import SYSTEM, record
from bolwerk.hub.models import Batch, Finding, Review
from bolwerk.hub.queries import job_at_work, opened_vault, rules_on
from bolwerk.hub.rules.reviews import Verdict
from knooppunt.findings import Finding as Found
from knooppunt.findings import FindingsRun, current_run, days_with_findings, load_findings
from knooppunt.vault import VaultError

AT_ONCE = 500  # rows in one statement
RD_NEW, DEGREES = "EPSG:28992", "EPSG:4326"
DECIMALS = 6  # of a degree: about a tenth of a metre


@transaction.atomic
def take_over(*, run: FindingsRun, rules: frozenset[str], by: str, at: datetime) -> Batch:
    """Put the findings of `rules` in a run in the list; those of earlier runs of these rules are no longer current.

    A verdict on an earlier finding about the same object comes along when the number that made it a finding is the
    same: the same facts need no second look. `by` is a URN. Everything is there afterwards, or nothing.
    """
    outcomes = [vars(one) | {"sql": ""} for one in run.outcomes if one.rule in rules]
    batch = Batch.objects.create(run=run.run, as_of=run.as_of, made_from=run.made_from, outcomes=outcomes, taken_at=at)
    found = [one for one in run.findings if one.rule in rules]
    Finding.objects.filter(rule__in=[one["rule"] for one in outcomes], current=True).update(current=False)
    known = set(_known(one.id for one in found))
    for codes in _pieces(list(known)):
        Finding.objects.filter(code__in=codes).update(current=True, batch=batch)
    new = _rows([one for one in found if one.id not in known], batch)
    _carry_over(new)
    record("hub.findings.taken_over", subject=f"urn:bolwerk:hub:batch:{batch.pk}", actor=by, at=at, findings=len(found))
    return batch


def _pieces(codes: list[str]) -> Iterable[list[str]]:
    return (codes[start : start + AT_ONCE] for start in range(0, len(codes), AT_ONCE))


def _known(codes: Iterable[str]) -> Iterable[str]:
    for piece in _pieces(list(codes)):
        yield from Finding.objects.filter(code__in=piece).values_list("code", flat=True)


def _rows(found: list[Found], batch: Batch) -> list[Finding]:
    """The rows of findings that were not in the list before, with their place in degrees for the map."""
    turn = Transformer.from_crs(RD_NEW, DEGREES, always_xy=True)
    rows = []
    for one in found:
        longitude, latitude = turn.transform(one.x, one.y) if one.x is not None and one.y is not None else (None, None)
        rows.append(
            Finding(
                code=one.id,
                batch=batch,
                rule=one.rule,
                rule_version=one.rule_version,
                level=one.level,
                object_id=one.object_id,
                part=one.part,
                place=one.place,
                street=one.street,
                area=one.area,
                town=one.town,
                longitude=round(longitude, DECIMALS) if longitude is not None else None,
                latitude=round(latitude, DECIMALS) if latitude is not None else None,
                headline_nl=one.headline_nl,
                headline_en=one.headline_en,
                match_quality=one.match_quality,
                as_of=one.as_of,
                expires_on=one.expires_on,
            )
        )
    return Finding.objects.bulk_create(rows, batch_size=AT_ONCE)


def _carry_over(new: list[Finding]) -> None:
    """Give new findings the verdict of the last one about the same object, where the number is still the same."""
    about = {(one.rule, one.rule_version, one.object_id, one.part, one.headline_nl): one for one in new}
    looked_at = Finding.objects.filter(erased_at=None).exclude(verdict=Verdict.OPEN)
    judged: list[Finding] = []
    reviews: list[Review] = []
    for earlier in looked_at.order_by("-as_of").prefetch_related("reviews").iterator(chunk_size=AT_ONCE):
        key = (earlier.rule, earlier.rule_version, earlier.object_id, earlier.part, earlier.headline_nl)
        one = about.pop(key, None)
        last = max(earlier.reviews.all(), key=lambda review: review.at, default=None)
        if one is not None and last is not None:
            one.verdict = earlier.verdict
            judged.append(one)
            reviews.append(
                Review(
                    finding=one,
                    verdict=last.verdict,
                    reason=last.reason,
                    by_id=last.by_id,
                    at=last.at,
                    carried_from=last.carried_from or earlier,
                )
            )
    Finding.objects.bulk_update(judged, ["verdict"], batch_size=AT_ONCE)
    Review.objects.bulk_create(reviews, batch_size=AT_ONCE)


def take_over_newest(*, at: datetime, on: date) -> Batch | None:
    """Take over the findings that a command line worked out last, if there are any that the list does not have.

    Only those of rules that are in use: the vault does not know what was assessed. Does nothing while a job is at work,
    without a vault, or with one that cannot be read; the pages say that.
    """
    if job_at_work() is not None:
        return None
    try:
        vault = opened_vault()
        days = days_with_findings(vault)
        if not days or Batch.objects.filter(as_of=days[0], run=current_run(vault, days[0])).exists():
            return None
        run = load_findings(vault, days[0])
    except VaultError:
        return None
    rules = rules_on(on) & {one.rule for one in run.outcomes if one.status == "done"}
    return take_over(run=run, rules=rules, by=SYSTEM, at=at) if rules else None
