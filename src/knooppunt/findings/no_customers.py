"""A business where nobody was ever seen buying (HOR-03).

Why it matters: a shop without customers that goes on can be there for something else. A quiet season looks the same.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked, linked, months_before
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import establishment_ref, record_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_DAYS = 3
MONTHS = 12
KIND = "no_customers"


def seen(observations: Table, *, on: date, months: int = MONTHS) -> Table:
    """What was seen, not supposed, of no customers in the months up to the day `on`."""
    since = months_before(on, months)
    recent = (observations.seen_on > since) & (observations.seen_on <= on)
    factual = observations.fact.fill_null(False)  # noqa: FBT003  ibis takes it by position
    return observations.filter(linked(observations) & recent & factual & (observations.kind == KIND))


def measure(observations: Table, establishments: Table, *, on: date) -> Table:
    """Per object with a company where no customers were seen: days, match_quality."""
    there = seen(observations, on=on).semi_join(active_and_linked(establishments, on), "object_id")
    return there.group_by("object_id").agg(days=there.seen_on.nunique(), match_quality=there.errors.max())


def find(observations: Table, establishments: Table, *, on: date, minimum: int = MINIMUM_DAYS) -> Table:
    """The objects where on at least `minimum` days no customers were seen."""
    return measure(observations, establishments, on=on).filter(lambda t: t.days >= minimum)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    observations = inputs.see("observations")
    measured = measure(observations, inputs.establishments, on=inputs.on)
    found = find(observations, inputs.establishments, on=inputs.on)
    records = [
        (seen(observations, on=inputs.on), record_ref("observations", "kind", "seen_on")),
        (active_and_linked(inputs.establishments, inputs.on), establishment_ref),
    ]
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="days",
    peers=Text("adressen waar geen klanten zijn gezien", "addresses where no customers were seen"),
    headline=Text("{days} keer geen klanten gezien", "no customers seen on {days} days"),
    explanation=Text(
        "Handhavers zagen hier in {months} maanden op {days} dagen geen klanten in openingstijd. De grens is "
        "{minimum}.",
        "Enforcement officers saw no customers in opening hours here on {days} days in {months} months. The bound is "
        "{minimum}.",
    ),
    values=("days",),
    bounds={"months": MONTHS, "minimum": MINIMUM_DAYS},
)
RULE = Rule(
    id="HOR-03",
    version=1,
    title=Text("Zaak zonder klanten", "Business without customers"),
    why=Text(
        "Een zaak zonder klanten die blijft bestaan, kan er voor iets anders zijn. Een stil seizoen ziet er net zo "
        "uit.",
        "A shop without customers that goes on can be there for something else. A quiet season looks the same.",
    ),
    computes=Text(
        "Telt per adres met een bedrijf de dagen in een jaar waarop is gezien dat er geen klanten waren "
        "(waarnemingen).",
        "Counts, per address with a company, the days in a year on which no customers were seen (observations).",
    ),
    level="address",
    registers=("bag", "kvk", "street"),
    parameters=(
        proposed("minimum", MINIMUM_DAYS, "dagen", "days"),
        proposed("months", MONTHS, "maanden", "months"),
    ),
    false_positives=(
        Text("seizoen of sluitingsdag", "season or closing day"),
        Text("zaak die vooral online verkoopt", "a shop that sells mostly online"),
    ),
    not_done=(
        Text(
            "Vermoedens tellen niet mee, alleen wat is gezien.", "What was supposed does not count, only what was seen."
        ),
    ),
    evaluate=evaluate,
    reach="object",
)
