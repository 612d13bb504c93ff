"""Establishments as JSON Lines, each line a Vestigingsprofiel as KVK's API gives it (v1, with `geoData`).

How well an address leads to the BAG differs from line to line, as it does in reality; `Form` says how,
and the truth file says which object it really is.
"""

import json
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from knooppunt.synthetic.model import Premises


class Form(StrEnum):
    """How an establishment's address is written; the value explains it in the truth file."""

    BAG_ID = "BAG id given"
    EXACT = "postcode, number, letter and addition as in the BAG"
    VARIANT = "addition written another way"
    SWAPPED = "letter and addition in each other's field"
    UNKNOWN_ADDITION = "an addition the BAG does not have, one object at the number"
    NO_POSTCODE = "street, number and town, no postcode"
    WRONG_POSTCODE = "street, number and town, a postcode that does not exist"
    PO_BOX = "only a post box"
    NO_SUCH_NUMBER = "a house number that does not exist"


ERRORS: dict[Form, int | None] = {
    Form.BAG_ID: 0,
    Form.EXACT: 0,
    Form.VARIANT: 1,
    Form.SWAPPED: 2,
    Form.UNKNOWN_ADDITION: 2,
    Form.NO_POSTCODE: 3,
    Form.WRONG_POSTCODE: 3,
    Form.PO_BOX: None,
    Form.NO_SUCH_NUMBER: None,
}
"""The match quality each form deserves: number of errors, None when it must stay unlinked."""

GOOD_FORMS = (Form.BAG_ID, Form.EXACT, Form.VARIANT, Form.BAG_ID)
"""Forms that lead to the object well enough, to be taken in turn."""

GOOD_ENOUGH = 1
"""Only links with at most this many errors may feed a finding."""

_VARIANTS = {
    "bis": ("-bis", "/BIS", "Bis."), "1": ("I", "-1"), "2": ("II", "/2"), "3": ("III", "-3"), "4": ("IV", "-4"),
    "5": ("V", "-5"), "H": ("-H", "/H"), "I": ("1", "-I"), "II": ("2", "-II"),
}  # fmt: skip

_POSTCODE_OF_NOWHERE = "9999ZZ"
_NUMBER_OF_NOWHERE = 9000


class Company(NamedTuple):
    """One establishment, its BAG object, and how its address is written. Dates are `YYYYMMDD`."""

    kvk: int
    establishment: int
    name: str
    sbi: str
    branch: str
    started: str
    ended: str
    premises: Premises
    form: Form
    shielded: bool = False
    concern: int = 0
    workers: int = 1
    limited: bool = False


def fitting_form(form: Form, premises: Premises) -> Form:
    """The form itself, or EXACT where the address has no letter or addition to be wrong about."""
    possible = {
        Form.VARIANT: premises.addition in _VARIANTS,
        Form.SWAPPED: bool(premises.letter) and not premises.addition,
        Form.UNKNOWN_ADDITION: premises.alone,
    }
    return form if possible.get(form, True) else Form.EXACT


def _house(company: Company) -> tuple[int, str, str, str]:
    """House number, letter, addition and postcode as this establishment's line has them."""
    premises, form = company.premises, company.form
    number, letter, addition, postcode = premises.number, premises.letter, premises.addition, premises.postcode
    if form is Form.VARIANT:
        options = _VARIANTS[addition]
        addition = options[company.establishment % len(options)]
    elif form is Form.SWAPPED:
        letter, addition = "", letter
    elif form is Form.UNKNOWN_ADDITION:
        addition = "Z"
    elif form is Form.NO_POSTCODE:
        postcode = ""
    elif form is Form.WRONG_POSTCODE:
        postcode = _POSTCODE_OF_NOWHERE
    elif form is Form.NO_SUCH_NUMBER:
        number += _NUMBER_OF_NOWHERE
    return number, letter, addition, postcode


def _address(company: Company) -> dict[str, Any]:
    premises = company.premises
    shielded = "Ja" if company.shielded else "Nee"
    town = premises.street.town.name
    if company.form is Form.PO_BOX:
        box = company.establishment % 9000 + 10
        return {
            "type": "correspondentieadres", "indAfgeschermd": shielded,
            "volledigAdres": f"Postbus {box} {premises.postcode} {town}", "straatnaam": "Postbus",
            "postcode": premises.postcode, "postbusnummer": box, "plaats": town, "land": "Nederland",
        }  # fmt: skip
    number, letter, addition, postcode = _house(company)
    written = " ".join(part for part in (premises.street.name, f"{number}{letter}", addition) if part)
    address: dict[str, Any] = {
        "type": "bezoekadres", "indAfgeschermd": shielded, "volledigAdres": f"{written} {postcode} {town}",
        "straatnaam": premises.street.name, "huisnummer": number,
    }  # fmt: skip
    optional = {"huisletter": letter, "huisnummerToevoeging": addition, "postcode": postcode}
    address |= {key: value for key, value in optional.items() if value}
    address |= {"plaats": town, "land": "Nederland"}
    if company.form is Form.BAG_ID:
        address["geoData"] = {
            "addresseerbaarObjectId": premises.id, "nummerAanduidingId": premises.address_id,
            "rijksdriehoekX": round(premises.x, 1), "rijksdriehoekY": round(premises.y, 1), "rijksdriehoekZ": 0.0,
        }  # fmt: skip
    return address


def _base_profile(company: Company) -> dict[str, Any]:
    """The company itself (Basisprofiel), which is where the legal form stands."""
    return {
        "kvkNummer": f"{company.kvk:08}", "formeleRegistratiedatum": company.started,
        "sbiActiviteiten": [{"sbiCode": company.sbi, "indHoofdactiviteit": "Ja"}],
        "_embedded": {
            "hoofdvestiging": {"vestigingsnummer": f"{company.establishment:012}"},
            "eigenaar": {"rechtsvorm": "BeslotenVennootschap"},
        },
    }  # fmt: skip


class KvkFile:
    """The JSON Lines file, written as establishments come. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = 0

    def __enter__(self) -> Self:
        self._stream = self.path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20)
        return self

    def write(self, company: Company) -> None:
        """Add one establishment."""
        self.lines += 1
        registration = {"datumAanvang": company.started}
        if company.ended:
            registration["datumEinde"] = company.ended
        profile: dict[str, Any] = {
            "vestigingsnummer": f"{company.establishment:012}", "kvkNummer": f"{company.kvk:08}",
            "indNonMailing": "Ja", "formeleRegistratiedatum": company.started,
            "materieleRegistratie": registration, "eersteHandelsnaam": company.name,
            "indHoofdvestiging": "Ja", "indCommercieleVestiging": "Ja",
            "totaalWerkzamePersonen": company.workers, "handelsnamen": [{"naam": company.name, "volgorde": 0}],
            "adressen": [_address(company)],
            "sbiActiviteiten": [
                {"sbiCode": company.sbi, "sbiOmschrijving": company.branch, "indHoofdactiviteit": "Ja"}
            ],
        }  # fmt: skip
        if company.concern:
            # Not in the public API: as a municipality's own link of company to group adds it.
            profile["concern"] = f"{company.concern:08}"
        if company.limited:
            self._stream.write(json.dumps(_base_profile(company), separators=(",", ":")) + "\n")
        self._stream.write(json.dumps(profile, ensure_ascii=False, separators=(",", ":")) + "\n")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
