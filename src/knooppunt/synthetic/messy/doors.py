"""What happens to a house number and what stands behind it."""

from random import Random

from knooppunt.synthetic.messy.draft import Draft

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_ORDINALS = ("", "eerste", "tweede", "derde", "vierde", "vijfde")
_GROUND = ("hs", "HS", "huis", "begane grond", "bg", "bgg", "beneden")
_UPSTAIRS = ("boven", "bovenwoning", "bov.")
_MADE_UP = ("kamer {}", "app. {}", "appartement {}", "unit {}", "k{}", "achter", "(achterom)", "z", "bij de buren")


def glued_number(draft: Draft, _: Random) -> bool:
    """`Kerkstraat12`."""
    draft.between = ""
    return not draft.street[-1].isdigit()


def number_word(draft: Draft, rng: Random) -> bool:
    """`Kerkstraat nr. 12`."""
    draft.between = rng.choice((" nr. ", " nr ", " nummer ", " no. ", " huisnr. ", ", nr ", " #", " huisnummer "))
    return True


def number_range(draft: Draft, rng: Random) -> bool:
    """`12-14`: one front door, two numbers; the first is the register's."""
    if draft.suffix:
        return False
    more = draft.address.number + 2
    draft.suffix, draft.joint = rng.choice(
        ((str(more), "-"), (str(more), "/"), (str(more), " en "), (str(more), " t/m "))
    )
    return True


def number_first(draft: Draft, _: Random) -> bool:
    """`12 Kerkstraat`."""
    draft.layout = "{before}{number}{joint}{suffix} {street}{comma}{postcode}{gap}{town}{after}"
    return True


def joint(draft: Draft, rng: Random) -> bool:
    """`12-A`, `12/A`, `12 a`."""
    if not draft.suffix:
        return False
    draft.joint = rng.choice(("-", "/", " ", ".", " - ", " / ", "_"))
    if rng.random() < 0.4:
        draft.suffix = draft.suffix.lower()
    if rng.random() < 0.3:
        draft.suffix = draft.suffix.replace("-", rng.choice(("", " ", "/")))
    return True


def swapped_addition(draft: Draft, rng: Random) -> bool:
    """`7 1A` for `7 A-1`."""
    address = draft.address
    if not (address.letter and address.addition):
        return False
    draft.suffix = f"{address.addition}{rng.choice(('', ' ', '-'))}{address.letter}"
    draft.joint = rng.choice(("-", " "))
    return True


def roman(draft: Draft, rng: Random) -> bool:
    """`II` for `2`, or `2` for `II`."""
    addition = draft.address.addition
    if addition.isdigit() and int(addition) < len(_ROMAN):
        other = _ROMAN[int(addition)]
    elif addition in _ROMAN[1:]:
        other = str(_ROMAN.index(addition))
    else:
        return False
    draft.suffix = f"{draft.address.letter}{'-' if draft.address.letter else ''}{other}"
    draft.joint = rng.choice(("-", " ", "/"))
    return True


def floor(draft: Draft, rng: Random) -> bool:
    """`2-hoog`, `begane grond`, `boven`."""
    address = draft.address
    level = _ROMAN.index(address.addition) if address.addition in _ROMAN[1:] else address.addition
    if address.letter:
        return False
    if str(level).isdigit() and int(level) < len(_ORDINALS):
        number = int(level)
        forms = (
            f"{number}-hoog",
            f"{number} hoog",
            f"{number}hg",
            f"{number}e etage",
            f"{_ORDINALS[number]} verdieping",
            f"{_ROMAN[number]} hoog",
            f"{number}e verd.",
        )
        draft.suffix = rng.choice(forms)
    elif address.addition in {"H", "HS"} or (not address.addition and rng.random() < 0.3):
        draft.suffix = rng.choice(_GROUND)
    elif address.addition == "bis":
        draft.suffix = rng.choice((*_UPSTAIRS, "BIS", "Bis.", "bs"))
    else:
        return False
    draft.joint = rng.choice((" ", "-", ", "))
    return True


def addition_lost(draft: Draft, _: Random) -> bool:
    """The addition is not there; the object can only be told when nothing else has the number."""
    if not draft.suffix:
        return False
    draft.suffix = ""
    draft.findable = draft.address.alone
    return True


def addition_made_up(draft: Draft, rng: Random) -> bool:
    """A room or a part of the building the register does not know."""
    if draft.suffix:
        return False
    draft.suffix, draft.joint = rng.choice(_MADE_UP).format(rng.randrange(1, 9)), " "
    draft.findable = draft.address.alone
    return True
