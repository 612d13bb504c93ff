"""Establishments to addressable objects: by the BAG id the source gives, else by address."""

import ibis
from ibis.expr.types import Table

from knooppunt.linkage.addresses import ERRORS, Step, link_addresses

KEYS = ["kvk", "establishment", "source_file", "source_line"]


def link_establishments(establishments: Table, book: Table) -> Table:
    """One row per establishment: kvk, establishment, source_file, source_line, object_id, errors, step.

    `book` holds every address with its object (`address_book_on`). A BAG id that the BAG does not
    have is not believed; the address decides then.
    """
    companies = _with_address(establishments)
    by_id = _by_id(companies, book)
    rest = companies.anti_join(by_id, ["source_file", "source_line"])
    columns = ["postcode", "number", "letter", "addition", "street", "town"]
    linked = link_addresses(rest.select(columns).distinct(), book)
    same = [rest[name].identical_to(linked[name]) for name in columns]
    by_address = rest.left_join(linked, same).select(*KEYS, "object_id", "errors", "step")
    return ibis.union(by_id, by_address)


def _with_address(establishments: Table) -> Table:
    return establishments.select(
        *KEYS,
        "postcode",
        "addition",
        "street",
        "town",
        given_object="object_id",
        given_address="address_id",
        number="house_number",
        letter="house_letter",
    )


def _by_id(companies: Table, book: Table) -> Table:
    """Links by the ids the source gives: the object itself, else the object its address belongs to."""
    objects = book.select(found_object="object_id").distinct()
    addresses = book.select(found_address="address_id", owner="object_id").distinct()
    addresses = addresses.group_by("found_address").agg(owner=addresses.owner.min(), owners=addresses.owner.nunique())
    joined = companies.left_join(objects, companies.given_object == objects.found_object)
    joined = joined.left_join(addresses, joined.given_address == addresses.found_address)
    owner = (joined.owners == 1).ifelse(joined.owner, ibis.null("int64"))
    found = joined.mutate(object_id=joined.found_object.fill_null(owner))
    return found.filter(found.object_id.notnull()).select(
        *KEYS,
        "object_id",
        errors=ibis.literal(ERRORS[Step.BAG_ID], "int8"),
        step=ibis.literal(Step.BAG_ID.value),
    )
