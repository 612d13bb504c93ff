"""Everything behind one finding, from the vault: what was computed, compared and counted, in the reader's words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bolwerk.hub.models import Exclusion, Finding
from bolwerk.hub.queries.captions import DAYS, FACTS, FIGURES, KEYS, PEERS, TABLES, WORDS
from bolwerk.hub.queries.catalogue import RuleWords, reader_language, rule_words
from bolwerk.hub.queries.history import Moment, newest_first
from bolwerk.hub.queries.knowing import exclusions_known
from bolwerk.hub.queries.listing import headline, state_of, tone_of
from bolwerk.hub.queries.vault import opened_vault, vault_folder
from bolwerk.hub.rules.knowing import end_of
from bolwerk.hub.rules.sources import Register
from knooppunt.findings import Explanation, Ref
from knooppunt.findings.explain import explain
from knooppunt.vault import VaultError, open_vault

Pairs = list[tuple[str, str]]
RECORDS_SHOWN = 4  # the others are a click away


@dataclass(frozen=True)
class Record:
    """A record that a finding rests on: what it is, its numbers, what it says, and where it was delivered."""

    what: str
    keys: str
    says: str
    where: str


@dataclass(frozen=True)
class Delivered:
    """A delivery that a finding rests on: of which register, as of which day, and whether it is still the newest."""

    register: str
    as_of: date
    newest: bool


@dataclass(frozen=True)
class Detail:
    """A finding with everything behind it."""

    explanation: str
    rule: RuleWords | None
    figures: Pairs
    peers: Pairs
    above: str
    streets: list[tuple[str, int, int]]  # other streets with the same branch: name, how many, out of how many
    innocent: tuple[str, ...]
    records: list[Record]
    deliveries: list[Delivered]
    quality: str
    sql: str

    @property
    def first_records(self) -> list[Record]:
        """Those that are shown at once."""
        return self.records[:RECORDS_SHOWN]

    @property
    def other_records(self) -> list[Record]:
        """Those behind a click."""
        return self.records[RECORDS_SHOWN:]


def detail_of(finding: Finding, *, known_on: date | None = None) -> Detail:
    """Everything behind a finding, from the run that found it. Raises VaultError when the vault cannot be read.

    With `known_on` a delivery is the newest where it was so for who looked on that day.
    """
    told = explain(opened_vault(), finding.code, finding.as_of, finding.batch.run)
    found = told.finding
    language = reader_language()
    return Detail(
        explanation=found.explanation(language),
        rule=rule_words(finding.rule),
        figures=_pairs(FIGURES, found.values),
        peers=_pairs(PEERS, found.peers),
        above=_above(found.peers),
        streets=[
            (one["street"], one["establishments"], one["in_street"]) for one in found.peers.get("other_streets", [])
        ],
        innocent=found.false_positives(language),
        records=[_record(ref) for ref in found.refs],
        deliveries=list(_deliveries(told, known_on)),
        quality=quality_of(found.match_quality),
        sql=told.sql,
    )


def _pairs(words: dict[str, str | Promise], values: dict[str, Any]) -> Pairs:
    return [(str(label), _figure(values[name])) for name, label in words.items() if values.get(name) not in (None, "")]


def _figure(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return date_format(date.fromisoformat(value), "j F Y")
    if not isinstance(value, float):
        return number_format(value, use_l10n=True, force_grouping=True) if isinstance(value, int) else str(value)
    if value != 0 and abs(value) < 0.001:
        return _("less than one in a thousand")
    return number_format(value, decimal_pos=0 if value == round(value) else 1 if abs(value) >= 1 else 3)


def _above(peers: dict[str, Any]) -> str:
    """How the object stands among those it is compared with, in a sentence."""
    if peers.keys() == {"compared", "percentile"}:
        return _("There are too few of its kind to compare it with.")
    if peers["percentile"] >= 1:
        return _("Of those it is compared with, none shows as much.")
    share = number_format(100 * peers["percentile"], decimal_pos=1)
    return _("%(share)s%% of those it is compared with show less.") % {"share": share}


def _record(ref: Ref) -> Record:
    says = _("shielded: only that it counts is shown") if ref.facts.get("shielded") else _facts(ref.facts)
    where = ref.source_file.rsplit("/", 1)[-1]
    return Record(
        what=str(TABLES.get(ref.table, ref.table)),
        keys=", ".join(str(KEYS.get(name, "%(value)s")) % {"value": ref.keys[name]} for name in sorted(ref.keys)[::-1]),
        says=says,
        where=where if ref.source_line is None else _("%(file)s, line %(n)s") % {"file": where, "n": ref.source_line},
    )


def _facts(facts: dict[str, Any]) -> str:
    """What a record says, as far as it is shown: days in words, a link with its errors."""
    told = {name: value for name, value in facts.items() if name in FACTS and value not in (None, "")}
    for name in DAYS & told.keys():
        told[name] = date_format(date.fromisoformat(told[name]), "j F Y")
    errors = told.pop("errors", None)
    parts = [str(FACTS[name]) % {"value": _word(value)} for name, value in told.items()]
    if errors is not None:
        parts.append(ngettext("link with %(n)s error", "link with %(n)s errors", errors) % {"n": errors})
    return ", ".join(parts)


def _word(value: Any) -> Any:
    """A word of a register in the reader's language; a number as people write it."""
    if isinstance(value, int) and not isinstance(value, bool):
        return number_format(value, use_l10n=True, force_grouping=value >= 10_000)
    return WORDS.get(value, value) if isinstance(value, str) else value


def _deliveries(told: Explanation, known_on: date | None) -> Iterable[Delivered]:
    """The deliveries a finding rests on. The name of a delivery begins with its day."""
    newest = {one.register: one.delivery for one in open_vault(vault_folder(), known_on=known_on).registers()}
    needed = told.rule.registers
    for register, delivery in told.made_from.items():
        if register in needed:
            day = date.fromisoformat(delivery.rpartition("-")[0])
            yield Delivered(str(Register(register).label), day, newest.get(register) == delivery)


def quality_of(errors: int | None) -> str:
    """How sure the links are that a finding rests on, in a sentence."""
    if errors is None:
        return _("Linked by the number that the registers share; no address had to be matched.")
    if errors == 0:
        return _("All links are exact: 0 errors.")
    return ngettext(
        "At least one link has %(n)s error: an addition was written another way.",
        "At least one link has %(n)s errors.",
        errors,
    ) % {"n": errors}


def behind(finding: Finding, *, known_on: date | None = None) -> dict[str, Any]:
    """What the page of a finding shows from the vault; when that cannot be read, why (for the administrator)."""
    try:
        return {"detail": detail_of(finding, known_on=known_on), "trouble": ""}
    except VaultError as error:
        return {"detail": None, "trouble": str(error)}


def exclusion_of(finding: Finding, *, on: date, back: bool = False) -> Exclusion | None:
    """The exclusion that leaves a finding out on a day; `back`: that did so on a day of before."""
    holding = exclusions_known(on=on) if back else Exclusion.objects.in_force(on=on)
    return holding.filter(rule=finding.rule, object_id=finding.object_id).select_related("by").first()


def story_of(finding: Finding, *, until: datetime | None = None) -> list[Moment]:
    """What happened to a finding: every verdict with its reason, the newest first; only those before `until`."""
    moments = []
    said = finding.reviews.select_related("by", "carried_from")
    for review in said if until is None else said.filter(at__lt=until):
        what = str(review.get_verdict_display())
        if review.carried_from is not None:
            what = _("%(verdict)s, on the finding of %(day)s; the figures are the same") % {
                "verdict": what,
                "day": date_format(review.carried_from.as_of, "j F Y"),
            }
        moments.append(Moment(review.at, what, review.by, review.reason, "eye"))
    return newest_first(moments)


def standing(finding: Finding, *, on: date, back: bool = False) -> dict[str, Any]:
    """How a finding stands on a day; `back`: that is a day of before, and the finding is as it was then."""
    return {
        "finding": finding,
        "headline": headline(finding),
        "state": state_of(finding, on=on),
        "tone": tone_of(finding, on=on),
        "expired": finding.is_expired(on=on),
        "days_left": (finding.expires_on - on).days,
        "exclusion": exclusion_of(finding, on=on, back=back),
        "story": story_of(finding, until=end_of(on) if back else None),
    }
