"""A finding as a signal for the RIEC: a document with what, why, on which ground, and who decided that it may go.

A municipal system is not a RIEC system: nothing is sent from here. The law that lets them work together (Wet
gegevensverwerking door samenwerkingsverbanden, 1 March 2025) and the model privacy protocol (check 2B) ask that
somebody decides about each share; without that decision there is no document.
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from knooppunt.findings.finding import Finding
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.staging import log

KINDS_NL = {
    "premises": "verblijfsobject", "moorings": "ligplaats", "pitches": "standplaats", "buildings": "pand",
    "addresses": "nummeraanduiding", "public_spaces": "openbare ruimte", "towns": "woonplaats",
    "town_municipality": "gemeente van een woonplaats", "investigations": "BAG-onderzoek",
    "stays": "inschrijving op een adres", "establishments": "vestiging", "functions": "functie in een bedrijf",
    "lots": "perceel", "rights": "zakelijk recht", "deeds": "akte", "mortgages": "hypotheek",
    "valuations": "WOZ-waarde",
    "permits": "vergunning", "recognitions": "RDW-erkenning", "observations": "waarneming op straat",
    "reports": "melding", "measures": "maatregel", "contracts": "zorgcontract", "figures": "kerncijfer",
    "neighbourhoods": "buurt", "neighbourhood_addresses": "adres in een buurt", "boundaries": "grens van een buurt",
    "sbi_conversion": "regel van de SBI-omzettabel",
}  # fmt: skip
"""What a record of each table is, in the language of the document."""


class NotDecidedError(VaultError):
    """Something that must be known before a signal may leave was not given."""


@dataclass(frozen=True)
class Decision:
    """Decision 2B: that this may be shared, with whom, on which ground, by whom, when."""

    recipient: str  # which RIEC, or which partner in it
    legal_basis: str
    necessity: str  # why the share is needed for its task
    decided_by: str
    decided_on: date
    conditions: str = "Alleen voor het doel waarvoor het is gedeeld; niet verder delen zonder toestemming."


@dataclass(frozen=True)
class Signal:
    """The document, its number, and the fingerprint that a receipt can name."""

    number: str
    text: str
    data: dict[str, Any]

    @property
    def sha256(self) -> str:
        """The fingerprint of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def riec_signal(vault: Vault, finding: Finding, decision: Decision, *, at: datetime, by: str = "") -> Signal:
    """Make the document and note it in the vault's log; `by` takes it out, and stands in both.

    Raises NotDecidedError when something is missing or expired.
    """
    missing = [name for name, value in asdict(decision).items() if isinstance(value, str) and not value.strip()]
    if missing:
        raise NotDecidedError(f"Without {', '.join(missing)} this may not be shared; nothing was made.")
    if decision.decided_on > at.date():
        raise NotDecidedError("The decision is dated in the future; nothing was made.")
    if finding.is_expired(at.date()):
        raise NotDecidedError(f"The finding expired on {finding.expires_on}; look again before it is shared.")
    number = f"RIEC-{at:%Y%m%d}-{finding.id}"
    data = _data(finding, decision, number, at) | ({"made_by": by} if by else {})
    signal = Signal(number, _text(finding, decision, number, _made(at, by)), data)
    log(
        vault.path,
        {
            "event": "riec_signal",
            "at": at.isoformat(),
            "number": number,
            "finding": finding.id,
            "recipient": decision.recipient,
            "legal_basis": decision.legal_basis,
            "reason": decision.necessity,
            "decided_by": decision.decided_by,
            **({"by": by} if by else {}),
            "sha256": signal.sha256,
        },
    )
    return signal


def _records(finding: Finding) -> dict[str, int]:
    """Which kinds of records it rests on, as numbers: the records themselves stay here."""
    tables = [ref.table for ref in finding.refs]
    return {table: tables.count(table) for table in sorted(set(tables))}


def _data(finding: Finding, decision: Decision, number: str, at: datetime) -> dict[str, Any]:
    return {
        "number": number,
        "made_at": at.isoformat(),
        "object_id": finding.object_id,
        "level": finding.level,
        "place": finding.place,
        "rule": finding.rule,
        "rule_version": finding.rule_version,
        "as_of": finding.as_of.isoformat(),
        "headline": finding.headline_nl,
        "explanation": finding.explanation_nl,
        "innocent_explanations": list(finding.false_positives_nl),
        "records": _records(finding),
        "decision": asdict(decision) | {"decided_on": decision.decided_on.isoformat()},
        "use_until": finding.expires_on.isoformat(),
        "persons": [],
    }


def _made(at: datetime, by: str) -> str:
    return f"{at:%d-%m-%Y}" + (f", door {by}" if by else "")


def _text(finding: Finding, decision: Decision, number: str, made: str) -> str:
    counted = _records(finding).items()
    records = ", ".join(f"{count} x {KINDS_NL.get(table, table)}" for table, count in counted) or "geen"
    return "\n".join(
        (
            f"Signaal {number}",
            f"Aan: {decision.recipient}",
            f"Gemaakt op: {made}",
            "",
            "WAAR",
            f"{finding.place} ({finding.object_id})",
            "",
            "WAT",
            f"{finding.headline_nl} (regel {finding.rule}, versie {finding.rule_version}, peildatum "
            f"{finding.as_of:%d-%m-%Y})",
            finding.explanation_nl,
            "Dit is een reden om te kijken, geen conclusie. Het gaat over een object; er staan geen personen in.",
            "",
            "BEKENDE ONSCHULDIGE VERKLARINGEN",
            *(f"- {text}" for text in finding.false_positives_nl),
            "",
            "WAAROP HET RUST",
            f"Soorten gegevens: {records}. De gegevens zelf blijven bij de gemeente.",
            "",
            "BESLISSING OM TE DELEN (privacytoets 2B)",
            f"Grondslag: {decision.legal_basis}",
            f"Waarom dit nodig is: {decision.necessity}",
            f"Beslist door {decision.decided_by} op {decision.decided_on:%d-%m-%Y}",
            f"Voorwaarden: {decision.conditions}",
            f"Niet meer gebruiken na: {finding.expires_on:%d-%m-%Y}",
            "",
            "ONTVANGST",
            "Ontvangen door: ____________________  op: ______________",
            "",
        )
    )
