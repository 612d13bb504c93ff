"""A permit held by another company than the one that is there (HOR-02).

Why it matters: the permit was given to somebody who was looked at; who runs the place may be somebody else. Mostly a
change is pending.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked
from knooppunt.findings.horeca_without_permit import places, valid_permits
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import establishment_ref, record_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_OTHERS = 1


def measure(establishments: Table, permits: Table, *, on: date) -> Table:
    """Per object with a permit and a place for guests: permits, of_another, match_quality.

    A permit is another's when its holder is not one of the companies that are active at the object.
    """
    valid = valid_permits(permits, on=on).filter(lambda t: t.holder_kvk.notnull())
    here = valid.semi_join(places(establishments, on=on), "object_id")
    there = active_and_linked(establishments, on).select("object_id", "kvk", own=True).distinct()
    joined = here.left_join(there, [here.object_id == there.object_id, here.holder_kvk == there.kvk])
    return joined.group_by("object_id").agg(
        permits=joined.count(), of_another=joined.own.isnull().sum(), match_quality=joined.errors.max()
    )


def find(establishments: Table, permits: Table, *, on: date, minimum: int = MINIMUM_OTHERS) -> Table:
    """The objects with a permit whose holder is not there on the day `on`."""
    return measure(establishments, permits, on=on).filter(lambda t: t.of_another >= minimum)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    permits = inputs.see("permits")
    measured = measure(inputs.establishments, permits, on=inputs.on)
    found = find(inputs.establishments, permits, on=inputs.on)
    records = [
        (valid_permits(permits, on=inputs.on), record_ref("permits", "kind", "started_on")),
        (places(inputs.establishments, on=inputs.on), establishment_ref),
    ]
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="of_another",
    peers=Text("adressen met horeca en een vergunning", "addresses with a place for guests and a permit"),
    headline=Text("{of_another} vergunning van een ander", "{of_another} permit of another"),
    explanation=Text(
        "Van de {permits} vergunningen op dit adres staan er {of_another} op naam van een bedrijf dat hier niet zit.",
        "Of the {permits} permits at this address, {of_another} are held by a company that is not here.",
    ),
    values=("permits", "of_another"),
    how_many=True,
)
RULE = Rule(
    id="HOR-02",
    version=1,
    title=Text("Vergunning van een ander bedrijf", "Permit of another company"),
    why=Text(
        "De vergunning is gegeven aan iemand naar wie is gekeken; wie de zaak nu drijft is misschien een ander. "
        "Meestal is een wijziging onderweg.",
        "The permit was given to somebody who was looked at; who runs the place now may be somebody else. Mostly a "
        "change is pending.",
    ),
    computes=Text(
        "Vergelijkt de houder van een geldige vergunning met de bedrijven die op het adres staan (KVK-nummers).",
        "Compares the holder of a valid permit with the companies at the address (KVK numbers).",
    ),
    level="address",
    registers=("bag", "kvk", "permits"),
    parameters=(proposed("minimum", MINIMUM_OTHERS, "vergunning", "permit"),),
    false_positives=(
        Text("wijziging is aangevraagd", "a change was applied for"),
        Text("vergunning op naam van de holding", "a permit in the name of the holding"),
    ),
    not_done=(
        Text(
            "Leidinggevenden op het aanhangsel worden niet vergeleken: dat zijn personen.",
            "Managers named in the appendix are not compared: they are people.",
        ),
    ),
    evaluate=evaluate,
    reach="object",
)
