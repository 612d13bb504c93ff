"""Where texts lie in a block, and their first bytes."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
import numpy.typing as npt

from knooppunt.registers import arrays
from knooppunt.registers.arrays import Positions, Words

Bytes = npt.NDArray[np.uint8]


class Where:
    """The places of texts in a block; each is worked out when it is asked for: not every type of value needs it."""

    def __init__(self, data: bytes, starts: Callable[[], Positions], ends: Callable[[], Positions]) -> None:
        self.data, self._starts, self._ends = data, starts, ends

    @cached_property
    def starts(self) -> Positions:
        """Where the texts start."""
        return self._starts()

    @cached_property
    def ends(self) -> Positions:
        """Where they end."""
        return self._ends()

    def words_at(self, offset: int) -> Words:
        """Return the eight bytes from `offset` on of every text (or of what follows a shorter text)."""
        return arrays.words_at(self.data, self.starts + offset)

    def byte_at(self, offset: int) -> Bytes:
        """Return the byte at `offset` of every text; right behind a text stands a `<`."""
        return np.frombuffer(self.data, np.uint8)[self.starts + offset]
