"""A home in which nobody has been registered for half a year (WON-03).

Why it matters: an empty home is wanted by others, and an empty home that is used all the same may be used for
something nobody should see. It may also wait for a rebuild, for heirs or for a buyer.
"""

from ibis.expr.types import Table

from knooppunt.findings.homes import homes_in_use
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import counts_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer
from knooppunt.registers.brp.housing import EMPTY_DAYS


def measure(living: Table) -> Table:
    """Per home in use: floor_area, and whether anybody lived, or may have lived, there in the last half year."""
    homes = homes_in_use(living).select("object_id", "floor_area", "recent")
    return homes.mutate(empty=(homes.recent == 0).cast("int64"))


def find(living: Table) -> Table:
    """The homes in which nobody lived, or may have lived, in the last half year."""
    return measure(living).filter(lambda t: t.empty == 1)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    living = inputs.see("living")
    measured, found = measure(living), find(living)
    source = inputs.vault.delivery("brp").source_name
    return answer(inputs, found, SHAPE, measured=measured, records=[(found, counts_ref(source, "recent"))])


SHAPE = Shape(
    level="address",
    by="empty",
    peers=Text("woningen in gebruik", "homes in use"),
    headline=Text("{days} dagen of langer niemand ingeschreven", "nobody registered for {days} days or longer"),
    explanation=Text(
        "In deze woning van {floor_area} m² heeft de laatste {days} dagen niemand ingeschreven gestaan, ook niemand "
        "met een onzekere datum.",
        "In this home of {floor_area} m² nobody has been registered for the last {days} days, nor anybody with an "
        "uncertain date.",
    ),
    values=("floor_area",),
    bounds={"days": EMPTY_DAYS},
    how_many=True,
)
RULE = Rule(
    id="WON-03",
    version=1,
    title=Text("Woning langdurig zonder bewoners", "Home without residents for long"),
    why=Text(
        "Een woning die lang leeg lijkt, kan voor iets anders worden gebruikt, of buiten de registratie bewoond zijn. "
        "Meestal is er een gewone reden: verbouwing, verkoop of erfenis.",
        "A home that seems empty for long can be used for something else, or be lived in outside the register. Mostly "
        "there is an ordinary reason: a rebuild, a sale or an inheritance.",
    ),
    computes=Text(
        "Zoekt woningen in gebruik (BAG) waar in een half jaar niemand ingeschreven stond (BRP, alleen aantallen).",
        "Looks for homes in use (BAG) where nobody was registered in half a year (BRP, numbers only).",
    ),
    level="address",
    registers=("bag", "brp"),
    parameters=(proposed("days", EMPTY_DAYS, "dagen zonder bewoners", "days without residents"),),
    false_positives=(
        Text("verbouwing", "a rebuild"),
        Text("te koop, of nalatenschap", "for sale, or an estate"),
        Text("tweede woning of bewoner die niet in de BRP hoort (diplomaat)", "second home, or a diplomat"),
    ),
    not_done=(
        Text(
            "Energieverbruik wordt niet vergeleken (WON-02): dat is alleen als gebiedscijfer beschikbaar.",
            "Energy use is not compared (WON-02): it is only available as a figure about an area.",
        ),
    ),
    evaluate=evaluate,
    reach="object",
)
