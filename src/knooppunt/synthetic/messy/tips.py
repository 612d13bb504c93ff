"""Tips in a few sentences that mention an address, as people leave them by phone, mail or form."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from knooppunt.synthetic.messy import doors, spelling
from knooppunt.synthetic.messy.draft import Address, Draft, draft
from knooppunt.synthetic.messy.lines import Written

T = TypeVar("T")

_OPENINGS = (
    "", "Goedemiddag,", "Hallo,", "Ik wil anoniem blijven.", "Al 3 weken lang zien wij het volgende.", "LS,",
    "Sinds 12 oktober is het raak.", "Ik heb dit in 2024 ook al gemeld.", "Graag aandacht hiervoor!",
)  # fmt: skip
_SENTENCES = (
    "Op {a} komen dag en nacht auto's voor, steeds maar 5 minuten.",
    "Bij {a} ruikt het sterk naar wiet en zijn de ramen dichtgeplakt.",
    "De buren van {a} hebben al weken last van herrie tot 3 uur 's nachts.",
    "In het pand {a} wonen volgens mij wel 8 mensen.",
    "{a}: elke avond een ander busje voor de deur, kenteken weet ik niet.",
    "Er wordt gedeald voor de deur van {a}, meestal rond 22.30 uur.",
    "Ik maak me zorgen over wat er gebeurt op het adres {a}.",
    "Volgens mij is er een bedrijf gevestigd op {a} maar ik zie nooit iemand.",
    "Kunt u eens gaan kijken op {a}? Er staan 2 auto's zonder kenteken.",
    "Mijn overbuurman ({a}) verhuurt kamers aan steeds andere mensen.",
    "Wij zagen gisteren 4 mannen spullen uitladen bij {a}.",
    "Het gaat om {a}. Er is al 2 maanden niemand gezien maar de meter draait.",
)  # fmt: skip
_CLOSINGS = (
    "",
    "Bel mij niet terug.",
    "Mvg, een bezorgde buurtbewoner",
    "Dit speelt al sinds 2023.",
    "Groet",
    "Dank u.",
)
_FORMS = (
    (0.60, "{street} {number}{suffix}{where}"),
    (0.68, "{street} nummer {number}{suffix}{where}"),
    (0.74, "{street} nr. {number}{suffix}{where}"),
    (0.80, "nummer {number}{suffix} in de {street}{where}"),
    (0.84, "huisnummer {number}{suffix} aan de {street}{where}"),
    (0.92, "de {street} {number}{suffix}{where}"),
    (0.96, "{street}, huisnummer {number}{suffix}{where}"),
    (1.00, "de {street}{where} op nummer {number}{suffix}"),
)  # fmt: skip
_WHERE = ((0.62, " in {town}"), (0.72, " te {town}"), (0.86, ", {postcode} {town}"), (0.93, " ({postcode})"), (1.0, ""))


def _same(name: str, _: Random) -> str:
    return name


def _small(name: str, _: Random) -> str:
    return name.lower()


_CHANGES: tuple[tuple[float, Callable[[str, Random], str]], ...] = (
    (0.80, _same), (0.85, spelling.short_ending), (0.88, spelling.lost), (0.90, spelling.swapped),
    (0.92, spelling.by_ear), (0.94, spelling.doubled), (0.97, _small), (1.0, spelling.short_word),
)  # fmt: skip


def _at(draw: float, choices: Sequence[tuple[float, T]]) -> T:
    return next(choice for bound, choice in choices if draw < bound)


def _mention(address: Address, rng: Random) -> str:
    sheet: Draft = draft(address)
    sheet.street = _at(rng.random(), _CHANGES)(sheet.street, rng)
    if sheet.suffix and rng.random() < 0.5:
        rng.choice((doors.joint, doors.roman, doors.floor))(sheet, rng)
    where = _at(rng.random(), _WHERE).format(town=address.town, postcode=sheet.postcode)
    suffix = sheet.joint + sheet.suffix if sheet.suffix else ""
    return _at(rng.random(), _FORMS).format(street=sheet.street, number=sheet.number, suffix=suffix, where=where)


def write_tips(addresses: Sequence[Address], count: int, *, seed: int) -> Written:
    """`count` tips, each about one address."""
    rng = Random(seed)  # noqa: S311  fiction
    out = Written([], [], [])
    for _ in range(count):
        address = addresses[rng.randrange(len(addresses))]
        sentences = [
            rng.choice(_OPENINGS),
            rng.choice(_SENTENCES).format(a=_mention(address, rng)),
            rng.choice(_CLOSINGS),
        ]
        out.texts.append(" ".join(part for part in sentences if part))
        out.objects.append(address.object_id)
        out.kinds.append(())
    return out
