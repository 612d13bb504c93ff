"""A car business without an RDW recognition (BED-04).

Why it matters: who trades in cars or repairs them mostly has a recognition. Without one, cars can come and go unseen.
An export trader or a hobby business does not need one.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked, linked, running
from knooppunt.findings.branches import CARS
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import establishment_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_RECOGNITIONS = 1


def businesses(establishments: Table, *, on: date) -> Table:
    """The car businesses."""
    return active_and_linked(establishments, on).filter(lambda t: t.branch.isin(CARS))


def measure(establishments: Table, recognitions: Table, *, on: date) -> Table:
    """Per object with a car business: businesses, recognitions at the address or of the company, match_quality."""
    there = businesses(establishments, on=on)
    valid = recognitions.filter(running(recognitions, on))
    by_company = valid.filter(valid.kvk.notnull()).select("kvk").distinct().mutate(known=1)
    here = there.left_join(by_company, "kvk").drop("kvk_right")
    counted = here.group_by("object_id").agg(
        businesses=here.kvk.nunique(), of_companies=here.known.sum().fill_null(0), match_quality=here.errors.max()
    )
    at_address = valid.filter(linked(valid)).group_by("object_id").agg(at_address=lambda t: t.count())
    joined = counted.left_join(at_address, "object_id").drop("object_id_right")
    total = joined.of_companies + joined.at_address.fill_null(0)
    return joined.mutate(recognitions=total.cast("int64")).drop("of_companies", "at_address")


def find(establishments: Table, recognitions: Table, *, on: date) -> Table:
    """The objects with a car business and no recognition on the day `on`, of the company or at the address."""
    measured = measure(establishments, recognitions, on=on)
    return measured.filter(measured.recognitions < MINIMUM_RECOGNITIONS)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    recognitions = inputs.see("recognitions")
    measured = measure(inputs.establishments, recognitions, on=inputs.on)
    found = find(inputs.establishments, recognitions, on=inputs.on)
    records = [(businesses(inputs.establishments, on=inputs.on), establishment_ref)]
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="recognitions",
    peers=Text("adressen met een autobedrijf", "addresses with a car business"),
    headline=Text("{businesses} autobedrijf, geen erkenning", "{businesses} car business, no recognition"),
    explanation=Text(
        "Hier staat een autobedrijf ingeschreven ({businesses}). Bij de RDW is geen erkenning bekend van dit bedrijf "
        "of op dit adres.",
        "A car business is registered here ({businesses}). RDW knows no recognition of this company or at this "
        "address.",
    ),
    values=("businesses", "recognitions"),
    how_many=True,
)
RULE = Rule(
    id="BED-04",
    version=1,
    title=Text("Autobedrijf zonder erkenning", "Car business without a recognition"),
    why=Text(
        "Wie in auto's handelt of ze repareert, heeft meestal een erkenning van de RDW. Zonder erkenning kunnen auto's "
        "ongezien komen en gaan. Voor export of hobby is er geen nodig.",
        "Who trades in cars or repairs them mostly has a recognition of RDW. Without one, cars can come and go unseen. "
        "For export or a hobby none is needed.",
    ),
    computes=Text(
        "Zoekt autobedrijven (KVK) zonder geldige erkenning van het bedrijf of op het adres (RDW).",
        "Looks for car businesses (KVK) without a valid recognition of the company or at the address (RDW).",
    ),
    level="address",
    registers=("bag", "kvk", "rdw"),
    parameters=(proposed("minimum", MINIMUM_RECOGNITIONS, "erkenning", "recognition"),),
    false_positives=(
        Text("exporthandel", "export trade"),
        Text("hobby of webwinkel in onderdelen", "hobby or web shop in parts"),
    ),
    not_done=(Text("Lidmaatschap van BOVAG wordt niet meegeteld.", "Membership of BOVAG is not counted."),),
    evaluate=evaluate,
)
