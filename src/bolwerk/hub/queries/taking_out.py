"""What leaves the house: findings of the list as knooppunt keeps them, and what keepers of registers are to be told."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.formats import date_format

from bolwerk.hub.access import findings_of
from bolwerk.hub.models import Assessment, Finding, Review
from bolwerk.hub.queries.catalogue import rule_title
from bolwerk.hub.queries.stages import stage_now
from bolwerk.hub.queries.vault import opened_vault
from bolwerk.hub.rules.reviews import Verdict
from bolwerk.hub.rules.stages import Stage
from knooppunt.findings import RULES, FindingsRun, load_run
from knooppunt.findings.algorithm_register import Municipality, Status, record
from knooppunt.linkage.report_back import Report, waiting
from knooppunt.vault import Vault, VaultError

STATUS: dict[Stage, Status] = {
    Stage.DEVELOPMENT: "development",
    Stage.PILOT: "in_use",
    Stage.MATURE: "in_use",
    Stage.OFF: "off",
}


def runs_of(vault: Vault, rows: list[Finding]) -> FindingsRun:
    """These findings as one run, each as the run that found it last keeps it. Raises VaultError."""
    wanted = {one.code for one in rows}
    runs = {(one.batch.as_of, one.batch.run) for one in rows}
    loaded = [load_run(vault, day, run) for day, run in sorted(runs)]
    if not loaded:
        raise VaultError("There is nothing to take out.")
    found = {one.id: one for run in loaded for one in run.findings if one.id in wanted}
    return replace(loaded[-1], findings=tuple(found.values()))


@dataclass(frozen=True)
class WrongInRegister:
    """A finding of which somebody said that a register is wrong, as a document for its keeper."""

    number: str
    place: str
    title: str
    text: str


def errors_in_registers(rules: frozenset[str]) -> list[WrongInRegister]:
    """Findings with the verdict that a register is wrong, of rules in use. Two queries."""
    said = Prefetch("reviews", Review.objects.select_related("by").order_by("-at"), to_attr="said")
    rows = findings_of(rules).filter(current=True, verdict=Verdict.WRONG).prefetch_related(said).order_by("place")
    return [_wrong(one, next(iter(one.said), None)) for one in rows]  # type: ignore[attr-defined]  # prefetched


def _wrong(finding: Finding, review: Review | None) -> WrongInRegister:
    number = f"BLW-{finding.code}"
    title = rule_title(finding.rule)
    registers = ", ".join(code.upper() for code in RULES[finding.rule].registers) if finding.rule in RULES else ""
    lines = [
        f"Terugmelding {number}",
        f"Registers: {registers}",
        f"Object: {finding.object_id}, {finding.place}",
        f"Gevonden door: {finding.rule} {title}, peildatum {finding.as_of:%d-%m-%Y}",
        f"Wat er staat: {finding.headline_nl}",
    ]
    if review is not None:
        lines += [
            f"Waarom wij twijfelen: {review.reason}",
            f"Vastgesteld op {review.at:%d-%m-%Y} door {review.by.name}",
        ]
    return WrongInRegister(number, finding.place, title, "\n".join([*lines, ""]))


def decisions_waiting() -> list[Report]:
    """Decisions about establishments that no keeper knows yet; none when the vault cannot be read."""
    try:
        return waiting(opened_vault())
    except VaultError:
        return []


def register_start(code: str, *, organization: str, on: date) -> dict[str, Any]:
    """What a record for the algorithm register begins with: from the newest assessment of a rule. One query."""
    newest = Assessment.objects.filter(source=code).order_by("-version").first()
    start: dict[str, Any] = {"organization": organization, "since": on.replace(day=1)}
    if newest is not None:
        start["legal_basis"] = newest.legal_basis
        day = date_format(newest.decided_on, "j F Y")
        start["assessments"] = f"DPIA, {newest.reference}, {day}"
        start["since"] = newest.decided_on.replace(day=1)
    return start


def register_record(code: str, given: dict[str, Any]) -> dict[str, Any]:
    """The record of a rule for the national algorithm register. Raises RecordError."""
    status = STATUS[Stage(stage_now(code).stage)]
    return record(RULES[code], Municipality(**given, status=status))
