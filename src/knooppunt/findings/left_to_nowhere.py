"""People left this address to nobody knows where (WON-05, VOW-adres).

Why it matters: several such departures from one address can mean that people never lived there. The signal is one of
the address programmes of RvIG (LAA); what it does with people is up to the registration, not to this rule.
"""

from ibis.expr.types import Table

from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import counts_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_PEOPLE = 2


def measure(living: Table) -> Table:
    """Per object that somebody left in two years: left_unknown."""
    left = living.filter((living.moved_out > 0) | (living.left_unknown > 0))
    return left.select("object_id", "left_unknown")


def find(living: Table, *, minimum: int = MINIMUM_PEOPLE) -> Table:
    """The objects that at least `minimum` people left to an unknown place in two years."""
    return measure(living).filter(lambda t: t.left_unknown >= minimum)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    living = inputs.see("living")
    measured, found = measure(living), find(living)
    told = counts_ref(inputs.vault.delivery("brp").source_name, "left_unknown")
    return answer(inputs, found, SHAPE, measured=measured, records=[(found, told)])


SHAPE = Shape(
    level="address",
    by="left_unknown",
    peers=Text("adressen waar in twee jaar iemand vertrok", "addresses that somebody left in two years"),
    headline=Text("{left_unknown} keer vertrokken onbekend waarheen", "{left_unknown} departures to nowhere known"),
    explanation=Text(
        "In twee jaar werden {left_unknown} bewoners van dit adres uitgeschreven als vertrokken onbekend waarheen. De "
        "grens is {minimum}.",
        "In two years {left_unknown} residents of this address were struck off as gone to nobody knows where. The "
        "bound is {minimum}.",
    ),
    values=("left_unknown",),
    bounds={"minimum": MINIMUM_PEOPLE},
)
RULE = Rule(
    id="WON-05",
    version=1,
    title=Text("Vertrokken onbekend waarheen", "Gone to nobody knows where"),
    why=Text(
        "Als van één adres vaker mensen onbekend waarheen vertrekken, kan het zijn dat zij er nooit woonden. De LAA "
        "van de RvIG kent dit signaal ook.",
        "If people leave one address to nobody knows where more often, they may never have lived there. The address "
        "programme of RvIG knows this signal too.",
    ),
    computes=Text(
        "Telt per adres de mensen die in twee jaar vertrokken onbekend waarheen (BRP, alleen aantallen).",
        "Counts, per address, the people who left in two years to nobody knows where (BRP, numbers only).",
    ),
    level="address",
    registers=("bag", "brp"),
    parameters=(proposed("minimum", MINIMUM_PEOPLE, "mensen", "people"),),
    false_positives=(
        Text("opvang of azc", "shelter or reception centre"),
        Text("een gezin dat naar het buitenland ging zonder dat te melden", "a family that went abroad unannounced"),
    ),
    not_done=(
        Text(
            "Wie er vertrok en waar die nu is, zoekt deze regel niet uit.",
            "Who left and where they are now, this rule does not find out.",
        ),
    ),
    evaluate=evaluate,
    reach="object",
)
