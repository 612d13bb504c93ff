"""A business that does not fit in its object (BED-03).

Why it matters: a car dealer or a haulier registered in a home is mostly an office at home. It can also be a name on
paper, or work that is done where it should not be.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked
from knooppunt.findings.branches import NEEDS_ROOM
from knooppunt.findings.homes import HOME, in_use
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import establishment_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

SMALL = 30  # m²


def businesses(establishments: Table, *, on: date) -> Table:
    """The establishments whose work takes room."""
    return active_and_linked(establishments, on).filter(lambda t: t.branch.isin(NEEDS_ROOM))


def measure(establishments: Table, premises: Table, *, on: date) -> Table:
    """Per object with a business that takes room: businesses, floor_area, use, match_quality."""
    there = businesses(establishments, on=on)
    counted = there.group_by("object_id").agg(businesses=there.kvk.nunique(), match_quality=there.errors.max())
    return counted.join(in_use(premises).select("object_id", "floor_area", "use"), "object_id")


def find(establishments: Table, premises: Table, *, on: date, small: int = SMALL) -> Table:
    """The objects of these that are only a home, or smaller than `small` m²."""
    return measure(establishments, premises, on=on).filter(lambda t: (t.use == HOME) | (t.floor_area < small))


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    measured = measure(inputs.establishments, inputs.premises, on=inputs.on)
    found = find(inputs.establishments, inputs.premises, on=inputs.on)
    records = [(businesses(inputs.establishments, on=inputs.on), establishment_ref)]
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="businesses",
    peers=Text("adressen met zo'n bedrijf", "addresses with such a business"),
    headline=Text("{businesses} bedrijf dat ruimte vraagt, {floor_area} m²", "{businesses} business, {floor_area} m²"),
    explanation=Text(
        "Hier staat een bedrijf ingeschreven dat ruimte vraagt: autohandel, autoreparatie, opslag of vervoer. Het "
        "object heeft alleen het gebruik {use} en {floor_area} m². De grens is: alleen een woning, of kleiner dan "
        "{small} m².",
        "A business that takes room is registered here: car trade, car repair, storage or haulage. The use of the "
        "object is only {use} and it has {floor_area} m². The bound: only a home, or smaller than {small} m².",
    ),
    values=("businesses", "floor_area", "use"),
    bounds={"small": SMALL},
    how_many=True,
)
RULE = Rule(
    id="BED-03",
    version=1,
    title=Text("Bedrijf past niet in het object", "Business does not fit in its object"),
    why=Text(
        "Een autobedrijf of vervoerder in een woning is meestal een kantoor aan huis. Het kan ook een bedrijf op "
        "papier zijn, of werk op een plek waar dat niet mag.",
        "A car business or haulier in a home is mostly an office at home. It can also be a business on paper, or work "
        "where it is not allowed.",
    ),
    computes=Text(
        "Zoekt bedrijven in autohandel, autoreparatie, opslag en vervoer (KVK) in objecten die alleen een woning of "
        "heel klein zijn (BAG).",
        "Looks for car trade, car repair, storage and haulage (KVK) in objects that are only a home or very small "
        "(BAG).",
    ),
    level="address",
    registers=("bag", "kvk"),
    parameters=(proposed("small", SMALL, "m²", "m²"),),
    false_positives=(
        Text("kantoor aan huis", "office at home"),
        Text("eigen rijder die elders parkeert", "owner-driver who parks elsewhere"),
    ),
    not_done=(Text("Loods of erf bij de woning wordt niet gezien.", "A shed or yard beside the home is not seen."),),
    evaluate=evaluate,
    reach="object",
)
