"""The ledger of erasures as lines of text, kept where a restored backup does not overwrite them. Pure functions."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from bolwerk.vault.rules.retention import Stage


class NotALedgerError(ValueError):
    """A line is no line of the ledger; the message has its number in the file."""


@dataclass(frozen=True)
class Entry:
    """One erasure: its number, the URN of the record, what of it went, by which rule and when."""

    number: int
    subject: str
    kind: str
    stage: Stage
    code: str
    period: str
    erased_at: datetime

    @property
    def key(self) -> UUID:
        """The key of the record within its kind."""
        return UUID(self.subject.rsplit(":", 1)[-1])


def line_of(entry: Entry) -> str:
    """The entry as one line of JSON."""
    return json.dumps(asdict(entry) | {"stage": entry.stage.value, "erased_at": entry.erased_at.isoformat()})


def entries_in(lines: Iterable[str]) -> Iterator[Entry]:
    """Read lines of a ledger. A last line that was cut off by a crash is left out: it is written again.

    Raises NotALedgerError for any other line that is none.
    """
    for position, line in enumerate(lines, start=1):
        try:
            data = json.loads(line)
            moment = datetime.fromisoformat(data["erased_at"])
            entry = Entry(**data | {"stage": Stage(data["stage"]), "erased_at": moment, "number": int(data["number"])})
        except (ValueError, KeyError, TypeError) as error:
            if not line.endswith("\n"):
                return
            raise NotALedgerError(
                _("Line %(position)s is no line of the ledger of erasures.") % {"position": position}
            ) from error
        yield entry
