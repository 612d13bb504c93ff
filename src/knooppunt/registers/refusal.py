"""Saying no to input: which file, which line, why."""

from dataclasses import dataclass

NOTHING_REMAINS = "; when what is wrong is left out, nothing remains: the vault stays as it was"
"""What is said after the reason, where the user asked to keep going and there was nothing to go on with."""


@dataclass(frozen=True)
class Rejection:
    """One thing in a delivery that was not taken over. Never holds personal data."""

    file: str
    line: int | None  # first line is 1; None where a line means nothing (a zip, a folder)
    reason: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.reason}"


class RefusedError(Exception):
    """The input is refused; nothing was stored."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        self.rejection = Rejection(file, line, reason)
        super().__init__(str(self.rejection))


class EmptyRefusedError(RefusedError):
    """Nothing in the input is of the register. Where something in it was refused before, that is why."""


class StoppedError(RefusedError):
    """The input is refused as a whole: reading goes no further, even where the user asked to keep going."""
