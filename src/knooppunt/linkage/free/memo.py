"""Distinct values worked out once, in Python, however often they occur in a million lines."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

import numpy as np

from knooppunt.linkage.free.tokens import Hashes, Ints

T = TypeVar("T")
Solve = Callable[[list[list[str]]], list[T]]


class Memo(Generic[T]):
    """Answers by number: what a hash stands for is described and solved the first time it is seen."""

    def __init__(self, preset: list[T] | None = None) -> None:
        """`preset` answers have the first numbers, for those who know them without asking."""
        self._known: dict[int, int] = {}
        self._lock = Lock()
        self.answers: list[T] = preset or []

    def ask(self, hashes: Hashes, describe: Callable[[int], list[str]], solve: Solve[T]) -> Ints:
        """The number of each hash's answer. `describe(row)` gives the words; `solve` gets those that are new."""
        known = self._known
        distinct, first, back = np.unique(hashes, return_index=True, return_inverse=True)
        numbers = np.fromiter((known.get(one, -1) for one in distinct.tolist()), np.int64, len(distinct))
        if (numbers < 0).any():
            with self._lock:  # the other thread may have solved some since
                numbers = np.fromiter((known.get(one, -1) for one in distinct.tolist()), np.int64, len(distinct))
                new = np.flatnonzero(numbers < 0)
                fresh = solve([describe(row) for row in first[new].tolist()])
                numbers[new] = np.arange(len(self.answers), len(self.answers) + len(new))
                self.answers.extend(fresh)
                known.update(zip(distinct[new].tolist(), numbers[new].tolist(), strict=True))
        answer: Ints = numbers[back]
        return answer
