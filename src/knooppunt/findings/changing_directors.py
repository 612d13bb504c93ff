"""Directors who change again and again (BED-07).

Why it matters: a company whose directors change often may be led by somebody else. Growth and a takeover look the same.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import establishment_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_CHANGES = 3


def measure(establishments: Table, leadership: Table, *, on: date) -> Table:
    """Per object with a company whose directors changed: changes of the one that changed most, match_quality."""
    joined = active_and_linked(establishments, on).join(leadership, "kvk")
    return joined.group_by("object_id").agg(changes=joined.changes.max(), match_quality=joined.errors.max())


def find(establishments: Table, leadership: Table, *, on: date, minimum: int = MINIMUM_CHANGES) -> Table:
    """The objects with a company whose directors changed on at least `minimum` days in two years."""
    return measure(establishments, leadership, on=on).filter(lambda t: t.changes >= minimum)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    leadership = inputs.see("leadership")
    measured = measure(inputs.establishments, leadership, on=inputs.on)
    found = find(inputs.establishments, leadership, on=inputs.on)
    often = leadership.filter(leadership.changes >= MINIMUM_CHANGES)
    records = [(active_and_linked(inputs.establishments, inputs.on).semi_join(often, "kvk"), establishment_ref)]
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="changes",
    peers=Text("adressen met een bedrijf dat van bestuur wisselde", "addresses with a company that changed directors"),
    headline=Text("{changes} bestuurswissels in twee jaar", "{changes} changes of directors in two years"),
    explanation=Text(
        "Bij een bedrijf op dit adres wisselde het bestuur in twee jaar op {changes} dagen. De grens is {minimum}.",
        "The directors of a company at this address changed on {changes} days in two years. The bound is {minimum}.",
    ),
    values=("changes",),
    bounds={"minimum": MINIMUM_CHANGES},
)
RULE = Rule(
    id="BED-07",
    version=1,
    title=Text("Vaak een ander bestuur", "Directors who change often"),
    why=Text(
        "Een bedrijf waar het bestuur vaak wisselt, wordt misschien door een ander geleid. Groei of een overname ziet "
        "er net zo uit.",
        "A company whose directors change often may be led by somebody else. Growth or a takeover looks the same.",
    ),
    computes=Text(
        "Telt per bedrijf de dagen in twee jaar waarop iemand aantrad of wegging (Handelsregister, alleen aantallen).",
        "Counts, per company, the days in two years on which somebody came or went (trade register, numbers only).",
    ),
    level="address",
    registers=("bag", "kvk", "hr"),
    parameters=(proposed("minimum", MINIMUM_CHANGES, "wissels", "changes"),),
    false_positives=(
        Text("groei of overname", "growth or a takeover"),
        Text("vereniging of stichting met een rooster van aftreden", "an association with a roster of retirement"),
    ),
    not_done=(
        Text("Wie de bestuurders zijn, ziet deze regel niet.", "Who the directors are, this rule does not see."),
    ),
    evaluate=evaluate,
)
