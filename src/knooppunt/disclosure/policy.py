"""What is small, what is dominated, and how figures are rounded. A municipality may be stricter, never laxer."""

from dataclasses import dataclass

LEAST_GROUP = 5  # below this a group is a handful of colleagues who know each other; no setting goes there
LEAST_PERCENT_BASE = 20  # a percentage of fewer shows single people in steps of five


class LaxPolicyError(ValueError):
    """A policy that would protect less than Bolwerk ever allows. The message says which bound was passed."""


@dataclass(frozen=True)
class Policy:
    """The rules of one release.

    The defaults are the rules of thumb of European statistics (ESSnet, guidelines for output checking: ten units, no
    contributor above half; rounding to five as CBS does for neighbourhoods). `domain/` could not verify them.
    """

    smallest_group: int = 10  # k: a count below it is hidden, and so is zero
    rounding_base: int = 5  # published counts are multiples of this; 1 publishes them as they are
    percent_base: int = 50  # no percentage of fewer
    dominance: tuple[tuple[int, int], ...] = ((1, 50), (2, 85))  # (n, percent): the n largest may not exceed it
    p_percent: int = 10  # what remains beside the two largest must be at least this part of the largest

    def __post_init__(self) -> None:
        if self.smallest_group < LEAST_GROUP:
            raise LaxPolicyError(f"The smallest group is {self.smallest_group}; it is never below {LEAST_GROUP}.")
        if self.percent_base < LEAST_PERCENT_BASE:
            raise LaxPolicyError(f"Percentages of {self.percent_base}; the base is never below {LEAST_PERCENT_BASE}.")
        if not 1 <= self.rounding_base <= self.smallest_group:
            raise LaxPolicyError(f"Rounding to {self.rounding_base}: choose from 1 to the smallest group.")

    def rounded(self, count: int) -> int:
        """The nearest multiple of the base."""
        return (count + self.rounding_base // 2) // self.rounding_base * self.rounding_base

    def bounds(self, figure: int) -> tuple[int, int]:
        """What a published figure tells: the least and the most that the count can be."""
        least = figure - self.rounding_base // 2
        return max(least, self.smallest_group), least + self.rounding_base - 1

    def is_dominated(self, contributions: list[int]) -> bool:
        """Whether too much of a count comes from one or two contributors; `contributions` is what each of them gave."""
        largest, total = sorted(contributions, reverse=True), sum(contributions)
        if any(100 * sum(largest[:n]) > percent * total for n, percent in self.dominance):
            return True
        return 100 * (total - sum(largest[:2])) < self.p_percent * sum(largest[:1])
