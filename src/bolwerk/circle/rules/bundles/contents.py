"""What may not stand in a bundle, looked at again on receipt: what leads to a person, and scripts.

Numbers and addresses with a form of their own are found here; names by `queries.bundle_names`, which knows Dutch.
"""

import re
from collections.abc import Iterator
from typing import Any

from stdnum.nl import bsn

from bolwerk.circle.rules.bundles.refusals import BundleRefusedError, Refusal
from bolwerk.circle.rules.deidentify.numbers import LICENCE, PLATES

NINE = re.compile(r"(?<![\d.,-])\d{4}[ .]?\d{2}[ .]?\d{3}(?![\d.,-]?\d)|(?<!\d)\d{9}(?!\d)")
IBAN = re.compile(r"\bNL\d{2} ?[A-Z]{4}(?: ?\d){10}\b")
MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
PHONE = re.compile(r"(?<![\d-])(?:\+31|0031|0)[ -]?(?:\(0\))?(?:6[ -]?(?:\d[ -]?){8}|[1-57][ -]?(?:\d[ -]?){8})(?!\d)")
SCRIPT = re.compile(
    r"<\s*/?\s*(script|iframe|object|embed|svg|style|link|meta|base|form)\b"
    r"|\bon[a-z]{3,20}\s*=\s*[\"']|(?:java|vb)script\s*:|data\s*:\s*text/html",
    re.IGNORECASE,
)
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")  # turns text around, or hides it


def check_content(content: Any, *, contact: frozenset[str]) -> None:
    """Raise BundleRefusedError for the first text that may not come in; `contact` are fields meant for an address."""
    for where, text in texts_in(content, ""):
        if SCRIPT.search(text) or UNSEEN.search(text):
            raise BundleRefusedError(Refusal.SCRIPT, where)
        if _leads_to_somebody(text, is_contact=where.split(".")[0] in contact):
            raise BundleRefusedError(Refusal.PERSONAL, where)


def _leads_to_somebody(text: str, *, is_contact: bool) -> bool:
    if any(bsn.is_valid(found[0].replace(" ", "").replace(".", "")) for found in NINE.finditer(text)):
        return True
    if IBAN.search(text) or PLATES["hyphen"].search(LICENCE.sub("", text)):
        return True
    return not is_contact and bool(MAIL.search(text) or PHONE.search(text))


def texts_in(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every text of a value with its place, keys of objects too."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, part in value.items():
            place = f"{where}.{key}" if where else key
            yield place, key
            yield from texts_in(part, place)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part, where)
