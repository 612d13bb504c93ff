"""Everything behind one finding, for the reader who wants to check it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from knooppunt.findings.catalogue import RULES
from knooppunt.findings.finding import Finding
from knooppunt.findings.rule import Rule
from knooppunt.findings.store import days_with_findings, load_findings
from knooppunt.vault import Vault, VaultError


class UnknownFindingError(VaultError):
    """No finding with this id is kept in the vault."""


@dataclass(frozen=True)
class Explanation:
    """A finding with its rule, the deliveries it rests on, and the SQL that found it."""

    finding: Finding
    rule: Rule
    run: str
    made_from: dict[str, str]  # register → delivery
    still_current: bool  # whether these deliveries are still the ones in the vault
    sql: str

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "finding": self.finding.to_json(),
            "rule": self.rule.to_json(),
            "run": self.run,
            "made_from": self.made_from,
            "still_current": self.still_current,
            "sql": self.sql,
        }


def explain(vault: Vault, finding_id: str, as_of: date | None = None) -> Explanation:
    """Return everything about one finding, looked up in the current runs. Raises UnknownFindingError."""
    for day in [as_of] if as_of else days_with_findings(vault):
        run = load_findings(vault, day)
        for finding in run.findings:
            if finding.id == finding_id:
                now = {delivery.register: delivery.delivery for delivery in vault.registers()}
                sql = next(outcome.sql for outcome in run.outcomes if outcome.rule == finding.rule)
                return Explanation(finding, RULES[finding.rule], run.run, run.made_from, run.made_from == now, sql)
    raise UnknownFindingError(f"The vault {vault.path} holds no finding {finding_id}.")
