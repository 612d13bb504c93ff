"""Makes sources that are on, findings in the list, and the deliveries of a small town, for tests."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.actions import SYSTEM
from bolwerk.hub.actions import AssessmentText, decide, switch_on, take_over, write_assessment
from bolwerk.hub.models import Assessment, Finding
from bolwerk.hub.rules.assessments import Outcome
from knooppunt.findings import Finding as Found
from knooppunt.findings import FindingsRun, RuleOutcome
from knooppunt.synthetic import synthesise

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = MONDAY.date()
STAND = date(2026, 11, 1)  # of the town
REGISTERS = ("bag", "kvk")
RULES = ("BED-01", "BED-02")
HOME = "9900010000000001"
FILES = {"bag": "bag.zip", "brp": "brp.csv", "kvk": "kvk.jsonl"}


def make_analyst(name: str = "Ravi Soerjadi") -> Person:
    """Somebody who works with findings."""
    return make_person(name, Role.ANALYST)


def make_privacy_officer(name: str = "Marijke van Dam") -> Person:
    """Somebody who says whether an assessment holds."""
    return make_person(name, Role.PRIVACY_OFFICER)


def make_text(**changes: object) -> AssessmentText:
    """What an assessment says."""
    usual: dict[str, Any] = {
        "purpose": "Brievenbusfirma's vinden",
        "legal_basis": "Gemeentewet artikel 172",
        "processing_activity": "VR-2026-031",
        "reference": "Z2026-04417",
        "decided_by": "College van burgemeester en wethouders",
        "decided_on": TODAY - timedelta(days=10),
        "valid_until": TODAY + timedelta(days=300),
    }
    return AssessmentText(**(usual | changes))


def make_assessment(
    source: str = "bag", *, by: Person | None = None, at: datetime = MONDAY, **text: object
) -> Assessment:
    """An assessment that waits for the privacy officer."""
    return write_assessment(source=source, text=make_text(**text), by=by or make_analyst(), at=at)


def confirm(assessment: Assessment, *, at: datetime = MONDAY) -> None:
    """Let a privacy officer confirm it."""
    by = make_privacy_officer()
    decide(assessment=assessment, outcome=Outcome.CONFIRMED, reason="", by=by, at=at, on=at.date())


def put_on(*codes: str, at: datetime = MONDAY) -> None:
    """Assess, confirm and switch on registers and rules: those of companies when none is named."""
    analyst = make_analyst("Aan Zetter")
    for code in codes or (*REGISTERS, *RULES):
        confirm(make_assessment(code, by=analyst, at=at), at=at)
        switch_on(code=code, by=analyst, at=at, on=at.date(), seen=0, reason="DPIA bevestigd")


def found(code: str = "f1", **changes: object) -> Found:
    """A finding as knooppunt gives it."""
    as_of = changes.get("as_of", TODAY)
    assert isinstance(as_of, date)
    usual: dict[str, Any] = {
        "id": code,
        "rule": "BED-01",
        "rule_version": 1,
        "level": "address",
        "object_id": HOME,
        "part": "",
        "as_of": as_of,
        "expires_on": as_of + timedelta(days=90),
        "place": "Kade 1, 6100AA Zilverdam",
        "street": "Kade",
        "area": "6100",
        "town": "Zilverdam",
        "x": 155000.0,
        "y": 463000.0,
        "match_quality": 0,
        "headline_nl": "12 bedrijven",
        "headline_en": "12 companies",
        "explanation_nl": "Op dit adres staan 12 bedrijven.",
        "explanation_en": "12 companies are at this address.",
        "values": {"concerns": 12},
        "peers": {"percentile": 0.99},
        "false_positives_nl": ("bedrijfsverzamelgebouw",),
        "false_positives_en": ("multi-tenant building",),
        "refs": (),
    }
    return Found(**(usual | changes))


def make_run(*findings: Found, name: str = "r1", as_of: date = TODAY, rules: tuple[str, ...] = RULES) -> FindingsRun:
    """A run as knooppunt gives it."""
    outcomes = tuple(RuleOutcome(rule, 1, "done", len(findings), 0, "", "SELECT 1", 0.1) for rule in rules)
    return FindingsRun(name, as_of, {"bag": "b1", "kvk": "k1"}, outcomes, findings)


def put_in_list(*findings: Found, name: str = "r1", as_of: date = TODAY, at: datetime = MONDAY) -> list[Finding]:
    """Findings in the list, in the order in which they are given."""
    take_over(run=make_run(*findings, name=name, as_of=as_of), rules=frozenset(RULES), by=SYSTEM, at=at)
    rows = {row.code: row for row in Finding.objects.all()}
    return [rows[one.id] for one in findings]


def make_finding(**changes: object) -> Finding:
    """One finding in the list, of a rule that is in use."""
    put_on()
    return put_in_list(found(**changes))[0]  # type: ignore[arg-type]  # names of its fields


@cache
def town() -> Path:
    """A folder with the deliveries of a small town, made once: bag.zip, brp.csv and kvk.jsonl."""
    folder = Path(mkdtemp(prefix="hub-town-"))
    synthesise(residents=3_000, seed=3, out=folder)
    return folder
