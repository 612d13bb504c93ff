"""How many full-time equivalents Zilverdam has, as its staff system counts them."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from bolwerk.accounts.actions import Origin, set_staffing
from bolwerk.accounts.models import Person
from bolwerk.demo.content import read
from bolwerk.demo.people import Town

SOURCE = "Personeelssysteem, formatie op 1 januari"


def count_staff(town: Town, *, by: Person, at: datetime) -> None:
    """The coordinator enters the FTE of this year and the year before; of the year before one number is not known."""
    numbers = {town.departments[code].pk: Decimal(fte) for code, fte in read("staffing").items()}
    this_year = timezone.localdate(at).year
    for year in (this_year - 1, this_year):
        known = (
            numbers if year == this_year else {pk: fte for pk, fte in numbers.items() if fte != max(numbers.values())}
        )
        set_staffing(year=year, numbers=known, origin=Origin(date(year, 1, 1), SOURCE), by=by, at=at)
