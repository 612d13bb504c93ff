"""An anchor: the head of the chain at some moment, written down where the owner of the database cannot reach."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from bolwerk.audit.rules.chain import canonical_moment

MARK = "bolwerk-anchor"
# Found anywhere in a line, so that mails can be kept as they came, quoted or not.
FORM = re.compile(rf"{MARK} (?P<sequence>\d{{1,18}}) (?P<hash>[0-9a-f]{{64}}) (?P<at>\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d)")
PEER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")  # the name of another installation, as it stands in its lines


@dataclass(frozen=True)
class Anchor:
    """Line `sequence` had this hash at this moment. `at` is text in UTC, to the second."""

    sequence: int
    hash: str
    at: str

    def __str__(self) -> str:
        return f"{MARK} {self.sequence} {self.hash} {self.at}"


class NoAnchorsError(ValueError):
    """A file that should hold anchors holds none."""


def anchor(*, sequence: int, hash_: str, at: datetime) -> Anchor:
    """The anchor of a head."""
    return Anchor(sequence, hash_, canonical_moment(at)[:19])


def read_anchors(lines: Iterable[str]) -> dict[int, set[str]]:
    """All anchors in a file, as line number → hashes. Raises NoAnchorsError when there are none.

    Two different hashes for one line are both kept: the chain cannot agree with both, and verification says so.
    """
    found: dict[int, set[str]] = {}
    for match in _matches(lines):
        found.setdefault(int(match["sequence"]), set()).add(match["hash"])
    if not found:
        raise NoAnchorsError
    return found


def anchor_given(fields: Mapping[str, str]) -> Anchor:
    """The anchor that another installation sends: `sequence`, `hash` and `at`. Raises NoAnchorsError."""
    text = " ".join([MARK, *(fields.get(name, "") for name in ("sequence", "hash", "at"))])
    match = FORM.fullmatch(text)
    if match is None:
        raise NoAnchorsError
    return Anchor(int(match["sequence"]), match["hash"], match["at"])


def peer_with(secret: str, *, peers: str) -> str | None:
    """The name of the installation that this secret was given to, or None. `peers` is a name and a secret per line."""
    found = None
    for line in peers.splitlines():
        name, _blank, known = line.strip().partition(" ")
        if PEER.fullmatch(name) and known.strip() and compare_digest(known.strip().encode(), secret.encode()):
            found = name  # goes on, so that time does not tell which line it was
    return found


def _matches(lines: Iterable[str]) -> Iterator[re.Match[str]]:
    for line in lines:
        if match := FORM.search(line):
            yield match
