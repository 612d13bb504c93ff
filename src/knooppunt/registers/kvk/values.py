"""Reading single values of the Handelsregister, from JSON or from a CSV cell."""

import calendar
import re
from datetime import date
from typing import Any

_POSTCODE = re.compile(r"[1-9][0-9]{3} ?[A-Z]{2}")
_YES, _NO = frozenset({"ja", "j", "yes", "true", "1"}), frozenset({"nee", "n", "no", "false", "0", ""})
# KVK moved to SBI 2025 in the weekend of 6 September 2025; every code has had five digits since.
SBI_2025_FROM = date(2025, 9, 5)
_SBI_DIGITS = 5


class FactRefusedError(Exception):
    """An establishment cannot be taken over; the message says why."""


def text(value: Any, name: str) -> str | None:
    """Return a text, or None when there is none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise FactRefusedError(f"{name} is not a text")
    return str(value).strip() or None


def number(value: Any, name: str, digits: int) -> int | None:
    """Return a number of at most `digits` digits that is written with leading zeros or not."""
    written = text(value, name)
    if written is None:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= digits):
        raise FactRefusedError(f"{name} is not a number of at most {digits} digits")
    return int(written)


def identifier(value: Any, name: str) -> int | None:
    """Return a BAG identification."""
    written = text(value, name)
    if written is None:
        return None
    if not (written.isascii() and written.isdigit() and len(written) == 16):
        raise FactRefusedError(f"{name} is not an identification of 16 digits")
    return int(written)


def day(value: Any, name: str) -> date | None:
    """Return a day written as YYYYMMDD or YYYY-MM-DD; the first possible day where it is known in part.

    The register knows `YYYYMM00` and `YYYY0000`; wholly unknown (`00000000`) is None.
    """
    written = (text(value, name) or "").replace("-", "")
    if not written.strip("0"):
        return None
    if not re.fullmatch("[0-9]{8}", written):
        raise FactRefusedError(f"{name} “{value}” is not a date")
    year, month, of_month = int(written[:4]), int(written[4:6]) or 1, int(written[6:]) or 1
    if year == 0 or month > 12 or of_month > calendar.monthrange(year, month)[1]:
        raise FactRefusedError(f"{name} “{value}” is not a date")
    return date(year, month, of_month)


def yes(value: Any, name: str) -> bool | None:
    """Return a Ja or Nee; None when nothing is said."""
    if value is None or isinstance(value, bool):
        return value
    written = str(value).strip().lower()
    if written not in _YES | _NO:
        raise FactRefusedError(f"{name} is neither Ja nor Nee")
    return written in _YES if written else None


def postcode(value: Any, name: str) -> str | None:
    """Return a Dutch postcode without its space; another country's is None."""
    written = (text(value, name) or "").upper()
    return written.replace(" ", "") if _POSTCODE.fullmatch(written) else None


def sbi(value: Any, name: str, as_of: date | None) -> tuple[str | None, str]:
    """Return a code padded to five digits, and which SBI it is of: 2008 or 2025."""
    written = text(value, name)
    version = "2008" if as_of and as_of < SBI_2025_FROM else "2025"
    if written is None:
        return None, version
    if not re.fullmatch("[0-9]{2,6}", written):
        raise FactRefusedError(f"{name} “{written}” is not an SBI code")
    if len(written) < _SBI_DIGITS:
        version = "2008"
    return written[:_SBI_DIGITS].ljust(_SBI_DIGITS, "0"), version
