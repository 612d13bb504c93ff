"""A vault phrase: what it must be, a suggestion, and a private key wrapped with it. Pure: no database, no clock.

A wrapped key is one version byte, the cost of the derivation (passes and mebibytes, two bytes each), 16 random bytes of
salt, and the private half under XChaCha20-Poly1305 with the key that Argon2id derives from the phrase. Cost, salt and
place are associated data.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from secrets import choice
from struct import Struct

from django.db import models
from django.utils.translation import gettext_lazy as _
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import Aead
from nacl.utils import random

from bolwerk.crypto.ring import bound_to
from bolwerk.vault.rules.ring import CannotOpenError, Place

VERSION = b"\x01"
COST = Struct(">HH")
SALT_BYTES = argon2id.SALTBYTES
HEADER_BYTES = len(VERSION) + COST.size + SALT_BYTES
DOMAIN = b"phrase"
KEY_BYTES = 32

SHORTEST = (
    20  # signs. NIST SP 800-63B-4 asks 15 of a password that stands alone; a stolen disk can be guessed at longer
)
LONGEST = 200  # signs; a longer text costs work before it is refused
FEWEST_DIFFERENT = 8  # signs: "aaaaaaaaaaaaaaaaaaaa" is long and nothing else
SUGGESTED_WORDS = 6  # of 1,296 words: 62 bits, 10.3 for each word
SHORTEST_NAME_PART = 4  # signs; shorter parts of a name, such as "van", stand in many a phrase by chance


@dataclass(frozen=True)
class Cost:
    """What one guess at a phrase costs: passes over so many mebibytes of memory."""

    passes: int
    memory_mib: int


# A token that asks for more than this was not made here: it would only keep the server busy.
CEILING = Cost(passes=64, memory_mib=1024)


class Fault(models.TextChoices):
    """Why a phrase is not accepted."""

    SHORT = "short", _("Make it longer: at least 20 signs. Five or six words are easy to remember.")
    LONG = "long", _("Make it shorter: at most 200 signs.")
    FEW_SIGNS = "few_signs", _("Use more different letters.")
    REPEATED = "repeated", _("Use more different words.")
    ABOUT_YOU = "about_you", _("Leave out your name and your e-mail address: they are the first thing people guess.")
    PASSWORD = "password", _("Choose something else than your password for signing in.")


def normal(phrase: str) -> str:
    """A phrase as it is taken in: the same signs in one spelling (NFKC), words apart by one space."""
    return " ".join(unicodedata.normalize("NFKC", phrase).split())


def fault_in(phrase: str, *, about: Iterable[str] = ()) -> Fault | None:
    """Why this phrase is too weak, or None. `about` are texts about its owner, such as name and e-mail address."""
    text = normal(phrase)
    words = text.casefold().split(" ")
    if len(text) > LONGEST:
        return Fault.LONG
    if len(text) < SHORTEST:
        return Fault.SHORT
    if len(set(text.casefold())) < FEWEST_DIFFERENT:
        return Fault.FEW_SIGNS
    if len(words) > 1 and len(set(words)) * 2 <= len(words):
        return Fault.REPEATED
    return Fault.ABOUT_YOU if _about_owner(text.casefold(), about) else None


def _about_owner(text: str, about: Iterable[str]) -> bool:
    parts = {part for one in about for part in one.casefold().replace("@", " ").replace(".", " ").split()}
    return any(part in text for part in parts if len(part) >= SHORTEST_NAME_PART)


def suggestion(words: Sequence[str], *, count: int = SUGGESTED_WORDS) -> str:
    """A random phrase of so many words, drawn with the random numbers of the operating system."""
    return " ".join(choice(words) for _number in range(count))


def wrap(private: bytes, *, phrase: str, cost: Cost, place: Place, salt: bytes | None = None) -> bytes:
    """Wrap a private key with a phrase, for one place. Takes as long as `cost` says.

    `salt` is for known-answer tests only.
    """
    salt = random(SALT_BYTES) if salt is None else salt
    header = VERSION + COST.pack(cost.passes, cost.memory_mib) + salt
    return header + bytes(_cipher(phrase, cost, salt).encrypt(private, bound_to(DOMAIN + header, place)))


def unwrap(token: bytes, *, phrase: str, place: Place) -> bytes:
    """Return the private key. Takes as long as the cost in the token says, whether the phrase is right or wrong.

    Raises CannotOpenError, with the same words for a wrong phrase and for a token that was changed or moved.
    """
    header, content = token[:HEADER_BYTES], token[HEADER_BYTES:]
    try:
        return _cipher(phrase, cost_of(token), header[-SALT_BYTES:]).decrypt(content, bound_to(DOMAIN + header, place))
    except (CryptoError, ValueError):
        raise CannotOpenError("This phrase does not open this key.") from None


def cost_of(token: bytes) -> Cost:
    """What opening this token costs. Raises CannotOpenError for what is no token, or one that costs too much."""
    if len(token) < HEADER_BYTES or token[:1] != VERSION:
        raise CannotOpenError("This is no wrapped key of a version that this release knows.")
    cost = Cost(*COST.unpack(token[1 : 1 + COST.size]))
    if not (0 < cost.passes <= CEILING.passes and 0 < cost.memory_mib <= CEILING.memory_mib):
        raise CannotOpenError("Opening this key would cost more than was ever asked here.")
    return cost


def _cipher(phrase: str, cost: Cost, salt: bytes) -> Aead:
    secret = normal(phrase).encode()
    return Aead(argon2id.kdf(KEY_BYTES, secret, salt, opslimit=cost.passes, memlimit=cost.memory_mib * 1024 * 1024))
