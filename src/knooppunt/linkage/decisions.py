"""What somebody decided about establishments and companies: remembered in the vault, and applied before anything else.

    <vault>/corrections/establishments.jsonl    which object an establishment is at
    <vault>/corrections/companies.jsonl         whether two KVK numbers are one company

One decision a line, never changed; the last one about the same thing counts. Every decision has a name, a reason and
a moment. Names of companies and people are not in it, only numbers.
"""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from knooppunt.vault import Vault, VaultError
from knooppunt.vault.locking import writing

ESTABLISHMENTS, COMPANIES = "establishments", "companies"
ID_DIGITS, KVK_DIGITS, ESTABLISHMENT_DIGITS = 16, 8, 12
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class PlaceDecision:
    """Which object an establishment is at: 16 digits, or nothing when it is at none."""

    kvk: int
    establishment: int | None
    object_id: int | None
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SameCompany:
    """Whether two KVK numbers are one company; the lower number first."""

    kvk: int
    other: int
    same: bool
    by: str
    reason: str
    at: datetime


def _path(vault: Path, what: str) -> Path:
    return vault / "corrections" / f"{what}.jsonl"


def append(vault: Path, what: str, rows: list[dict[str, Any]]) -> None:
    """Add lines to a list of decisions: all of them, on the disk, or none. Raises VaultBusyError."""
    with writing(vault):
        path = _path(vault, what)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in rows).encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def lines(vault: Path, what: str, read: Callable[[dict[str, Any]], _T]) -> list[_T]:
    """Every line of a list of decisions, oldest first. Raises VaultError when one is damaged."""
    path = _path(vault, what)
    if not path.exists():
        return []
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            out.append(read(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise VaultError(f"{path}, line {number}, is damaged ({error}).") from error
    return out


def number(text: str | int, digits: int, what: str) -> int:
    """A number of a register. Raises VaultError when it has other signs or too many digits."""
    written = str(text).strip()
    if not (written.isascii() and written.isdigit() and len(written) <= digits and int(written)):
        raise VaultError(f"“{written}” is not {what} of {digits} digits.")
    return int(written)


def signed(by: str, reason: str) -> tuple[str, str]:
    """Who decided and why. Raises VaultError when one is missing."""
    if not by.strip() or not reason.strip():
        raise VaultError("A correction needs a reason, and the name of who made it.")
    return by.strip(), reason.strip()


def place_decision(
    kvk: str, establishment: str, object_id: str, *, by: str, reason: str, at: datetime
) -> PlaceDecision:
    """A decision about one establishment, checked; an empty `object_id` says that it is at none. Raises VaultError."""
    who, why = signed(by, reason)
    there = number(object_id, ID_DIGITS, "an identification") if object_id.strip() else None
    if there is not None and len(object_id.strip()) != ID_DIGITS:
        raise VaultError(f"“{object_id}” is not an identification of {ID_DIGITS} digits.")
    own = number(establishment, ESTABLISHMENT_DIGITS, "a number of an establishment") if establishment.strip() else None
    return PlaceDecision(number(kvk, KVK_DIGITS, "a KVK number"), own, there, who, why, at)


def place_establishments(vault: Vault, decisions: list[PlaceDecision]) -> None:
    """Remember where establishments are; linking again uses it. Raises VaultError, VaultBusyError."""
    append(
        vault.path,
        ESTABLISHMENTS,
        [
            {
                "kvk": one.kvk,
                "establishment": one.establishment,
                "object": None if one.object_id is None else f"{one.object_id:016}",
                "by": one.by,
                "reason": one.reason,
                "at": one.at.isoformat(),
            }
            for one in decisions
        ],
    )


def placed(vault: Vault) -> list[PlaceDecision]:
    """Every decision about an establishment, oldest first. Raises VaultError when the list is damaged.

    In a vault opened with `known_on` those made by then.
    """
    made = lines(
        vault.path,
        ESTABLISHMENTS,
        lambda data: PlaceDecision(
            data["kvk"],
            data["establishment"],
            int(data["object"]) if data["object"] else None,
            data["by"],
            data["reason"],
            datetime.fromisoformat(data["at"]),
        ),
    )
    day = vault.known_on
    return [one for one in made if day is None or one.at.date() <= day]


def decide_company(
    vault: Vault, numbers: tuple[str, str], *, same: bool, by: str, reason: str, at: datetime
) -> SameCompany:
    """Remember whether two KVK numbers are one company. Raises VaultError without two numbers, a name and a reason."""
    who, why = signed(by, reason)
    low, high = sorted(number(one, KVK_DIGITS, "a KVK number") for one in numbers)
    if low == high:
        raise VaultError("Two different KVK numbers are needed.")
    made = SameCompany(low, high, same, who, why, at)
    line = {"kvk": low, "other": high, "same": same, "by": who, "reason": why, "at": at.isoformat()}
    append(vault.path, COMPANIES, [line])
    return made


def company_decisions(vault: Vault) -> list[SameCompany]:
    """Every decision about two KVK numbers, oldest first. Raises VaultError when the list is damaged."""
    return lines(
        vault.path,
        COMPANIES,
        lambda data: SameCompany(
            data["kvk"], data["other"], data["same"], data["by"], data["reason"], datetime.fromisoformat(data["at"])
        ),
    )


def decided_key(vault: Vault, what: str) -> str:
    """A name for exactly these decisions; empty when there are none."""
    path = _path(vault.path, what)
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.exists() else ""
