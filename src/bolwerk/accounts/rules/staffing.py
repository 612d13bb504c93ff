"""Staffing in full-time equivalents: how a file with it is read. Pure: a table in, numbers and sentences out."""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from bolwerk.accounts.rules.sheets import Sheet

CODE, FTE = "code", "fte"  # the headings of the file
MOST = Decimal("99999.9")  # more people than the whole government has
PLACES = Decimal("0.1")


class NotFteError(ValueError):
    """A text that is no number of full-time equivalents."""


@dataclass(frozen=True)
class Read:
    """What a file says: the number of each department by code, and a sentence for each row that is not right."""

    numbers: dict[str, Decimal] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def fte_of(text: str) -> Decimal:
    """The number in a text with a comma or a point, rounded to one decimal. Raises NotFteError."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise NotFteError(text) from error
    if not number.is_finite() or not 0 <= number <= MOST:
        raise NotFteError(text)
    return number.quantize(PLACES)


def read_staffing(sheet: Sheet, codes: Collection[str]) -> Read:
    """The numbers in a file with the headings `code` and `fte`, for departments that exist here."""
    headings = [heading.casefold() for heading in sheet.headings]
    if CODE not in headings or FTE not in headings:
        return Read(problems=[_("Row 1 must have the headings “code” and “fte”.")])
    at_code, at_fte = headings.index(CODE), headings.index(FTE)
    found = Read()
    for line in sheet.lines:
        code, text = line.cells[at_code], line.cells[at_fte]
        words = {"row": line.number, "code": code, "text": text}
        if code not in codes:
            found.problems.append(_("Row %(row)d: there is no department with the code “%(code)s”.") % words)
        elif code in found.numbers:
            found.problems.append(_("Row %(row)d: the department “%(code)s” is in the file twice.") % words)
        else:
            try:
                found.numbers[code] = fte_of(text)
            except NotFteError:
                found.problems.append(_("Row %(row)d: “%(text)s” is no number of FTE, such as 12,5.") % words)
    return found
