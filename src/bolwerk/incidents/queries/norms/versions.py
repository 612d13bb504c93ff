"""Which norm holds, of the organisation and of each team, and what stands in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from bolwerk.accounts.models import Department, Person
from bolwerk.incidents.models import ORGANISATION, Norm, NormEvent, NormRule
from bolwerk.incidents.queries.kinds import CONTENT
from bolwerk.incidents.rules.norms import Compared, Line, NormState, Police, RuleText, compared
from bolwerk.ui.content import content_file, content_language, read_yaml
from bolwerk.ui.once import asked_once

NORM_RULE = "urn:bolwerk:incidents:norm_rule:"
RuleChoices = list[tuple[str, list[tuple[str, str]]]]
WROTE = ("begin", "write", "offer")


@dataclass(frozen=True)
class Lines:
    """The rules on one line."""

    line: Line
    rows: list[Compared]


@dataclass(frozen=True)
class TeamNorm:
    """Where one team stands: the norm that holds there, whether a newer one of the organisation waits for it."""

    department: Department
    norm: Norm | None
    behind: bool


def default_rules(language: str | None = None) -> list[RuleText]:
    """The norm that comes along; the municipality's own `<dir>/content/norm.<language>.yaml` goes before it."""
    file = content_file(CONTENT, f"norm.{content_language(language)}.yaml")
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int) -> list[RuleText]:
    rows: list[dict[str, Any]] = read_yaml(file.read_text(encoding="utf-8"))
    return [RuleText(**(row | _codes(row))) for row in rows]


def _codes(row: dict[str, Any]) -> dict[str, Any]:
    return {"line": Line(row["line"]), "police": Police(row.get("police", Police.NONE.value))}


def english(rules: Iterable[RuleText]) -> tuple[list[RuleText], set[str]]:
    """Rules for whoever reads English, and the codes of those that there are only Dutch words for.

    A norm is adopted in Dutch. English words come from `norm.en.yaml`, and only for a rule that still says in Dutch
    what `norm.nl.yaml` says: words that were changed since are not put in another mouth.
    """
    dutch, words = ({rule.code: rule for rule in default_rules(one)} for one in ("nl", "en"))
    found: list[RuleText] = []
    only_dutch: set[str] = set()
    for rule in rules:
        known = words.get(rule.code)
        if known and dutch.get(rule.code) and _says(rule) == _says(dutch[rule.code]):
            said = (known.behaviour, known.employee, known.manager, known.management)
            found.append(replace(rule, behaviour=said[0], employee=said[1], manager=said[2], management=said[3]))
        else:
            found.append(rule)
            only_dutch.add(rule.code)
    return found, only_dutch


def _says(rule: RuleText) -> tuple[str, ...]:
    return rule.behaviour, rule.employee, rule.manager, rule.management


def norm_in_force(*, on: date, scope: str = ORGANISATION) -> Norm | None:
    """The version that holds on a day, with its rules: the newest that was adopted and whose day has come."""
    return asked_once(("norm in force", scope, on), lambda: _in_force(scope, on))


def _in_force(scope: str, on: date) -> Norm | None:
    adopted = Norm.objects.filter(scope=scope, state=NormState.ADOPTED, valid_from__lte=on)
    return adopted.select_related("adopted_by", "department", "base").prefetch_related("rules").first()


def open_version(*, scope: str = ORGANISATION) -> Norm | None:
    """The version that is being written or waits for adoption."""
    return Norm.objects.filter(scope=scope).exclude(state=NormState.ADOPTED).first()


def versions_of(*, scope: str = ORGANISATION) -> QuerySet[Norm]:
    """Every adopted version, newest first."""
    return Norm.objects.filter(scope=scope, state=NormState.ADOPTED).select_related("adopted_by")


def lines_of(rules: Iterable[RuleText], base: Iterable[RuleText] | None = None) -> list[Lines]:
    """Rules by line, green first; beside those of the organisation when `base` is given."""
    mine = list(rules)
    rows = compared(mine, mine if base is None else base)
    return [Lines(line, [row for row in rows if row.rule.line is line]) for line in Line]


def events_of(norm: Norm) -> list[NormEvent]:
    """What was done with a version, in order."""
    return list(norm.events.select_related("by"))


def wrote_in(norm: Norm, person: Person) -> bool:
    """Whether this person began, changed or offered this version."""
    return norm.events.filter(by=person, event__in=WROTE).exists()


def team_page(department: Department, *, on: date) -> TeamNorm:
    """Where this team stands."""
    norm, newest = norm_in_force(on=on, scope=str(department.pk)), norm_in_force(on=on)
    return TeamNorm(department, norm, bool(norm and newest and norm.base_id != newest.pk))


def team_norms(departments: Iterable[Department], *, on: date) -> list[TeamNorm]:
    """The same of many teams. Two queries."""
    newest = norm_in_force(on=on)
    held: dict[str, Norm] = {}
    rows = Norm.objects.filter(department__isnull=False, state=NormState.ADOPTED, valid_from__lte=on)
    for norm in rows.order_by("number"):
        held[norm.scope] = norm
    found = []
    for one in departments:
        mine = held.get(str(one.pk))
        found.append(TeamNorm(one, mine, bool(mine and newest and mine.base_id != newest.pk)))
    return found


def rule_choices(department: Department | None, *, on: date) -> RuleChoices:
    """Rules that can be broken, by line, the red ones first: of the team's norm when it has one, else the
    organisation's.
    """
    norm = norm_in_force(on=on, scope=str(department.pk)) if department else None
    norm = norm or norm_in_force(on=on)
    rows = list(norm.rules.all()) if norm else []
    groups = []
    for line in (Line.RED, Line.ORANGE):
        chosen = [(row.urn, row.behaviour) for row in rows if row.line == line]
        groups += [(str(line.label), chosen)] if chosen else []
    return groups


def rule_named(urn: str) -> NormRule | None:
    """The rule with this URN, of whatever version, with its norm."""
    try:
        key = UUID(urn.removeprefix(NORM_RULE))
    except ValueError:
        return None
    rows = NormRule.objects.select_related("norm", "norm__department").exclude(norm__state=NormState.DRAFT)
    return rows.filter(pk=key).first()
