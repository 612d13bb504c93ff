"""What to write instead. The same person gets the same words throughout a text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from string import ascii_uppercase

from bolwerk.circle.rules.deidentify.kinds import Hit, Kind
from bolwerk.circle.rules.deidentify.names import tokens
from bolwerk.circle.rules.deidentify.vocabulary import COURTESY, words

# In the language of the text, not of the screen: cases are written in Dutch.
FIXED = {
    Kind.BSN: "[BSN]",
    Kind.PHONE: "[telefoonnummer]",
    Kind.EMAIL: "[e-mailadres]",
    Kind.ADDRESS: "[adres]",
    Kind.PLATE: "[kenteken]",
    Kind.IBAN: "[rekeningnummer]",
    Kind.KVK: "[KVK-nummer]",
    Kind.ACCOUNT: "[account]",
    Kind.OWN: "[weggelaten]",
    Kind.PLACE: "een gemeente",
    Kind.STREET: "een straat",
    Kind.DATE: "op een dag",
    Kind.ORGANISATION: "een organisatie",
}
DAY, NAMED = "een dag", "[naam]"
PREPOSITION = re.compile(r"\b(?:op|in|sinds|vanaf|tot|van|voor|na|rond|tussen|en|d\.d\.)\s$", re.IGNORECASE)
AREA = re.compile(r"\b(?:gemeente|dorp|stad|dorpskern|kern|wijk|buurt|buurtschap|regio)\s$", re.IGNORECASE)
OPENING = re.compile(r"(?:^|[.!?…:]|\n)\s*[\"'“‘(]?$")
BEFORE = re.compile(r"(?:(?:de|den)\s)?([\w-]+)\.?\s$", re.IGNORECASE)


def _parts(hit: Hit) -> frozenset[str]:
    """The words of a name by which it is known again."""
    return frozenset(token.plain for token in tokens(hit.text) if not token.is_link and not token.is_initials)


def _role(text: str, hit: Hit) -> tuple[int, str]:
    """Where the name begins with its title, and what somebody with that title is called."""
    before = BEFORE.search(text[: hit.start])
    title = before[1].casefold() if before else ""
    if before and title in words("offices"):
        return before.start(1), title
    if before and (title in COURTESY or f"{title}." in COURTESY):
        with_article = before.group().casefold().startswith("de ") and title == "heer"
        return before.start() if with_article else before.start(1), "inwoner"
    return hit.start, ""


def _words_for(role: str, number: int) -> str:
    letter = ascii_uppercase[number] if number < len(ascii_uppercase) else str(number + 1)
    if role == "inwoner":
        return "een inwoner" if number == 0 else f"inwoner {letter}"
    if role:
        return f"[{role}]" if number == 0 else f"[{role} {letter}]"
    return f"[persoon {letter}]"


class _People:
    """Who was met in a text so far, by the words of their names."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.known: list[tuple[set[str], str]] = []
        self.counts: dict[str, int] = {}

    def words_for(self, parts: frozenset[str], role: str) -> str:
        """What this person is called; somebody who shares a word of a name met before is the same person."""
        for names, called in self.known:
            if parts & names:
                names |= parts
                return called
        number = self.counts.get(role, 0)
        while (called := _words_for(role, number)) in self.text:  # somebody is called this already
            number += 1
        self.counts[role] = number + 1
        self.known.append((set(parts), called))
        return called

    def met(self, parts: frozenset[str]) -> str:
        """What somebody with one of these words in the name was called; empty for nobody."""
        return next((called for names, called in self.known if parts & names), "")


def proposals(text: str, hits: Iterable[Hit]) -> list[Hit]:
    """The same hits with a proposal each. A title before a name becomes part of it: "wethouder X" → "[wethouder]"."""
    people = _People(text)
    done: list[Hit] = []
    for hit in hits:
        if hit.kind is Kind.NAME:
            start, role = _role(text, hit)
            start = hit.start if done and done[-1].end > start else start
            called = people.words_for(_parts(hit), role)
            done.append(replace(hit, start=start, text=text[start : hit.end], proposal=called))
        else:
            done.append(replace(hit, proposal=_fixed(text, hit)))
    return [
        replace(hit, proposal=people.met(_parts(hit)) or hit.proposal) if hit.kind is Kind.OWN else hit for hit in done
    ]


def _fixed(text: str, hit: Hit) -> str:
    """The words for what is nobody, as they go on after what stands before: "op een dag", but "sinds een dag"."""
    before = text[: hit.start]
    if hit.kind is Kind.DATE and PREPOSITION.search(before):
        return DAY
    return NAMED if hit.kind is Kind.PLACE and AREA.search(before) else FIXED[hit.kind]


def fitted(text: str, hit: Hit, words: str) -> str:
    """Words as they stand where a hit stands: with a capital at the beginning of a sentence."""
    return words[:1].upper() + words[1:] if OPENING.search(text[: hit.start]) else words


def replaced(text: str, choices: Iterable[tuple[Hit, str]]) -> str:
    """The text with other words at each hit; the words of a hit itself leave it as it is."""
    parts: list[str] = []
    at = 0
    for hit, instead in sorted(choices, key=lambda one: one[0].start):
        parts += [text[at : hit.start], instead]
        at = hit.end
    return "".join([*parts, text[at:]])


def pieces(text: str, hits: Iterable[Hit]) -> Iterator[tuple[str, Hit | None]]:
    """The text in order: what is free of hits, and each hit."""
    at = 0
    for hit in hits:
        if hit.start > at:
            yield text[at : hit.start], None
        yield hit.text, hit
        at = hit.end
    if at < len(text):
        yield text[at:], None
