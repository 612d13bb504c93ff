"""Many people with only a postal address here (WON-06, briefadressen).

Why it matters: a postal address is for those who cannot have a home for a while. Many at one ordinary address can
mean that the address is lent or sold.
"""

from ibis.expr.types import Table

from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import counts_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_PEOPLE = 4


def measure(living: Table) -> Table:
    """Per object with a postal address: postal."""
    return living.filter(living.postal > 0).select("object_id", "postal")


def find(living: Table, *, minimum: int = MINIMUM_PEOPLE) -> Table:
    """The objects where at least `minimum` people have a postal address."""
    return measure(living).filter(lambda t: t.postal >= minimum)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    living = inputs.see("living")
    measured, found = measure(living), find(living)
    told = counts_ref(inputs.vault.delivery("brp").source_name, "postal")
    return answer(inputs, found, SHAPE, measured=measured, records=[(found, told)])


SHAPE = Shape(
    level="address",
    by="postal",
    peers=Text("adressen met een briefadres", "addresses with a postal address"),
    headline=Text("{postal} briefadressen", "{postal} postal addresses"),
    explanation=Text(
        "Op dit adres hebben {postal} mensen een briefadres. De grens is {minimum}.",
        "{postal} people have a postal address here. The bound is {minimum}.",
    ),
    values=("postal",),
    bounds={"minimum": MINIMUM_PEOPLE},
)
RULE = Rule(
    id="WON-06",
    version=1,
    title=Text("Veel briefadressen", "Many postal addresses"),
    why=Text(
        "Een briefadres is bedoeld voor wie even geen woning heeft. Veel briefadressen op een gewoon adres kan "
        "betekenen dat het adres wordt uitgeleend of verkocht.",
        "A postal address is for those without a home for a while. Many at an ordinary address can mean that the "
        "address is lent or sold.",
    ),
    computes=Text(
        "Telt per adres de mensen met functie adres B (BRP, alleen aantallen).",
        "Counts, per address, the people with address function B (BRP, numbers only).",
    ),
    level="address",
    registers=("bag", "brp"),
    parameters=(proposed("minimum", MINIMUM_PEOPLE, "briefadressen", "postal addresses"),),
    false_positives=(
        Text("adres van de gemeente zelf", "an address of the municipality itself"),
        Text("opvang of zorginstelling", "shelter or care institution"),
    ),
    not_done=(),
    evaluate=evaluate,
    reach="object",
)
