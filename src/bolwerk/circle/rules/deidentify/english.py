"""English texts: what has a form of its own, and names that something vouches for. There is no list of English names.

English writes days, months and every word of a heading with a capital, so a capital by itself says nothing here, and
only what is sure counts: a form of address, or a name of the lists, which hold what people in the Netherlands are
called. Addresses are Dutch ones in an English sentence, and the English way of writing one.
"""

import re
from collections.abc import Iterator

from bolwerk.circle.rules.deidentify import numbers, places
from bolwerk.circle.rules.deidentify.kinds import Hit, Kind
from bolwerk.circle.rules.deidentify.names import Token, tokens
from bolwerk.circle.rules.deidentify.vocabulary import is_known_name

ALSO_ENGLISH = frozenset({"ad", "amin", "can", "dew", "hind", "lis", "mina", "mo", "roman", "said", "sari", "sharing"})
ADDRESSED = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof"})
COUNTRIES = frozenset({"U.S.", "U.K.", "E.U.", "A.I.", "U.N."})
MOST_LINKS = 3  # van der
NO_POSTCODE = re.compile(r"(?:19|20)\d\d\s?(?:EU|EC|US|UK|UN|AI|IT|AD|BC|AM|PM|VN)$")  # a year and what happened in it
STREET = re.compile(
    r"(?<![\w-])\d{1,4}[A-Za-z]?\s(?:[A-Z][\w'’-]+\s){1,3}(?:Street|Road|Lane|Avenue|Square|Drive|Crescent|Terrace)(?!\w)"
    r"|(?<!\w)(?i:p\.?o\.?\s?box)\s\d{1,6}"
)


def english_hits(text: str) -> Iterator[Hit]:
    """Everything in an English text that points to somebody by itself, in no order; hits can overlap."""
    licences = [found.span() for found in numbers.LICENCE.finditer(text)]
    for hit in (*_with_form(text), *_addresses(text), *_names(text)):
        if not any(start < hit.end and hit.start < end for start, end in licences):
            yield hit


def _with_form(text: str) -> Iterator[Hit]:
    for reader in numbers.READERS:
        yield from reader(text)


def _addresses(text: str) -> Iterator[Hit]:
    for pattern in (
        places.ADDRESS,
        places.WITH_POSTCODE,
        places.WITH_TOWN,
        places.BARE_POSTCODE,
        places.POST_BOX,
        STREET,
    ):
        for found in pattern.finditer(text):
            if not (
                pattern in (places.BARE_POSTCODE, places.WITH_TOWN) and NO_POSTCODE.match(found.group()[:7].strip())
            ):
                yield Hit(found.start(), found.end(), Kind.ADDRESS, found.group())


def _names(text: str) -> Iterator[Hit]:
    found = tokens(text)
    for at, token in enumerate(found):
        if token.plain in ADDRESSED and token.is_capital:
            run = _capitals(found, at + 1)
        elif token.is_capital and is_known_name(token.plain) and token.plain not in ALSO_ENGLISH:
            run = [token, *_capitals(found, at + 1)]
        elif token.is_initials and token.text.count(".") > 1 and token.text not in COUNTRIES:
            after = _capitals(found, at + 1)
            run = [token, *after] if after else []
        else:
            continue
        if run:
            yield Hit(run[0].start, run[-1].end, Kind.NAME, text[run[0].start : run[-1].end])


def _capitals(found: list[Token], at: int) -> list[Token]:
    """The words with a capital that go on from here, with the links of Dutch surnames between them."""
    run: list[Token] = []
    links: list[Token] = []
    for token in found[at:]:
        if not (token.joined or (not run and found[at - 1].plain in ADDRESSED)) or len(links) > MOST_LINKS:
            break
        if token.is_link and not token.is_capital:
            links.append(token)
        elif token.is_capital or token.is_initials:
            run += [*links, token]
            links = []
        else:
            break
    return run
