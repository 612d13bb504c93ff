"""One business after another at the same address, in the same branch (BED-06).

Why it matters: the same shop under a new number each year can mean that debts and measures are left behind. A place
that is hard to earn in looks the same.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import linked, months_before
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import establishment_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_COMPANIES = 3
MONTHS = 36


def newcomers(establishments: Table, *, on: date, months: int = MONTHS) -> Table:
    """Establishments that started in the months before the day `on`, ended or not; part is their branch."""
    since = months_before(on, months)
    recent = establishments.filter(
        linked(establishments) & (establishments.started_on > since) & (establishments.started_on <= on)
    )
    return recent.mutate(part=recent.branch)


def measure(establishments: Table, *, on: date) -> Table:
    """Per object and branch: companies that started there in 36 months, how many of them ended, match_quality."""
    recent = newcomers(establishments, on=on)
    return recent.group_by("object_id", "part").agg(
        companies=recent.kvk.nunique(),
        ended=recent.kvk.nunique(where=recent.ended_on <= on),
        match_quality=recent.errors.max(),
    )


def find(establishments: Table, *, on: date, minimum: int = MINIMUM_COMPANIES) -> Table:
    """The objects where at least `minimum` companies of one branch started, all but one of which ended."""
    measured = measure(establishments.filter(establishments.at_object >= minimum), on=on)
    return measured.filter((measured.companies >= minimum) & (measured.ended >= minimum - 1))


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    measured, found = measure(inputs.establishments, on=inputs.on), find(inputs.establishments, on=inputs.on)
    recent = newcomers(inputs.establishments, on=inputs.on)
    records = [(recent.semi_join(found, ["object_id", "part"]), establishment_ref)]
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="companies",
    peers=Text("adressen en branches met een nieuw bedrijf", "addresses and branches with a new company"),
    headline=Text("{companies} bedrijven na elkaar, {ended} gestopt", "{companies} companies in turn, {ended} ended"),
    explanation=Text(
        "In {months} maanden begonnen hier {companies} bedrijven in dezelfde branche; {ended} daarvan zijn gestopt. De "
        "grens is {minimum} bedrijven, waarvan alle op één na gestopt.",
        "In {months} months {companies} companies in the same branch started here; {ended} of them ended. The bound is "
        "{minimum} companies, all but one of which ended.",
    ),
    values=("companies", "ended"),
    bounds={"months": MONTHS, "minimum": MINIMUM_COMPANIES},
)
RULE = Rule(
    id="BED-06",
    version=1,
    title=Text("Opeenvolgende bedrijven", "One business after another"),
    why=Text(
        "Telkens een nieuw bedrijf in dezelfde zaak kan betekenen dat schulden en maatregelen achterblijven. Een plek "
        "waar moeilijk te verdienen is, ziet er net zo uit.",
        "A new company in the same shop each time can mean that debts and measures are left behind. A place that is "
        "hard to earn in looks the same.",
    ),
    computes=Text(
        "Telt per adres en branche de bedrijven die in drie jaar begonnen, en hoeveel daarvan stopten (KVK).",
        "Counts, per address and branch, the companies that started in three years, and how many ended (KVK).",
    ),
    level="address",
    registers=("bag", "kvk"),
    parameters=(
        proposed("minimum", MINIMUM_COMPANIES, "bedrijven", "companies"),
        proposed("months", MONTHS, "maanden", "months"),
    ),
    false_positives=(
        Text("franchise die van ondernemer wisselt", "a franchise that changes hands"),
        Text("omzetting van eenmanszaak in bv", "a sole trader turned into a company"),
    ),
    not_done=(Text("Wie de eigenaren zijn wordt niet vergeleken.", "Who the owners are is not compared."),),
    evaluate=evaluate,
    by_class=True,
    reach="object",
)
