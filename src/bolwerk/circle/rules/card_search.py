"""Finding cards with words, also with a typing error. Pure functions: what is searched lies in memory.

The distinct words of all cards are compared with each word asked for; in which cards a word stands was noted once.
The same on every database, because no database takes part in it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 8  # of a question; the rest is not looked at
LONGEST_WORD = 40
PREFIX_FROM, INSIDE_FROM, TYPO_FROM = 2, 4, 4  # letters
EXACT, PREFIX, INSIDE, TYPO = 1.0, 0.8, 0.6, 0.5  # what each way of matching is worth
COMMON = frozenset(("de", "het", "een", "en", "of", "van", "voor", "met", "in", "op", "te", "the", "an", "and", "for"))


def folded(text: str) -> str:
    """Small letters without accents, so that "cliëntelisme" and "clientelisme" are one."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return [word[:LONGEST_WORD] for word in WORD.findall(folded(text))]


@dataclass(frozen=True)
class Hits:
    """Which entries were found, best first, and the words that stand in them for those asked for."""

    places: tuple[int, ...]
    words: frozenset[str]


class Index:
    """Words of entries, and in which entries each stands and how much it weighs there."""

    def __init__(self, entries: Iterable[Sequence[tuple[float, str]]]) -> None:
        stands: dict[str, dict[int, float]] = {}
        for place, parts in enumerate(entries):
            for weight, text in parts:
                for word in set(words_of(text)):
                    there = stands.setdefault(word, {})
                    there[place] = max(weight, there.get(place, 0.0))
        self.vocabulary = sorted(stands)
        self._lines = "\n".join(["", *self.vocabulary, ""])  # one text, in which looking for a piece is fast
        self._stands = stands

    def find(self, asked: str) -> Hits:
        """The entries in which each word of the question stands; where there are none, those with the most words."""
        words = [word for word in words_of(asked) if word not in COMMON][:MOST_WORDS]
        scores: dict[int, float] = {}
        met: dict[int, int] = {}
        seen: set[str] = set()
        for word in words:
            near = self._near(word)
            seen.update(near)
            best: dict[int, float] = {}
            for known, worth in near.items():
                for place, weight in self._stands[known].items():
                    if weight * worth > best.get(place, 0.0):
                        best[place] = weight * worth
            for place, score in best.items():
                scores[place] = scores.get(place, 0.0) + score
                met[place] = met.get(place, 0) + 1
        most = max(met.values(), default=0)
        found = [place for place, number in met.items() if number == most]
        return Hits(tuple(sorted(found, key=lambda place: (-scores[place], place))), frozenset(seen))

    def _near(self, word: str) -> dict[str, float]:
        """Known words for one that was typed, with what the likeness is worth. Typing errors only if nothing fits."""
        near = {word: EXACT} if word in self._stands else {}
        if len(word) >= PREFIX_FROM:
            near = dict.fromkeys(self._with(f"\n{word}"), PREFIX) | near
        if len(word) >= INSIDE_FROM:
            near = dict.fromkeys(self._with(word), INSIDE) | near
        if near or len(word) < TYPO_FROM:
            return near
        allowed = typos_in(word)
        found = process.extract(word, self.vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=20)
        if not found:
            return near
        least = min(distance for _known, distance, _place in found)
        return {known: TYPO for known, distance, _place in found if distance == least}

    def _with(self, piece: str) -> Iterator[str]:
        """The known words in which a piece stands; a piece that begins with a line break stands at their beginning."""
        at = self._lines.find(piece)
        while at != -1:
            start = self._lines.rfind("\n", 0, at + 1) + 1
            end = self._lines.index("\n", start)
            yield self._lines[start:end]
            at = self._lines.find(piece, end)


def typos_in(word: str) -> int:
    """How many typing errors a word of this length may have."""
    return 1 if len(word) < 6 else 2 if len(word) < 10 else 3


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether it was searched for. The page escapes it, as it does any text."""

    text: str
    hit: bool = False


def pieces(text: str, words: frozenset[str]) -> list[Piece]:
    """A text cut at the words that were found."""
    cut: list[Piece] = []
    end = 0
    for match in WORD.finditer(text):
        if folded(match.group())[:LONGEST_WORD] in words:
            cut += [Piece(text[end : match.start()])] if match.start() > end else []
            cut.append(Piece(match.group(), hit=True))
            end = match.end()
    return [*cut, Piece(text[end:])] if end < len(text) else cut
