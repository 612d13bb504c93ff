"""Several young companies with limited liability at one home (BED-08).

Why it matters: companies founded in a row can be meant to be emptied one by one. A serial founder looks the same.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked, months_before
from knooppunt.findings.homes import homes_in_use
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import establishment_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_COMPANIES = 3
MONTHS = 12
LIMITED = ("BeslotenVennootschap", "Besloten Vennootschap", "BV", "Flex-BV")
"""How sources write it: KVK API `rechtsvorm`, HR Dataservice `persoonRechtsvorm`."""


def young(establishments: Table, *, on: date, months: int = MONTHS) -> Table:
    """Active companies with limited liability that started in the months before the day `on`."""
    since = months_before(on, months)
    active = active_and_linked(establishments, on)
    return active.filter(active.legal_form.isin(LIMITED) & (active.started_on > since))


def measure(establishments: Table, premises: Table, *, on: date) -> Table:
    """Per home with a young company: companies, match_quality."""
    there = young(establishments, on=on).semi_join(homes_in_use(premises), "object_id")
    return there.group_by("object_id").agg(companies=there.kvk.nunique(), match_quality=there.errors.max())


def find(establishments: Table, premises: Table, *, on: date, minimum: int = MINIMUM_COMPANIES) -> Table:
    """The homes with at least `minimum` companies with limited liability younger than a year."""
    busy = establishments.filter(establishments.at_object >= minimum)
    return measure(busy, premises, on=on).filter(lambda t: t.companies >= minimum)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    measured = measure(inputs.establishments, inputs.premises, on=inputs.on)
    found = find(inputs.establishments, inputs.premises, on=inputs.on)
    records = [(young(inputs.establishments, on=inputs.on), establishment_ref)]
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="companies",
    peers=Text("woningen met een jonge bv", "homes with a young limited company"),
    headline=Text("{companies} jonge bv's in een woning", "{companies} young limited companies in a home"),
    explanation=Text(
        "In deze woning zijn in {months} maanden {companies} bv's begonnen die er nog staan. De grens is {minimum}.",
        "In this home {companies} limited companies started in {months} months and are still there. The bound is "
        "{minimum}.",
    ),
    values=("companies",),
    bounds={"months": MONTHS, "minimum": MINIMUM_COMPANIES},
)
RULE = Rule(
    id="BED-08",
    version=1,
    title=Text("Jonge bv's in een woning", "Young limited companies in a home"),
    why=Text(
        "Bv's die kort na elkaar zijn opgericht kunnen bedoeld zijn om ze een voor een leeg te halen. Een ondernemer "
        "met veel plannen ziet er net zo uit.",
        "Companies founded shortly after one another can be meant to be emptied one by one. An entrepreneur with many "
        "plans looks the same.",
    ),
    computes=Text(
        "Telt per woning (BAG) de bv's die in een jaar begonnen en nog bestaan (KVK).",
        "Counts, per home (BAG), the limited companies that started within a year and still exist (KVK).",
    ),
    level="address",
    registers=("bag", "kvk"),
    parameters=(
        proposed("minimum", MINIMUM_COMPANIES, "bv's", "companies"),
        proposed("months", MONTHS, "maanden", "months"),
    ),
    false_positives=(
        Text("ondernemer met een holding en werkmaatschappijen", "an entrepreneur with a holding and its companies"),
    ),
    not_done=(
        Text(
            "Zonder rechtsvorm in de levering geeft deze regel niets.",
            "Without legal forms in the delivery this rule finds nothing.",
        ),
    ),
    evaluate=evaluate,
    reach="object",
)
