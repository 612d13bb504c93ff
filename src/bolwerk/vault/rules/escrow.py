"""Escrow: a private key that two trustees open together, and no one of them alone. Pure functions over bytes.

For every pair of trustees the key is split with a pad of its own: one gets random bytes, the other the key with those
bytes added bit by bit. Half of that is noise, whatever one computes with it (a one-time pad). Each half is then sealed
to its trustee (`sealing.seal`), so that at rest it takes two vault phrases of two people to bring a pair together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hmac import compare_digest
from itertools import combinations
from uuid import UUID, uuid4

from nacl.utils import random

from bolwerk.vault.rules.ring import CannotOpenError
from bolwerk.vault.rules.sealing import KEY_BYTES, KeyPair, pair_of

TOGETHER = 2  # trustees that open; with more of them nobody would be found on the day it matters
WANTED = 3  # trustees to have: one may be away or gone, and the trustees themselves are covered too


class TooFewTrusteesError(Exception):
    """There are not two other people to split a key over."""


@dataclass(frozen=True)
class Half:
    """One half of a pair: whose it is, and on which side. It says nothing without the other half."""

    pair: UUID
    side: int
    holder: UUID
    secret: bytes = field(repr=False)


def split(private: bytes, *, holders: Iterable[UUID]) -> list[Half]:
    """Split a private key over every pair of holders: each gets one half per colleague.

    Raises TooFewTrusteesError for fewer than two different holders.
    """
    people = sorted(set(holders))
    if len(people) < TOGETHER:
        raise TooFewTrusteesError
    return [half for one, other in combinations(people, TOGETHER) for half in _pair(private, (one, other))]


def _pair(private: bytes, holders: Sequence[UUID]) -> list[Half]:
    pad, name = random(KEY_BYTES), uuid4()
    secrets = (pad, _added(private, pad))
    return [Half(name, side, holder, secrets[side]) for side, holder in enumerate(holders)]


def join(one: bytes, other: bytes, *, public: bytes) -> KeyPair:
    """Bring two halves together. Raises CannotOpenError unless they give the private half of `public`."""
    if len(one) == len(other) == KEY_BYTES:
        pair = pair_of(_added(one, other))
        if compare_digest(pair.public, public):
            return pair
    raise CannotOpenError("These two halves do not belong together.")


def _added(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
