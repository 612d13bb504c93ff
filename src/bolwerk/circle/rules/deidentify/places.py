"""Addresses, streets, dates and companies: what says where, when and for whom."""

import re
from collections.abc import Iterator

from bolwerk.circle.rules.deidentify.kinds import Hit, Kind
from bolwerk.circle.rules.deidentify.vocabulary import words

CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĐĒĘĞĢİĪĶŁŃŅÓŐŘŚŞŠŤŪŮŹŻŽ"
RUN = "{0,60}"  # no street is longer; without an end a text that has no spaces is gone through once for each letter
ENDINGS = sorted(words("street_endings"))
SURE = "|".join(sorted(words("sure_street_endings")))
LINK = r"(?:van|de|der|den|het|'t|’t|ter|ten|te|op|aan|in|en|over|onder|bij)"
NUMBER = r"\d{1,5}(?:\s?-\s?\d{1,4}|\s?[a-zA-Z](?![\w])|\s?(?:bis|hs|huis|zw|rd|[IVX]{1,4}(?!\w)))?(?:\s?-\s?\d{1,4})?"
POSTCODE = r"[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}(?![\w])"
FIRST = r"(?<!\w)(?<!\w[-'’])"  # a word begins here; "-Molenstraat" on a list does too
WORD = rf"(?:[{CAPITAL}1-9][\w.'’-]{RUN}|{LINK})"
LAST = "|".join(f"[{end[0].upper()}{end[0]}]{end[1:]}" for end in ENDINGS)  # "Molengracht" and "Oude Gracht"
STREET = rf"(?:{WORD}\s){{0,5}}(?:[\w'’-]{RUN}(?:{LAST}|[{CAPITAL}][\w'’-]{RUN}str\.))"
ADDRESS = re.compile(
    rf"{FIRST}{STREET}\s(?:nr\.?\s|nummer\s|huisnummer\s)?{NUMBER}(?:,?\s(?:te\s)?{POSTCODE}(?:\s[{CAPITAL}][\w'’-]+)?)?(?!\w)"
)
WITH_POSTCODE = re.compile(rf"{FIRST}(?:{WORD}\s){{1,6}}{NUMBER},?\s(?:te\s)?{POSTCODE}")
NAMED = re.compile(
    rf"\b(?:woont|wonen|woonde|woonachtig|adres|gevestigd|pand|woning|huis)\b(?:\s\w+){{0,3}}?\s"
    rf"(?:(?:op|aan|in|de|het)\s){{0,2}}(?P<it>(?:[{CAPITAL}][\w'’-]+\s)(?:{WORD}\s){{0,4}}{NUMBER})(?!\w)"
)
WITH_TOWN = re.compile(
    rf"(?<![\w])(?:{POSTCODE})\s[{CAPITAL}][\w'’-]+(?:\s(?:aan|op|bij)\s(?:den\s|de\s)?[{CAPITAL}][\w'’-]+)?"
)
TOWARDS = re.compile(
    rf"(?<!\w)(?:[Aa]an|[Oo]p|[Nn]aar|[Ii]n|[Bb]ij|[Aa]dres:?|[Pp]and)\s(?:de\s|het\s)?"
    rf"(?P<it>(?:{WORD}\s){{0,5}}(?P<last>[{CAPITAL}][\w'’.-]+)\s{NUMBER}(?:,?\s(?:te\s)?{POSTCODE})?)(?!\w)"
)
POST_BOX = re.compile(r"\b[Pp]ostbus\s\d{1,6}(?:,?\s[1-9]\d{3}\s?[A-Z]{2})?\b")
BARE_POSTCODE = re.compile(rf"(?<![\w]){POSTCODE}")
BARE_STREET = re.compile(
    rf"{FIRST}(?:[{CAPITAL}][\w.'’-]{RUN}\s(?:{LINK}\s){{0,3}}){{0,3}}[{CAPITAL}][\w'’-]{RUN}(?:{SURE})(?!\w)"
)
LEADING = re.compile(
    r"^(?:(?:In|De|Het|Op|Aan|Van|Bij|Over|Onder|En|in|de|het|op|aan|van|bij|over|onder|en|te|der|den)\s)+(?=\S+\s\D|\S+\s\d)"
)
STOP_STREETS = frozenset({"Dinsdagmarkt", "Oplaadpark", "Vakantiepark"})

MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli"
    r"|augustus|september|oktober|november|december|jan|feb|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec)"
)
SHORT_MONTH = re.compile(r"\b(?:jan|feb|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec)\.$", re.IGNORECASE)
DATE = re.compile(
    rf"(?<![\d\w])(?:\d{{1,2}}(?:e|ste|de)?\s{MONTH}\.?(?:\s(?:19|20)?\d\d)?|'?\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:(?:19|20)\d\d|\d\d)"
    rf"|(?:19|20)\d\d-\d\d-\d\d|{MONTH}\s(?:19|20)\d\d)(?![\d\w])",
    re.IGNORECASE,
)
COMPANY = re.compile(
    rf"(?<!\w)(?:[{CAPITAL}][\w&'’.-]*\s(?:(?:en|&|van|de)\s)?){{1,4}}(?:B\.?V\.?|N\.?V\.?|V\.?O\.?F\.?|Holding|Groep)(?!\w)"
    rf"|(?<!\w)(?:[Ss]tichting|[Vv]ereniging|[Cc]af[eé]|[Rr]estaurant|[Gg]arage|[Ss]nackbar|[Bb]akkerij|[Hh]otel)\s(?:(?:de|het|'t|den)\s)?"
    rf"[{CAPITAL}][\w'’-]+(?:\s[{CAPITAL}][\w'’-]+)?"
)
PLACE = re.compile(
    rf"\b(?:gemeente|dorp|stad|dorpskern|kern|wijk|buurt|buurtschap|regio)\s(?P<it>(?:(?:'s-|Den\s|De\s|Het\s|Sint\s|Nieuw-|Oud-)?[{CAPITAL}][\w'’-]+)"
    rf"(?:\s(?:aan|op|bij|aan den|aan de)\s[{CAPITAL}][\w'’-]+)?)"
    rf"|\b(?:te|in)\s(?P<that>(?:'s-)?[{CAPITAL}][\w'’-]+(?:\s(?:aan|op|bij)\s(?:den\s|de\s)?[{CAPITAL}][\w'’-]+)?)"
)


def addresses(text: str) -> Iterator[Hit]:
    """A street with a house number, a postcode, a post box."""
    for pattern in (ADDRESS, WITH_POSTCODE):
        for found in pattern.finditer(text):
            start = found.start() + _leading(found.group())
            yield Hit(start, found.end(), Kind.ADDRESS, text[start : found.end()])
    for found in NAMED.finditer(text):
        yield Hit(found.start("it"), found.end("it"), Kind.ADDRESS, found["it"])
    for found in TOWARDS.finditer(text):
        if found["last"].casefold() not in words("numbered") and not re.match(
            rf"{MONTH}$", found["last"], re.IGNORECASE
        ):
            yield Hit(found.start("it"), found.end("it"), Kind.ADDRESS, found["it"])
    for pattern in (WITH_TOWN, POST_BOX, BARE_POSTCODE):
        for found in pattern.finditer(text):
            yield Hit(found.start(), found.end(), Kind.ADDRESS, found.group())


def _leading(words: str) -> int:
    """How many characters at the start belong to the sentence and not to the street."""
    found = LEADING.match(words)
    return found.end() if found else 0


def streets(text: str) -> Iterator[Hit]:
    """A street without a number: only together with something else it points to somebody."""
    for found in BARE_STREET.finditer(text):
        start = found.start() + _leading(found.group())
        if found.group() not in STOP_STREETS:
            yield Hit(start, found.end(), Kind.STREET, text[start : found.end()])


def dates(text: str) -> Iterator[Hit]:
    """A day or a month of a year."""
    for found in DATE.finditer(text):
        ends_sentence = found.group().endswith(".") and not SHORT_MONTH.search(found.group())
        end = found.end() - ends_sentence
        yield Hit(found.start(), end, Kind.DATE, text[found.start() : end])


def organisations(text: str) -> Iterator[Hit]:
    """Companies, foundations, cafés."""
    for found in COMPANY.finditer(text):
        yield Hit(found.start(), found.end(), Kind.ORGANISATION, found.group())


def places(text: str) -> Iterator[Hit]:
    """What stands where a place stands: after "gemeente", "te", "in". Also when no list knows it."""
    for found in PLACE.finditer(text):
        which = "it" if found["it"] else "that"
        yield Hit(found.start(which), found.end(which), Kind.PLACE, found[which])


READERS = (addresses, streets, dates, organisations, places)
