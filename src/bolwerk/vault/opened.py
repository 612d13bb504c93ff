"""A vault that is open: what one gets from a right phrase, and hands to whatever reads or seals."""

from dataclasses import dataclass, field
from hmac import compare_digest
from uuid import UUID

from bolwerk.accounts.models import Person
from bolwerk.vault.models import PersonalKey
from bolwerk.vault.rules.ring import CannotOpenError
from bolwerk.vault.rules.sealing import KeyPair, pair_of


@dataclass(frozen=True)
class OpenVault:
    """Somebody's vault with its private half, in memory for as long as somebody works with it."""

    key: PersonalKey
    pair: KeyPair = field(repr=False)

    @property
    def person(self) -> Person:
        """Whose vault it is."""
        return self.key.person

    @property
    def id(self) -> UUID:
        """Which vault it is."""
        return self.key.pk


def opened(key: PersonalKey, private: bytes) -> OpenVault:
    """The vault, opened with its private half. Raises CannotOpenError for the private half of another one."""
    pair = pair_of(private)
    if not compare_digest(pair.public, bytes(key.public)):
        raise CannotOpenError("This is the private half of another vault.")
    return OpenVault(key=key, pair=pair)
