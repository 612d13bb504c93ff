"""What has a form of its own: numbers, plates, mail and web addresses, each with where its form comes from."""

import re
from collections.abc import Iterator

from stdnum.nl import bsn

from bolwerk.circle.rules.deidentify.kinds import Hit, Kind

NEAR = 40  # characters before a number in which a word says what it is

# The parts have the lengths that mail and the net allow (RFC 5321, section 4.5.3.1.1; RFC 1035, section 2.3.4): without
# them a text without spaces would be gone through once for each letter. What stands before them is taken along.
EMAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\(apenstaartje\))\s?[\w-]+(?:(?:\.| punt | dot |\(dot\)|\[dot\])[\w-]+)+",
    re.IGNORECASE,
)
URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')\]]+[^\s<>\"')\].,;:!?]"
    r"|\b(?:[\w-]{1,63}\.){1,8}(?:nl|com|org|net|eu|be|de|frl|amsterdam|example|info)(?:/[^\s<>\"')\].,;]*)?\b",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w.@])@[A-Za-z][\w.]{1,29}[\w]|\b(?:u|user|in)/[A-Za-z][\w-]{3,}")
SEPARATOR = r"[\s\-./\u2011\u2013]"
# Nine digits after the trunk zero or country code (ACM, numbering plan telephone and ISDN services).
PHONE = re.compile(
    rf"(?<![\w+])(?:(?:\+|00){SEPARATOR}?31{SEPARATOR}{{0,2}}(?:\(0\){SEPARATOR}?)?\(?|\(?0)"
    rf"[1-9](?:\)?{SEPARATOR}{{0,3}}\(?\d\)?){{8}}(?!\d)(?!{SEPARATOR}\d{{3}})"
)
FOREIGN_PHONE = re.compile(rf"(?<![\w+])\+(?!31)[1-9]\d{{0,2}}(?:{SEPARATOR}{{0,2}}\(?\d\)?){{7,12}}(?!\d)")
LOCAL_PHONE = re.compile(r"(?<!\d)\d{2,3}[\s\-.]?\d{2}[\s\-.]?\d{2}(?!\d)")
PHONE_WORDS = re.compile(
    r"\b(?:tel|telefoon|telefoonnummer|mobiel|nummer|bel|gebeld|bereikbaar|app)\b[^\n]*$", re.IGNORECASE
)
NINE = re.compile(r"(?<![\d\w])\d(?:[.\s-]?\d){7,8}(?![\d\w])")
BSN_WORDS = re.compile(r"\b(?:bsn|burgerservicenummer|sofi-?nummer|bsn-nummer)\b[^\n.]*$", re.IGNORECASE)
KVK = re.compile(r"(?<!\d)\d(?:[.\s]?\d){7}(?!\d)|(?<!\d)\d{12}(?!\d)")
KVK_WORDS = re.compile(
    r"\b(?:kvk|k\.v\.k\.|kamer van koophandel|handelsregister|vestigingsnummer)\b[^\n]*$", re.IGNORECASE
)
IBAN = re.compile(
    r"\b[A-Z]{2}\d{2}(?:\s?[A-Z]{4}(?:\s?\d){10}|(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?)\b", re.IGNORECASE
)
# The side codes of Dutch licence plates (RDW, "Sidecodes"): X is a letter, 9 a digit.
SIDECODES = [
    "XX-99-99",
    "99-99-XX",
    "99-XX-99",
    "XX-99-XX",
    "XX-XX-99",
    "99-XX-XX",
    "99-XXX-9",
    "9-XXX-99",
    "XX-999-X",
    "X-999-XX",
    "XXX-99-X",
    "X-99-XXX",
    "9-XX-999",
    "999-XX-9",
]
PLATE_WORDS = re.compile(
    r"\b(?:kenteken|kentekenplaat|auto|bus|busje|bestelbus|scooter|motor|wagen)\b[^\n.]*$", re.IGNORECASE
)


# Codes of licences (SPDX) and how people write them: the form of a plate or of initials, and of nobody.
LICENCE = re.compile(
    r"(?<![\w-])(?:CC[- ]BY(?:[- ]N[CD])?(?:[- ](?:SA|ND))?(?:[- ]\d\.\d)?|CC0(?:[- ]\d\.\d)?|EUPL[- ]\d\.\d"
    r"|[AL]?GPL[- ]\d\.\d(?:-(?:only|or-later))?|MIT|Apache[- ]\d\.\d|ODbL[- ]\d\.\d)(?![\w-])"
)


def _plates(joint: str) -> re.Pattern[str]:
    """All side codes with the same joint between their groups."""
    forms = [
        joint.join(group.replace("X", "[A-Za-z]").replace("9", r"\d") for group in code.split("-"))
        for code in SIDECODES
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])")


PLATES = {"hyphen": _plates("[-\u2011\u2013]"), "space": _plates(r"\s"), "none": _plates("")}


def _before(text: str, start: int) -> str:
    """The words just before a place in a text."""
    return text[max(start - NEAR, 0) : start]


def _hits(pattern: re.Pattern[str], kind: Kind, text: str) -> Iterator[Hit]:
    for found in pattern.finditer(text):
        yield Hit(found.start(), found.end(), kind, found.group())


def _from_its_beginning(pattern: re.Pattern[str], kind: Kind, text: str) -> Iterator[Hit]:
    last = 0
    for found in pattern.finditer(text):
        start = found.start()
        while start > last and (text[start - 1].isalnum() or text[start - 1] in "_.+-"):
            start -= 1
        last = found.end()
        yield Hit(start, last, kind, text[start:last])


def emails_and_accounts(text: str) -> Iterator[Hit]:
    """Mail addresses (also with "(at)" for the sign), web addresses and names on social media."""
    yield from _from_its_beginning(EMAIL, Kind.EMAIL, text)
    yield from _from_its_beginning(URL, Kind.ACCOUNT, text)
    yield from _hits(HANDLE, Kind.ACCOUNT, text)


def phones(text: str) -> Iterator[Hit]:
    """Phone numbers in every Dutch way of writing, and foreign ones with a country code."""
    yield from _hits(PHONE, Kind.PHONE, text)
    yield from _hits(FOREIGN_PHONE, Kind.PHONE, text)


def bsns(text: str) -> Iterator[Hit]:
    """Citizen service numbers: by the eleven test, and whatever is called one (Wabb, article 1; stdnum.nl.bsn)."""
    for hit in _hits(NINE, Kind.BSN, text):
        digits = re.sub(r"\D", "", hit.text)
        if (len(digits) == 9 and bsn.is_valid(digits)) or BSN_WORDS.search(_before(text, hit.start)):
            yield hit


def local_phones(text: str) -> Iterator[Hit]:
    """Phone numbers without an area code, where a word says so."""
    for hit in _hits(LOCAL_PHONE, Kind.PHONE, text):
        if PHONE_WORDS.search(_before(text, hit.start)):
            yield hit


def companies(text: str) -> Iterator[Hit]:
    """Numbers of the trade register: eight digits say nothing by themselves, so a word must stand before them."""
    for hit in _hits(KVK, Kind.KVK, text):
        if KVK_WORDS.search(_before(text, hit.start)):
            yield hit


def ibans(text: str) -> Iterator[Hit]:
    """Bank accounts, of whichever country. A wrong check digit is a typing error, and names an account all the same."""
    yield from _hits(IBAN, Kind.IBAN, text)


def plates(text: str) -> Iterator[Hit]:
    """Licence plates: with hyphens always, without them in capitals or where a word says what they are."""
    yield from _hits(PLATES["hyphen"], Kind.PLATE, text)
    for joint in ("space", "none"):
        for hit in _hits(PLATES[joint], Kind.PLATE, text):
            if (joint == "none" and hit.text.isupper()) or PLATE_WORDS.search(_before(text, hit.start)):
                yield hit


# What looks like part of another form comes after it.
READERS = (emails_and_accounts, ibans, phones, bsns, local_phones, companies, plates)
