"""A copy that was changed here, and a newer version of its origin: neither overwrites the other."""

from dataclasses import dataclass, replace
from typing import Any

Content = dict[str, Any]


@dataclass(frozen=True)
class Copy:
    """What lies here: the version of the origin that it began with, the own change, and a newer version beside it."""

    base: Content
    own: Content | None = None
    beside: Content | None = None

    @property
    def shown(self) -> Content:
        """What people read here."""
        return self.own if self.own is not None else self.base

    def changed(self, content: Content) -> "Copy":
        """The same copy with an own change; changing it back to what the origin says is no change."""
        return replace(self, own=None if content == self.base else content)

    def keeping_own(self) -> "Copy":
        """The newer version was seen; the own change stays, now over that version."""
        return Copy(base=self.base if self.beside is None else self.beside, own=self.own)

    def taking_theirs(self) -> "Copy":
        """The newer version in place of the own change."""
        return Copy(base=self.base if self.beside is None else self.beside)


def received_again(copy: Copy, content: Content) -> Copy:
    """A newer version arrives: it replaces what was not changed here, and lies beside what was."""
    if copy.own is None or copy.own == content:
        return Copy(base=content)
    return replace(copy, beside=content)
