"""A rule as a record for the national algorithm register (publication standard 1.0.0), out of the rule itself.

What only the municipality can say (who, since when, on which assessment, on which ground) is asked; nothing is made up
for it. The record is held against the register's own schema before it is given.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import jsonschema

from knooppunt.findings.rule import Rule
from knooppunt.vault import VaultError

SCHEMA_FILE = Path(__file__).with_name("algorithm_register.schema.json")
"""MinBZK/Algoritmeregister @4885a05, EUPL-1.2."""

Status = Literal["development", "in_use", "off"]
_STATUS: dict[Status, str] = {"development": "In ontwikkeling", "in_use": "In gebruik", "off": "Buiten gebruik"}
CATEGORY = "Impactvolle algoritmes (Categorie B)"
"""Risk selection has considerable effects, also by plain rules (Algoritmekader, geautomatiseerde risicoselectie)."""

_REGISTERS = {
    "bag": "BAG (adressen en gebouwen)", "brp": "BRP (alleen aantallen per adres, nooit personen)",
    "kvk": "Handelsregister (vestigingen)", "brk": "Kadaster (percelen en rechten, geen natuurlijke personen)",
    "woz": "WOZ-waarden", "hr": "Handelsregister (aantallen bestuurswisselingen)", "permits": "vergunningen",
    "rdw": "RDW-erkenningen", "street": "waarnemingen van handhavers", "reports": "meldingen",
    "measures": "sluitingen en andere maatregelen", "contracts": "zorgcontracten", "areas": "CBS-buurten",
    "areamap": "CBS-buurten per adres",
    "boundaries": "CBS-grenzen van buurten, wijken en gemeenten",
}  # fmt: skip


class RecordError(VaultError):
    """The record would not be accepted by the register; the text says what is missing or too long."""


@dataclass(frozen=True)
class Municipality:
    """What only the municipality can say about its use of a rule.

    `since` and `until` are months. `assessments` names the assessments that were done ("DPIA van 3 maart 2026").
    """

    organization: str
    contact: str
    since: date
    assessments: str
    legal_basis: str
    status: Status = "in_use"
    until: date | None = None


def record(rule: Rule, about: Municipality) -> dict[str, Any]:
    """The record of a rule, in Dutch. Raises RecordError when the register would refuse it."""
    made: dict[str, Any] = {
        "name": f"{rule.title.nl} ({rule.id})",
        "description_short": rule.computes.nl,
        "organization": about.organization,
        "theme": ["Openbare orde en veiligheid"],
        "status": _STATUS[about.status],
        "start_date": f"{about.since:%Y-%m}",
        "contact": about.contact,
        "publication_category": CATEGORY,
        "purpose_and_impact": f"{rule.why.nl} De uitkomst is een adres, gebouw, straat of buurt om naar te kijken; "
        "nooit een persoon. Op de uitkomst alleen wordt geen besluit genomen.",
        "considerations": f"De regel is een vaste rekenregel met grenzen die iedereen kan lezen. Hij kijkt niet naar "
        "nationaliteit, geboorteland, naam, geloof, geslacht of leeftijd, en telt niets op tot een score. Bekende "
        f"onschuldige verklaringen: {_list(rule.false_positives)}.",
        "human_intervention": "Een medewerker bekijkt elke uitkomst met de uitleg, de vergelijking en de gegevens "
        f"erachter, en schrijft op wat eruit kwam. Een uitkomst vervalt na {rule.days_valid} dagen.",
        "risk_management": "Tussen de adressen om te bekijken staan ook willekeurig gekozen adressen, zonder dat de "
        "medewerker weet welke. Een regel die niet vaker gelijk heeft dan het toeval gaat uit. De regel wordt opnieuw "
        f"bekeken op {rule.review_on:%d-%m-%Y}. Wat hij niet doet: {_list(rule.not_done)}.",
        "legal_basis": about.legal_basis,
        "impact_assessments": about.assessments,
        "data": f"{_registers(rule)}.",
        "technical_operation": f"{rule.computes.nl} Grenzen: {_bounds(rule)}. Versie {rule.version}.",
        "supplier": "Bolwerk (open source, EUPL-1.2)",
        "language": "nld",
        "schema": "1.0.0",
        "source_id": f"{rule.id}/{rule.version}",
    }
    if about.until is not None:
        made["end_date"] = f"{about.until:%Y-%m}"
    empty = [name for name, value in made.items() if isinstance(value, str) and not value.strip()]
    if empty:
        raise RecordError(f"{rule.id}: {', '.join(empty)} is empty; the register asks for it.")
    _check(made, rule.id)
    return made


def _list(texts: tuple[Any, ...]) -> str:
    return "; ".join(text.nl.rstrip(".") for text in texts) or "geen"


def _registers(rule: Rule) -> str:
    return "; ".join(_REGISTERS.get(name, name) for name in rule.registers)


def _bounds(rule: Rule) -> str:
    return "; ".join(f"{one.value:g} {one.unit.nl}" for one in rule.parameters)


@cache
def schema() -> dict[str, Any]:
    """The register's own schema."""
    read: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return read


def _check(made: dict[str, Any], rule: str) -> None:
    try:
        jsonschema.Draft7Validator(schema()).validate(made)
    except jsonschema.ValidationError as error:
        field = ".".join(map(str, error.path)) or "record"
        raise RecordError(f"{rule}: {field} breaks {error.validator} ({error.validator_value}).") from error
