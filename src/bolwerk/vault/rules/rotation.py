"""When a key may go. Pure functions: no database, no clock, no file."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from bolwerk.crypto.keyfile import KeptKey, KeyFile

# Whoever read the ring just before a rotation may still write with the key of then: a request, a long import.
STILL_AT_WORK = timedelta(hours=1)


@dataclass(frozen=True)
class KeyedIndex:
    """Hashes made with the keys of the ring, by which a room finds what lies closed (KEYED_INDEXES).

    `renew` makes those of older keys anew and says how many; `use` counts how many each key made, by its id.
    """

    name: str
    renew: Callable[[], int]
    use: Callable[[], Counter[bytes]]


class KeyStaysError(Exception):
    """A key cannot be taken out of the ring now; the text says why."""


def kept_key(content: KeyFile, key_id: str) -> KeptKey:
    """The key with this id, as `bolwerk keys status` shows it. Raises KeyStaysError when there is none."""
    for kept in content.keys:
        if kept.key.id.hex() == key_id:
            return kept
    raise KeyStaysError(_("There is no key %(key_id)s in the ring.") % {"key_id": key_id})


def check_may_go(kept: KeptKey, *, use: Counter[bytes], at: datetime) -> None:
    """Raise KeyStaysError unless the key is an old one that nothing uses and nobody can still be writing with."""
    name = kept.key.id.hex()
    if kept.replaced_at is None:
        raise KeyStaysError(
            _("Key %(name)s closes everything that is written now: run `bolwerk keys rotate` first.") % {"name": name}
        )
    if used := use[kept.key.id]:
        raise KeyStaysError(
            _("Key %(name)s still closes %(used)s texts or files: run `bolwerk keys rotate` first.")
            % {"name": name, "used": used}
        )
    if at < kept.replaced_at + STILL_AT_WORK:
        raise KeyStaysError(
            _("Key %(name)s was replaced less than an hour ago: somebody may still be writing with it.")
            % {"name": name}
        )
