"""What `bolwerk doctor` and the page "Toestand" look at: each finding is a sentence, and is well or not."""

from datetime import datetime

from django.db import DatabaseError
from django.utils.translation import gettext as _

from bolwerk.config.health.finding import ABOUT, Finding, Look, ill
from bolwerk.config.health.keeping import (
    look_at_backup,
    look_at_disk,
    look_at_key_copy,
    look_at_key_ring,
    look_at_keys,
    look_at_registers,
    look_at_vaults,
)
from bolwerk.config.health.running import (
    look_at_clock,
    look_at_database,
    look_at_mail,
    look_at_settings,
    look_at_trail,
    look_at_uploads,
    look_at_worker,
)

__all__ = ["ABOUT", "EVERYTHING", "QUICK", "Finding", "examine"]

QUICK: tuple[Look, ...] = (
    look_at_settings,
    look_at_worker,
    look_at_mail,
    look_at_clock,
    look_at_disk,
    look_at_keys,
    look_at_uploads,
    look_at_key_ring,
    look_at_key_copy,
    look_at_backup,
    look_at_registers,
    look_at_vaults,
)
EVERYTHING: tuple[Look, ...] = (*QUICK, look_at_database, look_at_trail)  # these two read the whole database


def examine(*, at: datetime, looks: tuple[Look, ...] = EVERYTHING) -> list[Finding]:
    """Look at everything, or at less. A database that does not answer is one finding, and ends the looking into it.

    The sentences are in the language of whoever asks.
    """
    found: list[Finding] = []
    for look in looks:
        try:
            found.extend(look(at))
        except DatabaseError as error:
            sentence = _("The database does not answer (%(trouble)s): run `bolwerk migrate`, or start it.") % {
                "trouble": type(error).__name__
            }
            found.append(ill(look.__name__.removeprefix("look_at_"), sentence))
    return found
