"""Reading one value from the text of one element, strictly: what is not exactly right is refused.

This is the meaning of every value; the vectorised twin in `converters.py` must agree with it (a test
compares the two), and hands over to this module whatever it does not recognise.
"""

import re
from datetime import date, datetime
from typing import Any

from knooppunt.registers.bag.kinds import TYPE_DIGITS, Field, Value

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?")
_NUMBER = re.compile(r"[0-9]{1,6}")
_IDENTIFIER = re.compile(r"[0-9]{16}")
_TOWN = re.compile(r"[0-9]{4}")


class ValueRefusedError(Exception):
    """The text of an element is not what its type allows; the message is the reason."""


def read_value(field: Field, text: str) -> Any:
    """Return the value of `text` for `field`. Raises ValueRefusedError with the reason."""
    return _READERS[field.value](field, text)


def _town(field: Field, text: str) -> int:  # noqa: ARG001  all readers look the same
    if not _TOWN.fullmatch(text):
        raise ValueRefusedError(f"“{text}” is not an identification of a town (4 digits)")
    return int(text)


def _identifier(field: Field, text: str) -> int:
    if not _IDENTIFIER.fullmatch(text):
        raise ValueRefusedError(f"“{text}” is not an identification (16 digits)")
    if int(text[4:6]) != TYPE_DIGITS[field.domain]:
        raise ValueRefusedError(f"“{text}” is not the identification of a {field.domain} (digits 5 and 6)")
    return int(text)


def _number(field: Field, text: str) -> int:
    if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= field.maximum:
        raise ValueRefusedError(f"“{text}” is not a number from 1 to {field.maximum} ({field.column})")
    return int(text)


def _day(field: Field, text: str) -> date:
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueRefusedError(f"“{text}” is not a date ({field.column})") from None


def _moment(field: Field, text: str) -> datetime:
    match = _MOMENT.fullmatch(text)
    try:
        if not match:
            raise ValueError
        moment = datetime.fromisoformat(match[1])
    except ValueError:
        raise ValueRefusedError(f"“{text}” is not a date and time ({field.column})") from None
    milliseconds = int(((match[2] or "") + "000")[:3])  # the canonical tables count in milliseconds
    return moment.replace(microsecond=milliseconds * 1000)


def _text(field: Field, text: str) -> str:
    if not field.matches(text):
        raise ValueRefusedError(f"“{text}” is not allowed as {field.column}")
    return text


def _word(field: Field, text: str) -> str:
    if text not in field.words:
        raise ValueRefusedError(f"unknown {field.column} “{text}”")
    return text


def _flag(field: Field, text: str) -> bool:
    if text not in {"J", "N"}:
        raise ValueRefusedError(f"“{text}” is neither J nor N ({field.column})")
    return text == "J"


_READERS = {
    Value.IDENTIFIER: _identifier,
    Value.TOWN: _town,
    Value.NUMBER: _number,
    Value.DAY: _day,
    Value.MOMENT: _moment,
    Value.TEXT: _text,
    Value.WORD: _word,
    Value.FLAG: _flag,
}
