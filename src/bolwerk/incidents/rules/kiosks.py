"""Kiosks: reporting without an account, at a poster or a screen. Numbers and codes. Pure but for chance."""

import hashlib
from datetime import timedelta
from secrets import choice, token_urlsafe

# As for numbers of reports: no vowels, and nothing that reads like something else.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH, GROUP = 16, 4  # 77 bits
ADDRESS_BYTES = 32  # 256 bits, where 122 are asked (quality.md A 4)
CODE_LASTS = timedelta(days=90)  # choice of Bolwerk: as long as GlobaLeaks keeps a report by default
OPEN_FOR = timedelta(minutes=30)  # as long as a session may idle
NAME_LIMIT, PLACE_LIMIT = 120, 120
# Reports in an hour before they go slowly: at a kiosk, from an address (a depot shares one), and at all kiosks.
A_KIOSK, AN_ADDRESS, ALL_KIOSKS = 30, 60, 300
SLOWLY = timedelta(seconds=30)


def new_address() -> str:
    """The secret part of the address of a kiosk."""
    return token_urlsafe(ADDRESS_BYTES)


def new_code() -> str:
    """A code to look a report up with, once."""
    letters = "".join(choice(LETTERS) for _ in range(CODE_LENGTH))
    return "-".join(letters[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))


def plain(code: str) -> str:
    """A code as somebody typed it, without spaces, lines and small letters."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def digest(secret: str) -> str:
    """What is kept of an address or a code. Both are long and random: a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()
