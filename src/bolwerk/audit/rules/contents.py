"""What may stand in a line: who, what, which thing and why. Never content, never personal data, never a secret."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.nl import bsn

from bolwerk.audit.rules.chain import Fact

EVENT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,31}:[!-~]+")  # RFC 8141, section 2; in visible ASCII only
EVENT_LENGTH = 80
URN_LENGTH = 200
REASON_LENGTH = 400
FACT_LENGTH = 80  # room for a code or a short list of codes, not for a story

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")  # a line break could fake a second line (ASVS 16.4.1)
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")  # has no UTF-8 bytes, so cannot be hashed
EMAIL = re.compile(r"[^\s@:]+@[^\s@:]+\.[^\s@:]+")
# Nine digits that stand alone: a longer number is a BAG id or a telephone number, and in a UUID they touch letters.
NINE_DIGITS = re.compile(r"(?<![0-9A-Za-z])[0-9]{9}(?![0-9A-Za-z])")
# Hashes and UUIDs are in lower case; what mixes upper case, lower case and digits over 20 signs opens a door somewhere.
TOKEN = re.compile(r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*[0-9])[A-Za-z0-9_-]{20,}(?![\w-])")


class NotForTheTrailError(ValueError):
    """A line would hold something that does not belong in the trail. The message names the field, not its content."""


def fault_in(text: str) -> str:
    """Why a text may not stand in a line, as a code; empty when it may."""
    if CONTROL.search(text) or LONE_SURROGATE.search(text):
        return "control"
    if EMAIL.search(text):
        return "email"
    if any(bsn.is_valid(number) for number in NINE_DIGITS.findall(text)):
        return "bsn"
    return "token" if TOKEN.search(text) else ""


def check(*, event: str, subject: str, actor: str, reason: str, facts: dict[str, Fact]) -> None:
    """Refuse a line that is malformed or says too much. Raises NotForTheTrailError."""
    if len(event) > EVENT_LENGTH or not EVENT.fullmatch(event):
        raise NotForTheTrailError("The event must be a dotted code in lower case, such as incidents.incident.read.")
    for name, urn in (("subject", subject), ("actor", actor)):
        if len(urn) > URN_LENGTH or not URN.fullmatch(urn):
            raise NotForTheTrailError(f"The {name} must be a URN of at most {URN_LENGTH} signs.")
    if len(reason) > REASON_LENGTH:
        raise NotForTheTrailError(f"The reason must have at most {REASON_LENGTH} signs.")
    _check_texts({"subject": subject, "actor": actor, "reason": reason}.items())
    _check_facts(facts)


def _check_facts(facts: dict[str, Fact]) -> None:
    for name, value in facts.items():
        if value is not None and not isinstance(value, str | int):
            raise NotForTheTrailError(f"The fact {name} must be a short text, a whole number, yes or no, or nothing.")
        if isinstance(value, str) and len(value) > FACT_LENGTH and not URN.fullmatch(value):
            raise NotForTheTrailError(f"The fact {name} must have at most {FACT_LENGTH} signs: a code, not a story.")
    _check_texts((name, value) for name, value in facts.items() if isinstance(value, str))


def _check_texts(texts: Iterable[tuple[str, str]]) -> None:
    for name, text in texts:
        if fault := fault_in(text):
            raise NotForTheTrailError(f"The {name} may not hold this ({fault}): the trail has no personal data.")


def fit_for_the_trail(reason: str) -> None:
    """Validator for a form that asks for a reason: refuse what `record` would refuse, in a sentence for people."""
    if fault_in(reason):
        raise ValidationError(
            _("Leave out e-mail addresses, citizen service numbers, codes and line breaks: the log keeps this reason.")
        )
