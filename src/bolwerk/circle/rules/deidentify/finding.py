"""Everything together: all recognisers read a text, and where two of them meet the surest wins."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bolwerk.circle.rules.deidentify import numbers, places
from bolwerk.circle.rules.deidentify.kinds import Hit, Kind, OwnList, Reader
from bolwerk.circle.rules.deidentify.names import again, names, tokens
from bolwerk.circle.rules.deidentify.replacing import proposals
from bolwerk.circle.rules.deidentify.vocabulary import is_known_name


def own_words(text: str, lists: OwnList) -> Iterator[Hit]:
    """Words that somebody added to the list of the circle or the municipality."""
    for word in lists.words:
        clean = word.strip()
        if clean:
            pattern = r"\s+".join(map(re.escape, clean.split()))
            for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
                yield Hit(found.start(), found.end(), Kind.OWN, found.group())


def _layers(text: str, lists: OwnList, readers: Iterable[Reader]) -> Iterator[Iterable[Hit]]:
    """What was found, the surest first. Within a layer the longest wins."""
    others = [hit for reader in readers for hit in reader(text)]
    sure, guesses = names(text)
    sure += [hit for hit in others if hit.kind is Kind.NAME]
    for reader in numbers.READERS:
        yield reader(text)
    yield [hit for hit in others if hit.kind not in {Kind.NAME, Kind.PLACE, Kind.DATE, Kind.ADDRESS}]
    yield joined(text, [*places.addresses(text), *(hit for hit in others if hit.kind is Kind.ADDRESS)])
    yield own_words(text, lists)
    yield places.streets(text)
    yield joined(text, sure)
    yield [*places.organisations(text), *places.dates(text)]
    yield [hit for hit in others if hit.kind in {Kind.PLACE, Kind.DATE}]
    yield places.places(text)
    yield guesses
    yield again(text, [*sure, *guesses])


def joined(text: str, hits: Iterable[Hit]) -> list[Hit]:
    """Hits that overlap or touch become one."""
    merged: list[Hit] = []
    for hit in sorted(hits):
        if merged and hit.start <= merged[-1].end:
            last = merged[-1]
            end = max(hit.end, last.end)
            merged[-1] = replace(last, end=end, text=text[last.start : end])
        else:
            merged.append(hit)
    return merged


def find(text: str, *, lists: OwnList | None = None, readers: Iterable[Reader] = ()) -> list[Hit]:
    """Every piece of a text that can give somebody away, in order, each with a proposal. No two of them overlap.

    `readers` are recognisers that need more than this package has by itself: `queries.deidentify.dutch`
    knows names of long lists.
    """
    taken: list[Hit] = []
    licences = [found.span() for found in numbers.LICENCE.finditer(text)]
    for layer in _layers(text, lists or OwnList(), readers):
        for hit in sorted(layer, key=lambda one: (one.start - one.end, one.start)):
            if any(start < hit.end and hit.start < end for start, end in licences):
                continue  # "CC-BY-SA-4.0" is nobody
            hit = _beside(hit, taken) if hit.kind is Kind.NAME else hit
            met = [other for other in taken if hit.start < other.end and other.start < hit.end]
            if all(_gives_way(other, hit) for other in met):
                taken = [*(other for other in taken if other not in met), hit]
    return proposals(text, sorted(taken))


def _beside(hit: Hit, taken: list[Hit]) -> Hit:
    """What is left of a name whose beginning belongs to something surer: the last letter of a plate, a full stop."""
    ends = [
        other.end for other in taken if other.start <= hit.start < other.end < hit.end and other.kind is not Kind.NAME
    ]
    start = max(ends, default=hit.start)
    found = re.search(r"[^\W\d_]", hit.text[start - hit.start :])
    start = start + found.start() if ends and found else start
    return replace(hit, start=start, text=hit.text[start - hit.start :])


def _gives_way(other: Hit, hit: Hit) -> bool:
    """Whether a date lies within a name ("Mei-Lin", "April Jansen"), or a word of an own list beside a given name."""
    if hit.kind is not Kind.NAME or not (hit.start <= other.start and other.end <= hit.end):
        return False
    if other.kind is Kind.OWN:
        beside = tokens(hit.text.replace(other.text, " "))
        return any(token.is_initials or is_known_name(token.plain) for token in beside)
    return other.kind is Kind.DATE
