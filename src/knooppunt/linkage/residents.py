"""How many people live at each object on a day: counts, never persons.

Who counts follows the rules of the BRP's residence query (Haal Centraal BRP bewoning, "bewoning op
peildatum"): somebody lives where a stay of the kind W covers the day for certain; a start or an end
that is uncertain over the day makes a possible resident, counted apart; a list that was suspended as an
error or wiped (F, W) never counts, and the last stay of somebody who died or left ends there.
"""

from datetime import date

from ibis.expr.types import Table

NEVER = ("F", "W")  # suspension: error, wiped (LO BRP, element 67.20)
CONTINUES = ("T", "W")  # declaration: technical change, infrastructural change (LO BRP, element 72.10)


def residents_on(stays: Table, on: date) -> Table:
    """One row per object: object_id, residents, adults, possible_residents.

    Adults are the residents whose 18th birthday has surely passed.
    """
    counted = stays.filter(
        stays.object_id.notnull()
        & (stays.function.cast("string") == "W")
        & stays.suspension.cast("string").fill_null("").notin(NEVER)
    )
    suspended = counted.suspension.cast("string").fill_null("") != ""
    begun, ended = counted.start_latest <= on, counted.end_earliest <= on
    gone = ended.fill_null(suspended)  # no next stay: over when the person died or left
    perhaps_begun, surely_ended = counted.start_earliest <= on, (counted.end_latest <= on).fill_null(suspended)
    marked = counted.mutate(
        certain=begun & ~gone,
        possible=perhaps_begun & ~surely_ended & ~(begun & ~gone),
        adult=(counted.adult_from_latest <= on).fill_null(False),  # noqa: FBT003  a value
    ).filter(lambda t: t.certain | t.possible)
    return marked.group_by("object_id").agg(
        residents=marked.person.nunique(where=marked.certain),
        adults=marked.person.nunique(where=marked.certain & marked.adult),
        possible_residents=marked.person.nunique(where=marked.possible),
    )
