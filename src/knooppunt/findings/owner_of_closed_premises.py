"""One company owns several premises that were closed (VAS-06).

Why it matters: when closures come back with the same owner, it is worth talking to that owner. Bad luck with tenants
looks the same.
"""

from datetime import date

import ibis
from ibis.expr.types import Table

from knooppunt.findings.active import linked, months_before
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import record_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_PREMISES = 3
MONTHS = 60
KINDS = ("closure", "withdrawal")


def closed(measures: Table, rights: Table, *, on: date) -> Table:
    """Closures in five years with the company that owned the object then; part is its number."""
    since = months_before(on, MONTHS)
    there = measures.filter(
        linked(measures) & measures.kind.isin(KINDS) & (measures.started_on > since) & (measures.started_on <= on)
    )
    owners = rights.filter(rights.owner_kvk.notnull()).select(
        "object_id", "owner_kvk", right_from="started_on", right_to="ended_on"
    )
    joined = there.join(owners, "object_id")
    then = (joined.right_from.isnull() | (joined.right_from <= joined.started_on)) & (
        joined.right_to.isnull() | (joined.right_to > joined.started_on)
    )
    owned = joined.filter(then)
    return owned.mutate(part=owned.owner_kvk.cast("string").lpad(8, "0"))


def measure(measures: Table, rights: Table, *, on: date) -> Table:
    """Per owner the object that was closed last (object_id, part): premises, last_on, match_quality."""
    owned = closed(measures, rights, on=on)
    numbers = owned.group_by("part").agg(  # Spark counts no distinct in a window
        premises=owned.object_id.nunique(), match_quality=owned.errors.max()
    )
    counted = owned.join(numbers, "part")
    last = ibis.row_number().over(group_by=counted.part, order_by=[counted.started_on.desc(), counted.object_id])
    newest = counted.mutate(rank=last).filter(lambda t: t.rank == 0)
    return newest.select("object_id", "part", "premises", "match_quality", last_on="started_on")


def find(measures: Table, rights: Table, *, on: date, minimum: int = MINIMUM_PREMISES) -> Table:
    """The last closed object of every owner of at least `minimum` of them."""
    return measure(measures, rights, on=on).filter(lambda t: t.premises >= minimum)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    measures, rights = inputs.see("measures"), inputs.see("rights")
    found = find(measures, rights, on=inputs.on)
    mine = closed(measures, rights, on=inputs.on).join(found.select("part", last_object="object_id"), "part")
    behind = mine.drop("object_id").rename(object_id="last_object")
    records = [(behind, record_ref("measures", "kind", "started_on"))]
    measured = measure(measures, rights, on=inputs.on)
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="premises",
    peers=Text("eigenaren van een gesloten pand", "owners of closed premises"),
    headline=Text("eigenaar van {premises} gesloten panden", "owner of {premises} closed premises"),
    explanation=Text(
        "Het bedrijf dat dit object bezat toen het op {last_on} werd gesloten, bezat {premises} objecten die in "
        "{months} maanden zijn gesloten. De grens is {minimum}.",
        "The company that owned this object when it was closed on {last_on} owned {premises} objects that were closed "
        "in {months} months. The bound is {minimum}.",
    ),
    values=("premises", "last_on"),
    bounds={"months": MONTHS, "minimum": MINIMUM_PREMISES},
)
RULE = Rule(
    id="VAS-06",
    version=1,
    title=Text("Eigenaar van meer gesloten panden", "Owner of several closed premises"),
    why=Text(
        "Komen sluitingen steeds bij dezelfde eigenaar terug, dan is een gesprek met die eigenaar de moeite waard. "
        "Pech met huurders ziet er net zo uit.",
        "When closures come back with the same owner, it is worth talking to that owner. Bad luck with tenants looks "
        "the same.",
    ),
    computes=Text(
        "Telt per bedrijf de objecten die het bezat toen ze werden gesloten (maatregelen, Kadaster).",
        "Counts, per company, the objects it owned when they were closed (measures, Kadaster).",
    ),
    level="address",
    registers=("bag", "brk", "measures"),
    parameters=(
        proposed("minimum", MINIMUM_PREMISES, "panden", "premises"),
        proposed("months", MONTHS, "maanden", "months"),
    ),
    false_positives=(Text("grote verhuurder of woningcorporatie", "a large landlord or housing corporation"),),
    not_done=(Text("Panden van mensen worden niet geteld.", "Premises of people are not counted."),),
    evaluate=evaluate,
)
