"""An RDW recognition at an address where no car business is registered (BED-05).

Why it matters: a recognition that stays behind can be used by somebody else. Mostly one of the registers lags.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked, linked, running
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import record_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_COMPANIES = 1


def valid(recognitions: Table, *, on: date) -> Table:
    """The recognitions of the day that lead to an object."""
    return recognitions.filter(linked(recognitions) & running(recognitions, on))


def measure(recognitions: Table, establishments: Table, *, on: date) -> Table:
    """Per object with a recognition: recognitions, companies (of any kind) and match_quality."""
    there = valid(recognitions, on=on)
    counted = there.group_by("object_id").agg(recognitions=there.count(), match_quality=there.errors.max())
    active = active_and_linked(establishments, on).semi_join(counted, "object_id")
    companies = active.group_by("object_id").agg(companies=active.kvk.nunique())
    joined = counted.left_join(companies, "object_id").drop("object_id_right")
    return joined.mutate(companies=joined.companies.fill_null(0))


def find(recognitions: Table, establishments: Table, *, on: date) -> Table:
    """The objects with a recognition and no company at all on the day `on`."""
    return measure(recognitions, establishments, on=on).filter(lambda t: t.companies < MINIMUM_COMPANIES)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    recognitions = inputs.see("recognitions")
    measured = measure(recognitions, inputs.establishments, on=inputs.on)
    found = find(recognitions, inputs.establishments, on=inputs.on)
    records = [(valid(recognitions, on=inputs.on), record_ref("recognitions", "kind", "started_on"))]
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="companies",
    peers=Text("adressen met een erkenning", "addresses with a recognition"),
    headline=Text("{recognitions} erkenning, geen bedrijf", "{recognitions} recognition, no company"),
    explanation=Text(
        "Op dit adres geldt een erkenning van de RDW ({recognitions}), maar in het Handelsregister staat hier geen "
        "bedrijf.",
        "A recognition of RDW holds at this address ({recognitions}), but the trade register has no company here.",
    ),
    values=("recognitions", "companies"),
    how_many=True,
)
RULE = Rule(
    id="BED-05",
    version=1,
    title=Text("Erkenning zonder bedrijf op het adres", "Recognition without a company at the address"),
    why=Text(
        "Een erkenning die achterblijft kan door een ander worden gebruikt. Meestal loopt een van de registers achter.",
        "A recognition that stays behind can be used by somebody else. Mostly one of the registers lags.",
    ),
    computes=Text(
        "Zoekt geldige erkenningen (RDW) op adressen waar geen enkel bedrijf staat ingeschreven (KVK).",
        "Looks for valid recognitions (RDW) at addresses where no company is registered (KVK).",
    ),
    level="address",
    registers=("bag", "kvk", "rdw"),
    parameters=(proposed("minimum", MINIMUM_COMPANIES, "bedrijf", "company"),),
    false_positives=(
        Text("verhuizing die nog niet overal is verwerkt", "a move not processed everywhere yet"),
        Text("vestiging met een adres dat niet te koppelen was", "an establishment whose address could not be linked"),
    ),
    not_done=(),
    evaluate=evaluate,
    reach="object",
)
