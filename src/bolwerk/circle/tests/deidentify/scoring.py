"""How much of what was planted is found, and how much of what is found was planted."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bolwerk.circle.queries.deidentify import direct_hits
from bolwerk.circle.rules.deidentify import Hit
from bolwerk.circle.tests.deidentify.labelled import Labelled


@dataclass
class Score:
    """Counts over texts. Found means: every letter and digit of the identifier lies in red hits."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    hits: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list, repr=False)  # a failing test must not show the held-out half
    wrong: list[str] = field(default_factory=list, repr=False)

    @property
    def recall(self) -> float:
        """Part of the identifiers that is covered whole."""
        return self.found.total() / self.planted.total()

    @property
    def precision(self) -> float:
        """Part of the red hits that covers something of an identifier."""
        return self.right / self.hits

    def lines(self) -> str:
        """For people."""
        kinds = ", ".join(f"{kind} {self.found[kind]}/{self.planted[kind]}" for kind in sorted(self.planted))
        return f"recall {self.recall:.4f} ({kinds}); precision {self.precision:.4f} ({self.right}/{self.hits})"


def score(texts: Iterable[Labelled], *, read: Callable[[str], list[Hit]] = direct_hits) -> Score:
    """The figures over these texts."""
    done = Score()
    for one in texts:
        hits = read(one.text)
        covered = {at for hit in hits for at in range(hit.start, hit.end)}
        named = {at for start, end, _kind in one.planted for at in range(start, end)}
        for start, end, kind in one.planted:
            whole = all(at in covered for at in range(start, end) if one.text[at].isalnum())
            done.planted[kind] += 1
            done.found[kind] += whole
            done.missed += [] if whole else [one.text[max(start - 30, 0) : end + 20]]
        for hit in hits:
            right = any(at in named for at in range(hit.start, hit.end))
            done.hits += 1
            done.right += right
            done.wrong += [] if right else [f"{hit.kind}: {one.text[max(hit.start - 20, 0) : hit.end + 15]}"]
    return done
