"""Many companies without workers and without room at one address (BED-09).

Why it matters: companies that exist only on paper can hide who owns and who owes. Holdings and an accountant look the
same.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked
from knooppunt.findings.homes import in_use
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import establishment_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_COMPANIES = 10
M2_EACH = 10  # m² per company


def without_workers(establishments: Table, *, on: date) -> Table:
    """Active establishments where nobody works."""
    return active_and_linked(establishments, on).filter(lambda t: t.workers == 0)


def measure(establishments: Table, premises: Table, *, on: date) -> Table:
    """Per object with a company without workers: companies, floor_area, m2_each, match_quality."""
    there = without_workers(establishments, on=on)
    counted = there.group_by("object_id").agg(companies=there.kvk.nunique(), match_quality=there.errors.max())
    joined = counted.join(in_use(premises).select("object_id", "floor_area"), "object_id")
    return joined.mutate(m2_each=joined.floor_area / joined.companies)


def find(
    establishments: Table, premises: Table, *, on: date, minimum: int = MINIMUM_COMPANIES, m2_each: float = M2_EACH
) -> Table:
    """The objects with at least `minimum` companies without workers and less than `m2_each` m² for each."""
    measured = measure(establishments.filter(establishments.at_object >= minimum), premises, on=on)
    return measured.filter((measured.companies >= minimum) & (measured.m2_each < m2_each))


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    measured = measure(inputs.establishments, inputs.premises, on=inputs.on)
    found = find(inputs.establishments, inputs.premises, on=inputs.on)
    records = [(without_workers(inputs.establishments, on=inputs.on), establishment_ref)]
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="companies",
    peers=Text("adressen met een bedrijf zonder werkenden", "addresses with a company without workers"),
    headline=Text("{companies} bedrijven zonder werkenden", "{companies} companies without workers"),
    explanation=Text(
        "Op dit adres van {floor_area} m² staan {companies} bedrijven waar niemand werkt; dat is {m2_each} m² per "
        "bedrijf. De grens is {minimum} bedrijven en minder dan {bound} m² elk.",
        "At this address of {floor_area} m² there are {companies} companies where nobody works; that is {m2_each} m² "
        "for each. The bound is {minimum} companies and less than {bound} m² each.",
    ),
    values=("companies", "floor_area", "m2_each"),
    bounds={"minimum": MINIMUM_COMPANIES, "bound": M2_EACH},
)
RULE = Rule(
    id="BED-09",
    version=1,
    title=Text("Brievenbusfirma's", "Letterbox companies"),
    why=Text(
        "Bedrijven die alleen op papier bestaan kunnen verbergen wie bezit en wie schuldig is. Holdings en de klanten "
        "van een accountant zien er net zo uit.",
        "Companies that exist only on paper can hide who owns and who owes. Holdings and the clients of an accountant "
        "look the same.",
    ),
    computes=Text(
        "Telt per adres de bedrijven zonder werkzame personen (KVK) en deelt de oppervlakte (BAG) door hun aantal.",
        "Counts, per address, the companies without workers (KVK) and divides the floor area (BAG) by their number.",
    ),
    level="address",
    registers=("bag", "kvk"),
    parameters=(
        proposed("minimum", MINIMUM_COMPANIES, "bedrijven", "companies"),
        proposed("m2_each", M2_EACH, "m² per bedrijf", "m² a company"),
    ),
    false_positives=(
        Text("holdings van één groep", "holdings of one group"),
        Text("accountant of trustkantoor", "accountant or trust office"),
    ),
    not_done=(
        Text(
            "Of er iets te zien is op het adres, moet een bezoek uitwijzen.",
            "Whether there is anything to see at the address takes a visit.",
        ),
    ),
    evaluate=evaluate,
    reach="object",
)
