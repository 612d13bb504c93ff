"""A company whose property grows fast (VAS-05).

Why it matters: much bought in a short time asks where the money came from. A corporation or an investor looks the same.
"""

from datetime import date

import ibis
from ibis.expr.types import Table

from knooppunt.findings.active import months_before, running
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import lot_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_OBJECTS = 5
MONTHS = 24


def bought(rights: Table, *, on: date, months: int = MONTHS) -> Table:
    """Rights of companies that started in the months before the day `on` and hold; part is the company's number."""
    since = months_before(on, months)
    held = rights.filter(running(rights, on) & rights.owner_kvk.notnull() & (rights.started_on > since))
    return held.mutate(part=held.owner_kvk.cast("string").lpad(8, "0"))


def measure(rights: Table, *, on: date) -> Table:
    """Per company the object it got last (object_id, part) and how many it got in 24 months: objects, last_on."""
    held = bought(rights, on=on)
    numbers = held.group_by("part").agg(objects=held.object_id.nunique())  # Spark counts no distinct in a window
    counted = held.join(numbers, "part")
    last = ibis.row_number().over(group_by=counted.part, order_by=[counted.started_on.desc(), counted.object_id])
    newest = counted.mutate(rank=last).filter(lambda t: t.rank == 0)
    return newest.select("object_id", "part", "objects", last_on="started_on")


def find(rights: Table, *, on: date, minimum: int = MINIMUM_OBJECTS) -> Table:
    """The last object of every company that got at least `minimum` objects in 24 months.

    Companies that did not get so many rights are set aside by their number first.
    """
    held = bought(rights, on=on)
    many = held.group_by("owner_kvk").agg(got=held.count()).filter(lambda t: t.got >= minimum)
    return measure(rights.semi_join(many, "owner_kvk"), on=on).filter(lambda t: t.objects >= minimum)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    rights = inputs.see("rights")
    found, held = find(rights, on=inputs.on), bought(rights, on=inputs.on)
    mine = held.join(found.select("part", last_object="object_id"), "part")
    behind = mine.drop("object_id").rename(object_id="last_object")
    records = [(behind, lot_ref("rights", "right", "started_on"))]
    return answer(inputs, found, SHAPE, measured=measure(rights, on=inputs.on), records=records)


SHAPE = Shape(
    level="address",
    by="objects",
    peers=Text("bedrijven die in twee jaar iets kochten", "companies that bought something in two years"),
    headline=Text("eigenaar kocht {objects} objecten", "the owner bought {objects} objects"),
    explanation=Text(
        "Het bedrijf dat dit object op {last_on} kreeg, kreeg in {months} maanden {objects} objecten in de gemeente. "
        "De grens is {minimum}.",
        "The company that got this object on {last_on} got {objects} objects in the municipality in {months} months. "
        "The bound is {minimum}.",
    ),
    values=("objects", "last_on"),
    bounds={"months": MONTHS, "minimum": MINIMUM_OBJECTS},
)
RULE = Rule(
    id="VAS-05",
    version=1,
    title=Text("Snel groeiend bezit van een bedrijf", "Fast growing property of a company"),
    why=Text(
        "Veel kopen in korte tijd roept de vraag op waar het geld vandaan kwam. Een woningcorporatie of belegger ziet "
        "er net zo uit.",
        "Much bought in a short time asks where the money came from. A housing corporation or investor looks the same.",
    ),
    computes=Text(
        "Telt per bedrijf de objecten waarop het in twee jaar een recht kreeg (Kadaster).",
        "Counts, per company, the objects it got a right to in two years (Kadaster).",
    ),
    level="address",
    registers=("bag", "brk"),
    parameters=(
        proposed("minimum", MINIMUM_OBJECTS, "objecten", "objects"),
        proposed("months", MONTHS, "maanden", "months"),
    ),
    false_positives=(
        Text("woningcorporatie", "housing corporation"),
        Text("projectontwikkelaar of belegger", "developer or investor"),
        Text("fusie of splitsing", "a merger or a split"),
    ),
    not_done=(Text("Bezit van mensen wordt niet geteld.", "Property of people is not counted."),),
    evaluate=evaluate,
)
