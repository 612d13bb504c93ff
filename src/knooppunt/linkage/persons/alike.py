"""How alike two names are that are not the same, worked out once for each distinct pair where it can matter."""

from functools import cache

import numpy as np
import pyarrow as pa
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from knooppunt.linkage.free.tokens import Flags, Ints
from knooppunt.linkage.persons.names import Vocabulary
from knooppunt.linkage.persons.weights import call_initials, call_names, namesakes

ALIKE, ALIKE_GIVEN = 0.90, 0.94  # Jaro-Winkler
SAME, PART, NEAR, LIKE, OTHER = range(5)

_PREFIX = 0.4
"""What Jaro-Winkler takes at most off the distance for the letters that two names begin with."""

_SLACK = 1e-9  # so that no rounding leaves out what is alike exactly


def compare_names(words: Vocabulary, one: Ints, other: Ints) -> Ints:
    """NEAR, LIKE or OTHER for names that are not the same."""
    level = np.full(len(one), OTHER)
    some = np.flatnonzero(may_be_alike(words, one, other, ALIKE))
    if len(some):
        left, right, back, _ = _pairs(words, one[some], other[some])
        found = np.where(cpdist(left, right, scorer=JaroWinkler.similarity, score_cutoff=ALIKE) > 0, LIKE, OTHER)
        found = np.where(cpdist(left, right, scorer=OSA.distance, score_cutoff=1) <= 1, NEAR, found)
        level[some] = found[back]
    return np.where(_sound_alike(words, one, other), NEAR, level)


def compare_given(words: Vocabulary, one: Ints, other: Ints) -> Ints:
    """PART (a call name), NEAR or OTHER for given names that are not the same."""
    if not len(one):
        return one
    left, right, back, shorter = _pairs(words, one, other)
    grouped = namesakes().keys()
    called = np.array([(a in grouped or b in grouped) and _one_person(a, b) for a, b in zip(left, right, strict=True)])
    long: Flags = shorter > 3
    near = (cpdist(left, right, scorer=OSA.distance, score_cutoff=1) <= 1) & long
    near |= (cpdist(left, right, scorer=JaroWinkler.similarity, score_cutoff=ALIKE_GIVEN) > 0) & long
    level = np.where(called, PART, np.where(near, NEAR, OTHER))[back]
    return np.where((level == OTHER) & _sound_alike(words, one, other), NEAR, level)


def fits_call_name(words: Vocabulary, one: Ints, other: Ints) -> Flags:
    """Whether one of each two names is an initial of a name in a group of the other."""
    if not len(one):
        return one > 0
    left, right, back, _ = _pairs(words, one, other)
    letters = call_initials()
    short = [(a, b) if len(a) == 1 else (b, a) for a, b in zip(left, right, strict=True)]
    return np.array([initial in letters.get(name, "") for initial, name in short])[back]


def may_be_alike(words: Vocabulary, one: Ints, other: Ints, least: float) -> Flags:
    """Whether two names can be one slip apart or have `least` of Jaro-Winkler, going by which letters they have.

    No letter that only one of them has can match, so a bound on both follows without looking at where letters stand.
    """
    letters, lengths = words.letter_array(), words.length_array()
    mine, theirs = letters[one], letters[other]
    lost, added = np.bitwise_count(mine & ~theirs), np.bitwise_count(theirs & ~mine)
    long, wide = lengths[one], lengths[other]
    match = np.minimum(long - lost, wide - added)
    jaro = (match / long + match / wide + 1) / 3
    slip = (lost <= 1) & (added <= 1) & (np.abs(long - wide) <= 1)
    possible: Flags = slip | (jaro >= (least - _PREFIX) / (1 - _PREFIX) - _SLACK)
    return possible


def _sound_alike(words: Vocabulary, one: Ints, other: Ints) -> Flags:
    sound = words.sound_array()
    same: Flags = sound[one] == sound[other]
    return same


def _pairs(words: Vocabulary, one: Ints, other: Ints) -> tuple[list[str], list[str], Ints, Ints]:
    """The distinct pairs of names, which each row has, and the length of the shorter name of each pair."""
    size, lengths = len(words.words), words.length_array()
    encoded = pa.array(one * size + other).dictionary_encode()
    first, second = np.divmod(encoded.dictionary.to_numpy(), size)
    left = [words.words[number] for number in first.tolist()]
    right = [words.words[number] for number in second.tolist()]
    return left, right, np.asarray(encoded.indices, np.int64), np.minimum(lengths[first], lengths[second])


@cache
def _one_person(one: str, other: str) -> bool:
    """Whether two given names may be one person's: in one group, or one letter from a name in the other's group."""
    groups, none = call_names(), frozenset[int]()
    if not groups.get(one, none).isdisjoint(groups.get(other, none)):
        return True
    return any(
        len(a) > 3 and any(OSA.distance(a, name, score_cutoff=1) <= 1 for name in namesakes().get(b, ()))
        for a, b in ((one, other), (other, one))
    )
