"""Six verbs: read, link, find, explain, forecast, export. Each takes the folder of a vault, or an opened Vault.

Moments and days are given by the caller; nothing here looks at a clock. What is refused raises RefusedError (with
file, line and reason), what a vault cannot answer raises VaultError; both say in one sentence what to do.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from knooppunt import findings, linkage, outlook
from knooppunt.findings import Exclusion, Explanation, FindingsRun
from knooppunt.findings.explain import explain as explain_finding
from knooppunt.findings.export import Format, Purpose, export_findings
from knooppunt.findings.rule import Language
from knooppunt.findings.store import load_findings
from knooppunt.ingest import IngestSummary, ingest
from knooppunt.linkage import LinkReport
from knooppunt.outlook import Forecast
from knooppunt.vault import Vault, open_vault

Where = Vault | str | Path


def _opened(vault: Where, known_on: date | None = None) -> Vault:
    """The vault itself, or the one in a folder; as it was known on a day, where that is asked."""
    if isinstance(vault, Vault):
        return vault if known_on is None else open_vault(vault.path, known_on=known_on)
    return open_vault(vault, known_on=known_on)


def read(  # noqa: PLR0913  what a delivery is, where it goes, and what it does not say itself
    register: str,
    path: str | Path,
    *,
    vault: str | Path,
    at: datetime,
    as_of: date | None = None,
    mapping: str | Path | None = None,
    keep_going: bool = False,
) -> IngestSummary:
    """Take the delivery at `path` into the folder `vault`, whole or not at all; the folder is made where there is none.

    `register` is bag, brp, kvk, hr, brk, woz, a table register (permits, reports, …) or `table` with a `mapping`
    (TOML). `at` is the moment of reading, `as_of` the day the delivery describes where it does not say so. With
    `keep_going` what is wrong is left out and listed; where nothing remains, the delivery is still refused.

    Returns counts by type (`occurrences`, `objects`, `current`), `quality`, `rejected`, `seconds`, `peak_mib`.
    Raises RefusedError and VaultError; the vault is then as it was. Source: the formats in `knooppunt.registers`.
    """
    return ingest(
        register, path, vault=vault, at=at, as_of=as_of, mapping=mapping, keep_going=keep_going, municipality=None
    )


def link(vault: Where, *, at: datetime) -> LinkReport:
    """Join the establishments of the trade register to the objects of the BAG; does nothing when that is done.

    `at` is the moment of linking. Returns how many establishments have how many errors in their link (`by_errors`:
    "0" … "3", "unlinked") and by which step. Raises VaultError without a whole BAG in the vault, or when another
    process writes to it. Source: the steps of DOOK, domain note 4.5.
    """
    return linkage.link(_opened(vault), at=at)


def find(
    vault: Where,
    *,
    as_of: date,
    rules: Sequence[str] | None = None,
    exclusions: Iterable[Exclusion] = (),
    known_on: date | None = None,
) -> FindingsRun:
    """Ask `rules` (ids, all by default) which objects deserve a look, as things were on the day `as_of`; it is kept.

    With `known_on` as the registers were known on that day. Returns `findings` (objects, never people) and `outcomes`,
    one for each rule: a rule whose register is missing says so and has no number, which is not zero. Raises
    VaultError when the registers are not linked, UnknownRuleError, MissingRegisterError. Source: each rule's file.
    """
    return findings.run_findings(_opened(vault, known_on), as_of=as_of, rules=rules, exclusions=exclusions)


def explain(vault: Where, finding: str, *, known_on: date | None = None) -> Explanation:
    """Everything behind one finding, by its id: its rule, the records with file and line, the SQL that found it.

    With `known_on` a finding of a question asked as the registers were known on that day. Raises UnknownFindingError.
    """
    return explain_finding(_opened(vault, known_on), finding)


def forecast(
    vault: Where, *, on: date, rule: str | None = None, months: int = 36, known_on: date | None = None
) -> Forecast:
    """Next month by area after the day `on`, from the whole months before it: reports, or findings of a rule.

    Returns a number, 80% bounds and last year's number for every area (at least ten in the series; the others
    together), how large the errors were on months that had not been seen, and a `verdict`: `no_better` means that
    last year's numbers are as good and are what is shown. Raises MissingRegisterError, UnknownRuleError, VaultError.
    """
    opened = _opened(vault, known_on)
    if rule is None:
        return outlook.forecast(outlook.report_series(opened, on=on, months=months))
    return outlook.forecast(outlook.rule_series(opened, rule, on=on, months=months))


def export(  # noqa: PLR0913  what, why, who, when, in which words, and as known when
    vault: Where,
    kind: Format,
    *,
    reason: str,
    by: str,
    at: datetime,
    language: Language = "nl",
    known_on: date | None = None,
) -> bytes:
    """The findings of the latest day as a file: geojson, csv, parquet or ftm (FollowTheMoney).

    With `known_on` those of the latest question asked as the registers were known on that day.

    `reason`, `by` and `at` stand in the file and in the vault's own log. Raises VaultError without findings or
    without a reason. Once it is out, keeping it safe is up to you.
    """
    opened = _opened(vault, known_on)
    return export_findings(opened, load_findings(opened), kind, Purpose(reason, at, language, by))
