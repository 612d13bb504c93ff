"""Address lines with none, one or two errors, and which object each line is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from knooppunt.synthetic.messy import doors, spelling
from knooppunt.synthetic.messy.draft import Address, Draft, draft
from knooppunt.synthetic.messy.kinds import Kind

_NAMES = (
    "t.a.v. de administratie", "Bakkerij De Kromme Hoek", "p/a Jansma", "Stichting Het Witte Paard", "mw. Achterkamp",
    "Dhr. J. Wolkenfelt", "Garage Steenpoorte B.V.", "c/o Zilverschoone", "De heer en mevrouw Torenvlieter",
    "Team Vergunningen", "VOF Lindeboogaard & Zn.", "Eetcafé 't Hoekje", "Kapsalon Knip 24",
)  # fmt: skip
_BEHIND = (
    " Nederland",
    ", NL",
    " (achterom)",
    " tel. 0612345678",
    ", Netherlands",
    " - bellen bij buren",
    " NEDERLAND",
)
_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"


@dataclass(slots=True)
class Written:
    """What was written, what it is about (0: nothing that has an address), and what went wrong with it."""

    texts: list[str]
    objects: list[int]
    kinds: list[tuple[Kind, ...]]


def _street(change: Callable[[str, Random], str]) -> Callable[[Draft, Random], bool]:
    def apply(sheet: Draft, rng: Random) -> bool:
        before, sheet.street = sheet.street, change(sheet.street, rng)
        return sheet.street != before

    return apply


def _old_name(sheet: Draft, _: Random) -> bool:
    sheet.street = sheet.address.former or sheet.street
    return bool(sheet.address.former)


def _capitals(sheet: Draft, rng: Random) -> bool:
    change = str.upper if rng.random() < 0.6 else str.lower
    sheet.street, sheet.suffix, sheet.town = change(sheet.street), change(sheet.suffix), change(sheet.town)
    return True


def _postcode_look(sheet: Draft, rng: Random) -> bool:
    digits, letters = sheet.address.postcode[:4], sheet.address.postcode[4:]
    small = letters.lower()
    forms = (
        f"{digits}{letters}",
        f"{digits}{small}",
        f"{digits}  {letters}",
        f"{digits}-{letters}",
        f"NL-{digits} {letters}",
        f"{digits} {small}",
        f"({digits} {letters})",
        f"{digits}.{letters}",
    )
    sheet.postcode = rng.choice(forms)
    return True


def _postcode_typo(sheet: Draft, rng: Random) -> bool:
    """One digit or letter wrong, or two swapped; sometimes a nought for an O."""
    code, place = list(sheet.address.postcode), rng.randrange(6)
    draw = rng.random()
    if draw < 0.3 and place not in (3, 5) and code[place] != code[place + 1]:
        code[place], code[place + 1] = code[place + 1], code[place]
    elif place < 4:
        code[place] = rng.choice([digit for digit in "123456789" if digit != code[place]])
    else:
        code[place] = rng.choice([letter for letter in _LETTERS if letter != code[place]])
    sheet.postcode = f"{''.join(code[:4])} {''.join(code[4:])}"
    return True


def _postcode_lost(sheet: Draft, rng: Random) -> bool:
    sheet.postcode = sheet.address.postcode[:4] if rng.random() < 0.3 else ""
    return True


def _town_lost(sheet: Draft, _: Random) -> bool:
    sheet.town = ""
    return True


def _town_typo(sheet: Draft, rng: Random) -> bool:
    if not sheet.town:
        return False
    sheet.town = spelling.town_cut(sheet.town, rng)
    return sheet.town != sheet.address.town


def _name_in_front(sheet: Draft, rng: Random) -> bool:
    sheet.before = rng.choice(_NAMES) + rng.choice((", ", " ", " - ", ", "))
    return True


def _order(sheet: Draft, rng: Random) -> bool:
    if rng.random() < 0.5:
        sheet.after = rng.choice(_BEHIND)
    else:
        sheet.layout = "{postcode}{gap}{town}, {before}{street}{between}{number}{joint}{suffix}{after}"
    return True


ERRORS: dict[Kind, tuple[float, Callable[[Draft, Random], bool]]] = {
    Kind.SHORT_ENDING: (8, _street(spelling.short_ending)),
    Kind.SHORT_WORD: (6, _street(spelling.short_word)),
    Kind.LETTER_LOST: (4, _street(spelling.lost)),
    Kind.LETTER_DOUBLED: (3, _street(spelling.doubled)),
    Kind.LETTERS_SWAPPED: (3, _street(spelling.swapped)),
    Kind.NEXT_KEY: (3, _street(spelling.next_key)),
    Kind.BY_EAR: (4, _street(spelling.by_ear)),
    Kind.GLUED_WORDS: (3, _street(spelling.glued)),
    Kind.SPLIT_WORD: (3, _street(spelling.split)),
    Kind.INITIALS: (3, _street(spelling.initials)),
    Kind.ARTICLE: (2, _street(spelling.without_article)),
    Kind.OLD_NAME: (2, _old_name),
    Kind.CAPITALS: (9, _capitals),
    Kind.GLUED_NUMBER: (3, doors.glued_number),
    Kind.NUMBER_WORD: (4, doors.number_word),
    Kind.NUMBER_RANGE: (2, doors.number_range),
    Kind.NUMBER_FIRST: (1, doors.number_first),
    Kind.JOINT: (8, doors.joint),
    Kind.SWAPPED_ADDITION: (3, doors.swapped_addition),
    Kind.ROMAN: (5, doors.roman),
    Kind.FLOOR: (4, doors.floor),
    Kind.ADDITION_LOST: (3, doors.addition_lost),
    Kind.ADDITION_MADE_UP: (1.5, doors.addition_made_up),
    Kind.POSTCODE_LOOK: (10, _postcode_look),
    Kind.POSTCODE_TYPO: (3, _postcode_typo),
    Kind.POSTCODE_LOST: (8, _postcode_lost),
    Kind.TOWN_LOST: (6, _town_lost),
    Kind.TOWN_TYPO: (4, _town_typo),
    Kind.NAME_IN_FRONT: (4, _name_in_front),
    Kind.ORDER: (4, _order),
}
"""How often each kind is tried (a weight), and what it does; it says whether it fitted this address."""

_KINDS = list(ERRORS)
_WEIGHTS = [weight for weight, _ in ERRORS.values()]
_NUMBER_OF_ERRORS = (0.30, 0.78, 1.0)  # running shares of lines with none, one and two
_WITHOUT_POSTCODE = 0.18  # of all lines, before any error
_PO_BOX = 0.01
_ELSEWHERE = 0.02
"""Lines about an address in another municipality, which the register does not have."""
_OTHER_TOWNS = (("Arnhem", "6811"), ("Zutphen", "7201"), ("Emmerich", "4644"), ("Almen", "7218"), ("Didam", "6942"))
_TRIES = 6


def _po_box(address: Address, rng: Random) -> str:
    word = rng.choice(("Postbus", "postbus", "Postb.", "PB"))
    return f"{word} {rng.randrange(1, 900)}, {address.postcode[:4]} AA {address.town}"


def _elsewhere(address: Address, rng: Random) -> str:
    town, digits = rng.choice(_OTHER_TOWNS)
    letters = rng.choice(_LETTERS) + rng.choice(_LETTERS)
    postcode = f"{digits} {letters} " if rng.random() > _WITHOUT_POSTCODE else ""
    return f"{address.street} {address.number}, {postcode}{town}"


def write_line(address: Address, kinds: Sequence[Kind], rng: Random) -> tuple[Draft, tuple[Kind, ...]]:
    """A draft with those of the errors that fit the address."""
    sheet = draft(address)
    if rng.random() < _WITHOUT_POSTCODE:
        sheet.postcode = ""
    return sheet, tuple(kind for kind in kinds if ERRORS[kind][1](sheet, rng))


def _draw(rng: Random) -> list[Kind]:
    draw = rng.random()
    number = next(number for number, bound in enumerate(_NUMBER_OF_ERRORS) if draw < bound)
    return rng.choices(_KINDS, _WEIGHTS, k=number)


def write_lines(addresses: Sequence[Address], count: int, *, seed: int, kinds: Sequence[Kind] = ()) -> Written:
    """`count` lines about addresses drawn with `seed`; with `kinds` each line has exactly one error, of these."""
    rng = Random(seed)  # noqa: S311  fiction
    out = Written([], [], [])
    while len(out.texts) < count:
        address = addresses[rng.randrange(len(addresses))]
        draw = 1.0 if kinds else rng.random()
        if draw < _PO_BOX + _ELSEWHERE:
            out.texts.append(_po_box(address, rng) if draw < _PO_BOX else _elsewhere(address, rng))
            out.objects.append(0)
            out.kinds.append(())
            continue
        sheet, done = write_line(address, [rng.choice(kinds)] if kinds else _draw(rng), rng)
        if kinds and not done:
            continue
        out.texts.append(sheet.text())
        out.objects.append(address.object_id)
        out.kinds.append(done)
    return out
