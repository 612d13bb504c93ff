"""An address on its way to paper: the parts that errors change, and how they come together."""

from dataclasses import dataclass
from typing import NamedTuple


class Address(NamedTuple):
    """A true address: what the register says, the object it belongs to and what the street was called before."""

    object_id: int
    street: str
    number: int
    letter: str
    addition: str
    postcode: str
    town: str
    alone: bool = True  # nothing else has this street and number
    former: str = ""


@dataclass(slots=True)
class Draft:
    """The parts of a line as they will be written."""

    address: Address
    street: str
    number: str
    suffix: str
    postcode: str
    town: str
    before: str = ""
    after: str = ""
    between: str = " "  # street and number
    joint: str = ""  # number and addition
    comma: str = ", "  # number and postcode
    layout: str = "{before}{street}{between}{number}{joint}{suffix}{comma}{postcode}{gap}{town}{after}"
    findable: bool = True  # whether the line still says which object is meant

    def text(self) -> str:
        """The line."""
        suffix = self.suffix
        joint = self.joint if suffix else ""
        comma = self.comma if self.postcode or self.town else ""
        line = self.layout.format(
            before=self.before, street=self.street, between=self.between, number=self.number, joint=joint,
            suffix=suffix, comma=comma, postcode=self.postcode, gap=" " if self.postcode and self.town else "",
            town=self.town, after=self.after,
        )  # fmt: skip
        return line.strip(" ,")


def draft(address: Address) -> Draft:
    """An address as it is written without any error."""
    suffix = f"{address.letter}{'-' if address.letter and address.addition else ''}{address.addition}"
    joint = "-" if suffix and not address.letter else ""
    postcode = f"{address.postcode[:4]} {address.postcode[4:]}" if address.postcode else ""
    return Draft(address, address.street, str(address.number), suffix, postcode, address.town, joint=joint)
