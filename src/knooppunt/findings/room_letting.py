"""Several households in one home, and no permit for it (WON-08).

Why it matters: letting rooms without a permit is often letting them without fire safety. The households are derived
from the day on which adults came; a family that grew slowly looks the same.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import linked, running
from knooppunt.findings.homes import homes_in_use
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import counts_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_HOUSEHOLDS = 3
ROOM_LETTING = "room_letting"


def measure(living: Table) -> Table:
    """Per lived-in home: floor_area and households (days on which the present adults came)."""
    here = homes_in_use(living).select("object_id", "floor_area", "arrivals", households="arrivals")
    return here.filter(here.households > 0)


def find(living: Table, permits: Table, *, on: date, minimum: int = MINIMUM_HOUSEHOLDS) -> Table:
    """The homes with at least `minimum` households and no permit for letting rooms on the day `on`."""
    allowed = permits.filter(
        linked(permits) & running(permits, on) & (permits.kind == ROOM_LETTING) & (permits.status == "valid")
    )
    crowded = measure(living).filter(lambda t: t.households >= minimum)
    return crowded.anti_join(allowed, "object_id")


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    living = inputs.see("living")
    found = find(living, inputs.see("permits"), on=inputs.on)
    told = counts_ref(inputs.vault.delivery("brp").source_name, "arrivals")
    return answer(inputs, found, SHAPE, measured=measure(living), records=[(found, told)])


SHAPE = Shape(
    level="address",
    by="households",
    peers=Text("bewoonde woningen", "lived-in homes"),
    headline=Text("{households} huishoudens, geen vergunning", "{households} households, no permit"),
    explanation=Text(
        "De volwassenen in deze woning van {floor_area} m² kwamen op {households} verschillende dagen. Er is geen "
        "vergunning voor kamerverhuur. De grens is {minimum}.",
        "The adults in this home of {floor_area} m² came on {households} different days. There is no permit for "
        "letting rooms. The bound is {minimum}.",
    ),
    values=("households", "floor_area"),
    bounds={"minimum": MINIMUM_HOUSEHOLDS},
)
RULE = Rule(
    id="WON-08",
    version=1,
    title=Text("Kamerverhuur zonder vergunning", "Room letting without a permit"),
    why=Text(
        "Kamers verhuren zonder vergunning is vaak verhuren zonder brandveiligheid. Een familie die in de loop der "
        "jaren bij elkaar kwam wonen ziet er net zo uit.",
        "Letting rooms without a permit is often letting them without fire safety. A family that came together over "
        "the years looks the same.",
    ),
    computes=Text(
        "Leidt het aantal huishoudens af van de dagen waarop de volwassenen kwamen (BRP, alleen aantallen) en zoekt "
        "een vergunning voor kamerverhuur.",
        "Derives the number of households from the days on which the adults came (BRP, numbers only) and looks for a "
        "permit for letting rooms.",
    ),
    level="address",
    registers=("bag", "brp", "permits"),
    parameters=(proposed("minimum", MINIMUM_HOUSEHOLDS, "huishoudens", "households"),),
    false_positives=(
        Text("familie die na elkaar kwam wonen", "a family that came one after another"),
        Text("woongroep of hospita", "a shared house or a landlady"),
    ),
    not_done=(
        Text(
            "Wie bij wie hoort weet deze regel niet: familierelaties worden niet gebruikt.",
            "Who belongs to whom this rule does not know: family ties are not used.",
        ),
    ),
    evaluate=evaluate,
    reach="object",
)
