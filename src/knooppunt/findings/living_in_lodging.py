"""People live where only guests should stay (WON-07).

Why it matters: who lives in a holiday home or on a pitch has less protection, and such places are let to people who
have no choice. It may also be allowed.
"""

from ibis.expr.types import Table

from knooppunt.findings.homes import LODGING
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import residents_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_RESIDENTS = 1


def measure(living: Table) -> Table:
    """Per object that is only for guests, or a pitch: residents, adults, possible_residents."""
    only_guests = (living.use == LODGING) | (living.kind == "pitch")
    return living.filter(only_guests).select("object_id", "residents", "adults", "possible_residents")


def find(living: Table, *, minimum: int = MINIMUM_RESIDENTS) -> Table:
    """The objects only for guests where at least `minimum` people are registered."""
    return measure(living).filter(lambda t: t.residents >= minimum)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    living = inputs.see("living")
    measured, found = measure(living), find(living)
    source = inputs.vault.delivery("brp").source_name
    records = [(found, lambda row: residents_ref(row, source))]
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="residents",
    peers=Text("objecten met alleen een logiesfunctie, en standplaatsen", "objects for guests only, and pitches"),
    headline=Text("{residents} bewoners in een logiesobject", "{residents} residents where guests stay"),
    explanation=Text(
        "Dit object is volgens de BAG alleen voor logies, of een standplaats. Er staan {residents} bewoners "
        "ingeschreven, onder wie {adults} volwassenen.",
        "According to the BAG this object is for guests only, or a pitch. {residents} residents are registered here, "
        "{adults} of them adults.",
    ),
    values=("residents", "adults"),
    how_many=True,
)
RULE = Rule(
    id="WON-07",
    version=1,
    title=Text("Wonen in een logiesobject", "Living where guests stay"),
    why=Text(
        "Wie in een vakantiewoning of op een standplaats woont, heeft minder bescherming. Zulke plekken worden ook "
        "verhuurd aan mensen zonder keus. Permanente bewoning kan zijn toegestaan.",
        "Who lives in a holiday home or on a pitch has less protection. Such places are also let to people without a "
        "choice. Living there may be allowed.",
    ),
    computes=Text(
        "Zoekt bewoners (BRP, alleen aantallen) op objecten met alleen een logiesfunctie en op standplaatsen (BAG).",
        "Looks for residents (BRP, numbers only) at objects for guests only and at pitches (BAG).",
    ),
    level="address",
    registers=("bag", "brp"),
    parameters=(proposed("minimum", MINIMUM_RESIDENTS, "bewoners", "residents"),),
    false_positives=(
        Text("toegestane permanente bewoning", "permanent living that is allowed"),
        Text("woonwagen op een standplaats", "caravan home on its own pitch"),
    ),
    not_done=(
        Text(
            "Of permanente bewoning is toegestaan, staat niet in deze registers.",
            "Whether living there is allowed is not in these registers.",
        ),
    ),
    evaluate=evaluate,
    reach="object",
)
