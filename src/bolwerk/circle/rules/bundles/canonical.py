"""One way to write a value down as bytes, so that a signature means the same everywhere; and reading it strictly.

JSON with sorted keys, no spaces, UTF-8 as it is, whole numbers only: of fractions no two languages write the same.
"""

import json
from typing import Any, NoReturn

from bolwerk.circle.rules.bundles.refusals import BUNDLE_BYTES, BundleRefusedError, Refusal

DEEPEST = 12
LARGEST = 2**53 - 1  # a whole number that every JSON reader keeps (RFC 8259, section 6)


def canonical(value: Any) -> bytes:
    """The bytes of a value. Raises ValueError for what JSON of bundles cannot say: fractions, odd keys, lone halves."""
    _check(value, depth=0)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()  # a lone half of a surrogate pair is a UnicodeEncodeError, which is a ValueError


def _check(value: Any, *, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("a key that is no text")
        parts = list(value.values())
    else:
        parts = value if isinstance(value, list) else []
    for part in parts:
        _check(part, depth=depth + 1)
    whole = isinstance(value, int) and abs(value) <= LARGEST
    if not (value is None or whole or isinstance(value, str | dict | list)):
        raise ValueError("a value that is no text, whole number, list or object")


def parsed(data: bytes) -> dict[str, Any]:
    """The object in these bytes. Raises BundleRefusedError: too large, no JSON, a key twice, too deep, a fraction."""
    if len(data) > BUNDLE_BYTES:
        raise BundleRefusedError(Refusal.TOO_LARGE)
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_float=_no, parse_constant=_no)
        canonical(found)
    except (ValueError, RecursionError):
        raise BundleRefusedError(Refusal.NO_BUNDLE) from None
    if not isinstance(found, dict):
        raise BundleRefusedError(Refusal.NO_BUNDLE)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _no(_text: str) -> NoReturn:
    raise ValueError("no whole number")
