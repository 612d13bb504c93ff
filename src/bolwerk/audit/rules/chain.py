"""How a line is turned into bytes and hashed.

The bytes are the fields of the line, one per text line: previous hash, number, moment, event, subject, actor, reason,
trace id, facts. No field holds a line break (`contents.check`), so no two different lines have the same bytes. The
same order is spelled out in SQL, in `queries.verification`: verifying then costs little more than reading.
"""

import hashlib
import json
from datetime import UTC, datetime

GENESIS = "0" * 64  # what the first line points back to
SEPARATOR = "\n"

Fact = str | int | bool | None


def canonical_facts(facts: dict[str, Fact]) -> str:
    """Facts as one line of JSON with sorted names, so that equal facts have equal bytes."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical_moment(at: datetime) -> str:
    """A moment in UTC to the microsecond: `2026-11-23 09:00:00.000000`."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def chained_hash(*, previous_hash: str, sequence: int, at: datetime, words: tuple[str, ...], facts: str) -> str:
    """Return the SHA-256 (64 hex digits) of a line together with the hash of the line before it.

    `words` are event, subject, actor, reason and trace id, in that order; `facts` come from `canonical_facts`.
    """
    return hash_of(SEPARATOR.join((previous_hash, str(sequence), canonical_moment(at), *words, facts)).encode())


def hash_of(payload: bytes) -> str:
    """The hash of a line's bytes."""
    return hashlib.sha256(payload).hexdigest()
