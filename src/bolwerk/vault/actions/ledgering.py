"""The ledger as a file: a backup that is put back does not overwrite it, so that the erased stay erased."""

import os
from pathlib import Path
from typing import BinaryIO

from bolwerk.vault.queries.retention import erasures_after, last_erasure
from bolwerk.vault.rules.ledger import Entry, entries_in, line_of
from bolwerk.vault.rules.retention import Stage

OWNER_ONLY = 0o600
LONGEST_LINE = 4096  # bytes, with room to spare
ROWS_AT_ONCE = 1000


class LedgerAheadError(Exception):
    """The file knows of erasures that the database does not: a backup was put back, and they must be done again."""


def write_ledger(*, file: Path) -> int:
    """Add to the file what it does not have yet; return how many lines.

    A line that a crash cut off is written again. Raises LedgerAheadError and, for a file that is something else,
    NotALedgerError.
    """
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, OWNER_ONLY), "r+b") as out:
        known = _last_number_in(out)
        if known > last_erasure():
            raise LedgerAheadError
        written = 0
        for row in erasures_after(known).iterator(chunk_size=ROWS_AT_ONCE):
            entry = Entry(row.number, row.subject, row.kind, Stage(row.stage), row.code, row.period, row.erased_at)
            out.write(f"{line_of(entry)}\n".encode())
            written += 1
        out.flush()
        os.fsync(out.fileno())
    return written


def _last_number_in(file: BinaryIO) -> int:
    """The number of the last whole line, with the file ready to write after it; 0 when there is none."""
    end = file.seek(0, os.SEEK_END)
    start = file.seek(max(0, end - LONGEST_LINE))
    whole, newline, _torn = file.read().rpartition(b"\n")
    file.seek(start + len(whole) + len(newline))
    file.truncate()
    lines = whole.decode(errors="replace").splitlines()[-1:]
    return next((entry.number for entry in entries_in(f"{line}\n" for line in lines)), 0)
