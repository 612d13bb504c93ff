"""Establishments to addressable objects: by a decision, by the BAG id the source gives, else by address."""

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from knooppunt.linkage.addresses import ERRORS, Step, link_addresses
from knooppunt.linkage.decisions import PlaceDecision

KEYS = ["kvk", "establishment", "source_file", "source_line"]
ADDRESS = ["postcode", "number", "letter", "addition", "street", "town"]
_TOLD = ["object_id", "errors", "step", "suggestion"]
_SAME_ROW = ["source_file", "source_line"]


def link_establishments(
    establishments: Table, book: Table, *, decisions: Table | None = None, answers: Table | None = None
) -> Table:
    """One row per establishment: kvk, establishment, source_file, source_line, object_id, errors, step, suggestion.

    `book` holds every address with its object (`address_book_on`). A BAG id that the BAG does not
    have is not believed; the address decides then. `answers` are links of the addresses in `asked`, when they were
    worked out before; `decisions` (`decided_places`) go before everything.
    """
    companies = _with_address(establishments)
    decided = _decided(companies, decisions)
    by_id = _by_id(companies.anti_join(decided, _SAME_ROW), book)
    rest = companies.anti_join(decided, _SAME_ROW).anti_join(by_id, _SAME_ROW)
    if answers is None:
        linked = link_addresses(rest.select(ADDRESS).distinct(), book)
        answers = linked.mutate(suggestion=ibis.null("int64"))
    same = [rest[name].identical_to(answers[name]) for name in ADDRESS]
    by_address = rest.left_join(answers, same).select(*KEYS, *_TOLD)
    return ibis.union(decided, by_id, by_address)


def asked(establishments: Table, book: Table) -> Table:
    """The different addresses that establishments without a BAG id have."""
    companies = _with_address(establishments)
    return companies.anti_join(_by_id(companies, book), _SAME_ROW).select(ADDRESS).distinct()


def decided_places(decisions: list[PlaceDecision]) -> Table:
    """Decisions as a table; the newest about an establishment counts."""
    newest = {(one.kvk, one.establishment): one.object_id for one in decisions}
    rows = [(kvk, establishment, object_id) for (kvk, establishment), object_id in newest.items()]
    names = ("decided_kvk", "decided_establishment", "decided_object")
    columns = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())
    return ibis.memtable(pa.table({name: pa.array(column, pa.int64()) for name, column in columns.items()}))


def _with_address(establishments: Table) -> Table:
    return establishments.select(
        "kvk",
        "establishment",
        "source_line",
        "postcode",
        "addition",
        "street",
        "town",
        source_file=establishments.source_file.cast("string"),
        given_object="object_id",
        given_address="address_id",
        number="house_number",
        letter="house_letter",
    )


def _decided(companies: Table, decisions: Table | None) -> Table:
    """What somebody decided: errors 0, also where it is that an establishment is nowhere."""
    made = decided_places([]) if decisions is None else decisions
    same = [
        companies.kvk == made.decided_kvk,
        companies.establishment.identical_to(made.decided_establishment),
    ]
    found = companies.join(made, same)
    nothing, none = ibis.literal(None, "int8"), ibis.null("int64")
    return found.select(
        *KEYS,
        object_id=found.decided_object,
        errors=found.decided_object.isnull().ifelse(nothing, ibis.literal(0, "int8")),
        step=ibis.literal(Step.DECIDED.value),
        suggestion=none,
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
        suggestion=ibis.null("int64"),
    )
