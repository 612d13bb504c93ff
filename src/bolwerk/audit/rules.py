"""How a line is turned into bytes and hashed. Pure functions: no database, no clock, no request."""

import hashlib
import json
from datetime import UTC, datetime

GENESIS = "0" * 64
Fact = str | int | bool | None


def chained_hash(
    *, previous_hash: str, sequence: int, at: datetime, words: tuple[str, ...], facts: dict[str, Fact]
) -> str:
    """Return the SHA-256 (64 hex digits) of a line together with the hash of the line before it.

    `words` are event, subject, actor, reason and trace id, in that order. The line is canonical JSON, so that no two
    different lines have the same bytes.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    payload = json.dumps([previous_hash, sequence, moment, *words, facts], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(payload.encode()).hexdigest()
