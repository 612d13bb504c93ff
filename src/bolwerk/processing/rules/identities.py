"""How a person is named in the processing log: by a URN of this house, or by the citizen service number."""

import re

from stdnum.nl import bsn

URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,31}:[!-~]+")  # RFC 8141, section 2; in visible ASCII only
IDENTITY_LENGTH = 200
BSN = "bsn:"


class NotAnIdentityError(ValueError):
    """This names nobody: neither a URN nor a citizen service number."""


def identity(text: str) -> str:
    """The one way in which this person is written: `urn:…` as it is, `bsn:` with nine digits.

    Raises NotAnIdentityError; the message never holds what was given.
    """
    given = text.strip()
    if given.startswith(BSN):
        return citizen(given.removeprefix(BSN))
    if len(given) <= IDENTITY_LENGTH and URN.fullmatch(given):
        return given
    raise NotAnIdentityError("A data subject is a URN, or bsn: with nine digits.")


def citizen(number: str) -> str:
    """The identity of somebody with this citizen service number. Raises NotAnIdentityError for what is none."""
    try:
        return f"{BSN}{bsn.validate(number)}"
    except bsn.ValidationError as error:
        raise NotAnIdentityError("This is no citizen service number.") from error
