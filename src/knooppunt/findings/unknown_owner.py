"""An owner that cannot be found in our registers (VAS-04).

Why it matters: an owner without a number, or a company with its seat abroad, is hard to reach and hard to ask. It can
be an ordinary foreign investor or an old entry.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import running
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import lot_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_OWNERS = 1


def owners(rights: Table, *, on: date) -> Table:
    """Rights of the day `on` that are not of a natural person."""
    return rights.filter(running(rights, on) & (rights.owner_kind != "natural"))


def measure(rights: Table, *, on: date) -> Table:
    """Per object with such an owner: owners, out_of_reach (unknown, or with a seat abroad), abroad."""
    held = owners(rights, on=on)
    return held.group_by("object_id").agg(
        owners=held.count(),
        out_of_reach=(~held.owner_known | held.seat_abroad).cast("int64").sum(),
        abroad=held.seat_abroad.cast("int64").sum(),
    )


def find(rights: Table, *, on: date, minimum: int = MINIMUM_OWNERS) -> Table:
    """The objects with at least `minimum` owners that are unknown or have their seat abroad."""
    return measure(rights, on=on).filter(lambda t: t.out_of_reach >= minimum)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    rights = inputs.see("rights")
    records = [(owners(rights, on=inputs.on), lot_ref("rights", "right", "owner_kind", "started_on"))]
    return answer(inputs, find(rights, on=inputs.on), SHAPE, measured=measure(rights, on=inputs.on), records=records)


SHAPE = Shape(
    level="address",
    by="out_of_reach",
    peers=Text("objecten van rechtspersonen", "objects of legal persons"),
    headline=Text("{out_of_reach} eigenaar buiten bereik", "{out_of_reach} owner out of reach"),
    explanation=Text(
        "Van de {owners} rechtspersonen met een recht op dit object zijn er {out_of_reach} zonder bekend nummer of met "
        "een zetel in het buitenland ({abroad}).",
        "Of the {owners} legal persons with a right to this object, {out_of_reach} have no known number or their seat "
        "abroad ({abroad}).",
    ),
    values=("owners", "out_of_reach", "abroad"),
    how_many=True,
)
RULE = Rule(
    id="VAS-04",
    version=1,
    title=Text("Eigenaar onbekend of met zetel in het buitenland", "Owner unknown or with a seat abroad"),
    why=Text(
        "Een eigenaar zonder nummer of met een zetel in het buitenland is moeilijk te bereiken. Het kan een gewone "
        "buitenlandse belegger zijn, of een oude inschrijving.",
        "An owner without a number or with its seat abroad is hard to reach. It can be an ordinary foreign investor, "
        "or an old entry.",
    ),
    computes=Text(
        "Zoekt rechtspersonen met een recht die geen KVK-nummer of RSIN hebben, of een zetel in het buitenland "
        "(Kadaster).",
        "Looks for legal persons with a right that have no KVK number or RSIN, or a seat abroad (Kadaster).",
    ),
    level="address",
    registers=("bag", "brk"),
    parameters=(proposed("minimum", MINIMUM_OWNERS, "eigenaren", "owners"),),
    false_positives=(
        Text("buitenlandse belegger", "foreign investor"),
        Text("oude inschrijving zonder nummer", "an old entry without a number"),
        Text("kerk of vereniging zonder inschrijving", "a church or association that is not registered"),
    ),
    not_done=(
        Text(
            "Mensen worden niet bekeken: waar iemand vandaan komt mag geen reden zijn.",
            "People are not looked at: where somebody comes from may not be a reason.",
        ),
    ),
    evaluate=evaluate,
    reach="object",
)
