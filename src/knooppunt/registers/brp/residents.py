"""How many people live at an object on a day. Only counts come out; a person never does.

Rules: Haal Centraal BRP bewoning, "bewoning op peildatum" and "deels/geheel onbekend datum aanvang":
a start or next start known in part makes a possible resident for as long as the doubt lasts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.registers.brp.stays import NEVER

if TYPE_CHECKING:
    from datetime import date

    from ibis.expr.types import Table


def residents_at(stays: Table, on: date) -> Table:
    """One row per object with somebody on the day `on`: object_id, residents, possible_residents, adults.

    A person counts once per object, and as possible only where not certain. Adults are residents who
    are certainly 18 on that day. Postal addresses (function B) and lists suspended with F or W count
    for nobody.
    """
    counted = stays.filter(
        stays.object_id.notnull()
        & (stays.function.cast("string") == "W")
        & stays.suspension.cast("string").fill_null("").notin(sorted(NEVER))
    )
    open_ended = counted.end_earliest.isnull()
    end_uncertain = counted.end_earliest < counted.end_latest
    started = (counted.start_latest < on) | (~counted.start_uncertain & (counted.start_latest == on))
    certain = started & (open_ended | (counted.end_earliest > on))
    not_over = open_ended | (counted.end_latest > on) | (end_uncertain & (counted.end_latest == on))
    possible = (counted.start_earliest <= on) & not_over
    adult = (counted.adult_from_latest <= on).fill_null(False)  # noqa: FBT003  ibis takes it by position
    people = (
        counted.mutate(certain=certain, possible=possible, adult=adult)
        .filter(lambda stay: stay.certain | stay.possible)
        .group_by("object_id", "person")
        .aggregate(certain=lambda stay: stay.certain.any(), adult=lambda stay: stay.adult.any())
    )
    return people.group_by("object_id").aggregate(
        residents=people.certain.sum(),
        possible_residents=(~people.certain).sum(),
        adults=(people.certain & people.adult).sum(),
    )
