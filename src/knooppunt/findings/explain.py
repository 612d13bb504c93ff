"""Everything behind one finding, for the reader who wants to check it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from knooppunt.findings.catalogue import RULES
from knooppunt.findings.finding import Finding
from knooppunt.findings.rule import Rule
from knooppunt.findings.store import current_run, days_with_findings, find_in_run, runs_as_known
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


def explain(vault: Vault, finding_id: str, as_of: date | None = None, run: str | None = None) -> Explanation:
    """Return everything about one finding, looked up in the current run of each day, or in `run` of the day `as_of`.

    In a vault opened with `known_on` it is looked up in the answers that were given as the registers were known then.

    Raises UnknownFindingError, and VaultError when a run cannot be read.
    """
    for day, name in _runs(vault, as_of, run):
        found = find_in_run(vault, day, name, finding_id)
        for finding in found.findings:
            now = {delivery.register: delivery.delivery for delivery in vault.registers()}
            if vault.known_on is not None:
                now["known_on"] = vault.known_on.isoformat()
            sql = next(outcome.sql for outcome in found.outcomes if outcome.rule == finding.rule)
            current = found.made_from == now
            return Explanation(finding, RULES[finding.rule], found.run, found.made_from, current, sql)
    known = f" as it was known on {vault.known_on}" if vault.known_on else ""
    raise UnknownFindingError(f"The vault {vault.path} holds no finding {finding_id}{known}.")


def _runs(vault: Vault, as_of: date | None, run: str | None) -> list[tuple[date, str]]:
    """The runs to look in: those of now, or in a vault of then those that answered as it was known."""
    if vault.known_on is not None and run is None:
        return [one for one in runs_as_known(vault, vault.known_on) if as_of in (None, one[0])]
    days = [as_of] if as_of else days_with_findings(vault)
    return [(day, run or current_run(vault, day)) for day in days]
