"""What lies in the vault: deliveries with their age and quality. A vault that cannot be read is said, never guessed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.hub.access import in_use
from bolwerk.hub.queries.catalogue import reader_language
from bolwerk.hub.rules.sources import OLD_AFTER, Age, Register, is_old
from knooppunt.findings.inputs import STANDS_IN
from knooppunt.ingest.rejected import read_rejected
from knooppunt.linkage import current_links, unlinked
from knooppunt.registers.dutch import in_dutch
from knooppunt.registers.refusal import Rejection
from knooppunt.vault import Delivery, Vault, VaultError, open_vault


class VaultState(models.TextChoices):
    """Whether the vault can be read."""

    FINE = "fine", _("The vault is in order.")
    ABSENT = "absent", _("No register was read in yet.")
    DAMAGED = "damaged", _("The vault cannot be read. Findings that were in the list stay; new work waits.")


@dataclass(frozen=True)
class Links:
    """How well the companies of the KVK were linked to the BAG: how many per number of errors, and not at all."""

    per_errors: dict[int, int]
    unlinked: int
    total: int

    @property
    def good(self) -> int:
        """Those that may feed a finding: with no error or one."""
        return self.per_errors.get(0, 0) + self.per_errors.get(1, 0)

    @property
    def good_percent(self) -> int:
        """Their share in whole percents, rounded down."""
        return 100 * self.good // self.total if self.total else 0


@dataclass(frozen=True)
class VaultLook:
    """The vault at a moment. `trouble` is for the administrator: what the library says, in English."""

    state: VaultState
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    links: Links | None = None
    trouble: str = ""

    @property
    def is_damaged(self) -> bool:
        """Whether it is there and cannot be read."""
        return self.state is VaultState.DAMAGED

    def ages(self, *, on: date) -> dict[str, int]:
        """Per register how many days old its delivery is; one without a date is left out."""
        return {code: (on - one.as_of).days for code, one in self.deliveries.items() if one.as_of is not None}


def vault_folder() -> Path:
    """Where the vault of this installation lies."""
    return Path(settings.BOLWERK_DIR) / "vault"


def vault_in_use(on: date) -> Vault:
    """The vault as `opened_vault`, without what says where objects lie while its own register is off.

    Of the two that can say it the one that is in use does, with its own assessment.
    """
    return open_vault(vault_folder(), without=frozenset({*STANDS_IN, *STANDS_IN.values()}) - in_use(on=on))


def opened_vault() -> Vault:
    """The vault as it is now. Raises VaultError when there is none or it is damaged."""
    return open_vault(vault_folder())


def look_at_vault() -> VaultLook:
    """What the vault holds; never raises. Reads a handful of small files, no table."""
    if not (vault_folder() / "vault.json").exists():
        return VaultLook(VaultState.ABSENT)
    try:
        vault = opened_vault()
        deliveries = {one.register: one for one in vault.registers()}
    except VaultError as error:
        return VaultLook(VaultState.DAMAGED, trouble=str(error))
    return VaultLook(VaultState.FINE, deliveries, _links(vault))


def _links(vault: Vault) -> Links | None:
    try:
        made = current_links(vault)
    except VaultError:  # not linked yet, or a part of an extract that cannot be
        return None
    errors: dict[str, int] = dict(made.facts.get("errors", {}))
    missing = errors.pop("unlinked", 0)
    if not errors and not missing:
        return None
    return Links({int(one): number for one, number in errors.items()}, missing, sum(errors.values()) + missing)


@dataclass(frozen=True)
class RegisterLook:
    """One register's delivery as a page shows it."""

    delivery: Delivery
    rows: int
    age_days: int | None
    old: bool
    limit: Age
    counts: list[tuple[str, int]]
    main: list[tuple[str, int]]  # those that say how large it is
    facts: list[tuple[str, Any]]


# Words for what the readers count; what is not named here is not shown.
COUNTED = {
    "PND": _("buildings"),
    "VBO": _("premises"),
    "LIG": _("moorings"),
    "STA": _("pitches"),
    "NUM": _("addresses"),
    "OPR": _("public spaces"),
    "WPL": _("towns"),
    "stays": _("stays"),
    "establishments": _("establishments"),
    "companies": _("companies"),
    "functions": _("functions of directors"),
    "lots": _("lots"),
    "rights": _("rights to lots"),
    "deeds": _("deeds with a price"),
    "mortgages": _("mortgages"),
    "valuations": _("taxed values"),
    "permits": _("permits"),
    "measures": _("measures"),
    "reports": _("reports"),
    "observations": _("observations"),
    "recognitions": _("recognitions"),
    "contracts": _("contracts"),
    "neighbourhoods": _("neighbourhoods"),
    "boundaries": _("boundaries of areas"),
    "neighbourhood_addresses": _("addresses with their neighbourhood"),
    "figures": _("figures"),
}
MAIN = (
    *("PND", "VBO", "stays", "establishments", "functions", "lots", "valuations", "permits", "measures", "reports"),
    *(
        "observations",
        "recognitions",
        "contracts",
        "neighbourhoods",
        "neighbourhood_addresses",
        "boundaries",
        "figures",
    ),
)
QUALITY = {
    "persons": _("People in the delivery"),
    "bsn_invalid": _("Citizen service numbers that fail the eleven test"),
    "identifiers_left_empty": _("Addresses without a BAG number"),
    "shielded": _("Shielded establishments"),
    "without_visiting_address": _("Establishments without a visiting address"),
    "without_place": _("Records that do not say where they are"),
    "without_history": _("Has no history; known from"),
}


def register_look(look: VaultLook, code: str, *, on: date) -> RegisterLook | None:
    """The delivery of one register with its age and quality; None when there is none."""
    delivery = look.deliveries.get(code)
    if delivery is None:
        return None
    register = Register(code)
    counted: dict[str, int] = delivery.quality.get("counted", {}).get("current", {})
    return RegisterLook(
        delivery=delivery,
        rows=sum(delivery.counts.values()),
        age_days=(on - delivery.as_of).days if delivery.as_of else None,
        old=delivery.as_of is not None and is_old(register, delivery.as_of, on=on),
        limit=OLD_AFTER[register],
        counts=_counted(counted, COUNTED),
        main=_counted(counted, MAIN),
        facts=[(str(QUALITY[name]), value) for name, value in delivery.quality.items() if name in QUALITY],
    )


def _counted(counted: dict[str, int], names: Iterable[str]) -> list[tuple[str, int]]:
    return [(str(COUNTED[name]), counted[name]) for name in names if counted.get(name)]


def reason_of(rejection: Rejection) -> str:
    """Why something was refused, in the reader's language."""
    return rejection.reason if reader_language() == "en" else in_dutch(rejection)


@dataclass(frozen=True)
class Beside:
    """What lies beside a delivery and was not taken along: rows for a table, and why they cannot be read, if so."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    total: int = 0
    trouble: str = ""


def left_out(delivery: Delivery | None, *, most: int) -> Beside:
    """File, line and reason of what was left out of a delivery; nothing when there is no delivery."""
    if delivery is None or not delivery.rejected:
        return Beside()
    try:
        found = read_rejected(delivery, most=most)
    except VaultError as error:
        return Beside(total=delivery.rejected, trouble=str(error))
    rows: list[tuple[str, ...]] = [(one.file, str(one.line or ""), reason_of(one)) for one in found]
    return Beside(rows, delivery.rejected)


WHY_NOT_LINKED = {
    "ambiguous": _("the address fits several objects"),
    "no_address": _("there is no visiting address"),
    "not_found": _("the address is not in the BAG"),
}


def without_object(links: Links | None, *, most: int) -> Beside:
    """Establishments that lead to no object: KVK number, establishment, why, and place in the delivery."""
    if links is None or not links.unlinked:
        return Beside()
    try:
        found = unlinked(opened_vault(), most=most)
    except VaultError as error:
        return Beside(total=links.unlinked, trouble=str(error))
    return Beside([_without_object(row) for row in found], links.unlinked)


def _without_object(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        f"{row['kvk']:08}",
        f"{row['establishment']:012}" if row["establishment"] else "",
        str(WHY_NOT_LINKED.get(row["step"], row["step"])),
        f"{row['source_file']}:{row['source_line']}",
    )
