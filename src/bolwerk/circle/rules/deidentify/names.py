"""Names of people. `deduce` finds many; this finds what it misses: other spellings, lower case, names on no list.

Dutch writes nouns without a capital. So a capital inside a sentence is a name of something, and it is a person's
unless a list, an ending or what stands before it says that it is something else.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bolwerk.circle.rules.deidentify.kinds import Hit, Kind
from bolwerk.circle.rules.deidentify.vocabulary import COURTESY, LINKS, TITLES, is_known_name, is_word, words

TOKEN = re.compile(
    r"(?P<initials>(?<![\w-])(?:[A-Z](?:h|j|S)?\.\s?-?){1,5}(?=\s?['’]?[^\W\d_]))|(?P<word>['’]?[^\W\d_]+(?:[-'’][^\W\d_]+)*(?:['’](?!\w))?)"
)
OTHER_THINGS = re.compile(
    r"(?:straat|laan|weg|plein|gracht|kade|singel|dreef|steeg|pad|plantsoen|wet|dienst|zaken|beleid|team|raad|huis|plan|kamer"
    r"|centrum|school|fonds|kerk|dag|markt|loket|regio|gids|punt|meldpunt|handboek|akkoord|bestand|register|protocol|tafel"
    r"|methode|bank|bibliotheek|onderzoek|code|zaal|centrum|instituut|ministerie|stichting|vereniging|ombudsman|wetboek"
    r"|verordening|richtlijn|commissie|autoriteit|inspectie|hal|bad|park|wijk|buurt|dorp|corporatie|bouw|partij|nota|regeling|besluit|college|bureau|overleg|app|net)$"
)
ABBREVIATED = frozenset({"dhr", "mw", "mevr", "mr", "mrs", "ms", "dr", "drs", "ir", "ing", "prof", "st"})
MOST_WORDS = 7


@dataclass(frozen=True)
class Token:
    """A word or initials in a text."""

    start: int
    end: int
    text: str
    opens: bool  # the first word of a sentence or line
    joined: bool  # only a blank stands between the word before and this one

    @property
    def plain(self) -> str:
        """In lower case, without the genitive."""
        return re.sub(r"(?:['’]s|['’])$", "", self.text.casefold()).strip("'’")

    @property
    def is_initials(self) -> bool:
        """Letters with dots."""
        return self.text.rstrip().endswith(".")

    @property
    def is_capital(self) -> bool:
        """Written with a capital."""
        return self.text[:1].isupper()

    @property
    def is_link(self) -> bool:
        """A word between the parts of a name: van, de, el."""
        return self.text.casefold() in LINKS

    @property
    def is_title(self) -> bool:
        """A form of address or an office."""
        return self.plain in TITLES

    @property
    def is_other(self) -> bool:
        """A capital that is no person: a law, a service, a day, an abbreviation, a thing by its ending."""
        shouted = self.text.isupper() and 1 < len(self.text) <= 5  # the length of abbreviations
        _first, joint, last = self.text.rpartition("-")
        made = bool(joint) and last.islower() and not is_known_name(self.plain)  # QR-code
        return self.plain in words("not_names") or shouted or made or bool(OTHER_THINGS.search(self.plain))


def tokens(text: str) -> list[Token]:
    """The words of a text, each with where it stands."""
    found: list[Token] = []
    for match in TOKEN.finditer(text):
        before = text[found[-1].end if found else 0 : match.start()]
        abbreviated = bool(found) and before.strip() == "." and found[-1].plain in ABBREVIATED
        opens = not found or "\n" in before or (bool(re.search(r"[.!?:…]|[\"“”„]", before)) and not abbreviated)
        joined = bool(found) and "\n" not in before and (before.strip() == "" or abbreviated) and before != ""
        word = match.group().rstrip() if match["initials"] else match.group()
        found.append(
            Token(match.start(), match.start() + len(word), word, opens, joined or _after_initials(found, before))
        )
    return found


def _after_initials(found: list[Token], before: str) -> bool:
    return bool(found) and found[-1].is_initials and before.strip() == ""


def _belongs(token: Token, following: Token | None, *, titled: bool, lower: bool) -> bool:
    """Whether a word can be part of a name that has begun, or begins one."""
    if token.is_initials:
        return True
    if token.is_link:
        return following is not None and following.joined
    if token.is_title:
        return False
    if token.is_capital:
        return not token.is_other or (titled and token.plain in words("surname_words"))
    return lower and (is_known_name(token.plain) or token.plain in words("surname_words"))


def _runs(found: list[Token]) -> Iterator[tuple[list[Token], Token | None]]:
    """Series of words that could be one name, each with the word before it."""
    at = 0
    while at < len(found):
        before = found[at - 1] if at and found[at].joined else None
        titled = before is not None and before.is_title
        lower = (titled and before is not None and before.plain in COURTESY) or is_known_name(found[at].plain)
        run: list[Token] = []
        while at < len(found) and len(run) < MOST_WORDS and (not run or found[at].joined):
            following = found[at + 1] if at + 1 < len(found) else None
            if not _belongs(found[at], following, titled=titled, lower=lower):
                break
            run.append(found[at])
            at += 1
        if run:
            yield _trimmed(run, titled=titled), before
        else:
            at += 1


def _trimmed(run: list[Token], *, titled: bool) -> list[Token]:
    """Without what belongs to the sentence: links at the end, and at the start where no name goes on."""
    while run and run[-1].is_link:
        run = run[:-1]
    run = run if titled else _without_links(run)
    while len(run) > 1 and run[0].opens and not run[0].is_link and is_word(run[0].plain) and not _follows(run):
        run = _without_links(run[1:])  # "Druk van Tom": neither the word nor what joins it
    return run


def _without_links(run: list[Token]) -> list[Token]:
    while run and run[0].is_link and not (run[0].is_capital and len(run) > 1) and not _is_prefix(run):
        run = run[1:]
    return run


def _is_prefix(run: list[Token]) -> bool:
    """Links that stand in a name only: "van der Meer", "el Amrani", "ten Brink"; not "van Jansen" or "de Jansens"."""
    first, *rest = [token.text.casefold() for token in run]
    return bool(rest) and (
        (first == "van" and rest[0] in {"der", "den"})
        or first in {"el", "ben", "bin", "ait", "aït", "ten", "ter", "’t", "'t"}
    )


def _follows(run: list[Token]) -> bool:
    """After an ordinary word that opens the sentence comes a surname: it is a given name ("Roos Jansen")."""
    goes_on = next((token for token in run[1:] if not token.is_link), run[0])
    return run[0].plain in words("given_words") and goes_on.is_capital and goes_on is not run[0]


def _is_sure(run: list[Token], before: Token | None) -> bool:
    """Whether something says that this is a person."""
    names = [token for token in run if not token.is_initials and not token.is_link]
    if not names:
        return False
    if before is not None and before.is_title:
        return names[0].is_capital or names[0].plain not in words("not_names")
    if run[0].is_initials and len(run) > 1:
        return True
    return any(is_known_name(token.plain) for token in names)


def _is_guess(run: list[Token]) -> bool:
    """A capital inside a sentence that nothing else explains."""
    inside = [
        token for token in run if token.is_capital and not token.opens and not token.is_link and not token.is_initials
    ]
    if len(run) > 1 and run[0].is_link and run[0].opens:
        return bool(inside)
    return any(len(token.plain) > 2 for token in inside)  # two letters are an abbreviation


def _beside_thing(run: list[Token], found: list[Token]) -> bool:
    """Whether a capital that is no person stands right before or after: all of "Klant Contact Centrum"."""
    first, last = found.index(run[0]), found.index(run[-1])
    before = found[first - 1] if first and run[0].joined else None
    after = found[last + 1] if last + 1 < len(found) and found[last + 1].joined else None
    return any(one is not None and one.is_capital and one.is_other and not one.opens for one in (before, after))


def _hit(run: list[Token], text: str) -> Hit:
    return Hit(run[0].start, run[-1].end, Kind.NAME, text[run[0].start : run[-1].end])


def names(text: str) -> tuple[list[Hit], list[Hit]]:
    """The names in a text: those that something vouches for, and those that are only likely."""
    found = tokens(text)
    sure: list[Hit] = []
    guesses: list[Hit] = []
    for run, before in _runs(found):
        if run and _is_sure(run, before):
            sure.append(_hit(run, text))
        elif run and _is_guess(run) and not _beside_thing(run, found):
            guesses.append(_hit(run, text))
    return sure, guesses


def vouched(text: str) -> list[Hit]:
    """The names of which something says that they are somebody's: a form of address, initials, a list of names."""
    return names(text)[0]


def openers(text: str, *, may_be: Callable[[str], bool]) -> Iterator[Hit]:
    """A name that opens a sentence and does what only somebody does: "Visser belde".

    `may_be` says of a word, in lower case, whether it can be a name.
    """
    for token, following in pairwise(tokens(text)):
        acts = following.joined and following.plain in words("acts")
        nobody = token.plain in words("nobody") or token.is_other
        if token.opens and token.is_capital and acts and not nobody and may_be(token.plain):
            yield Hit(token.start, token.end, Kind.NAME, token.text)


def again(text: str, names_found: list[Hit]) -> Iterator[Hit]:
    """The same names elsewhere in the text: by the surname only, in lower case, at the start of a sentence."""
    known = {
        token.plain for hit in names_found for token in tokens(hit.text) if not token.is_link and not token.is_initials
    }
    for token in tokens(text):
        if (
            token.plain in known
            and len(token.plain) > 1
            and ((token.is_capital and not token.opens) or not is_word(token.plain))
        ):
            yield Hit(token.start, token.end, Kind.NAME, token.text)
