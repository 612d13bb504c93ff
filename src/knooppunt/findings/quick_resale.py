"""Sold on within half a year at another price (VAS-01, ABC-transactie).

Why it matters: a price that jumps while nothing was done to the building can hide money. A rebuild or a lucky sale
looks the same.
"""

from datetime import date

import ibis
from ibis.expr.types import Table

from knooppunt.findings.active import months_before
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import lot_ref
from knooppunt.findings.rule import Answer, Parameter, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

LEAST_CHANGE = 0.25
MONTHS = 6
LOOK_BACK = 24  # months in which the second sale lies
_SIX_MONTHS = Text(
    "ondermijningsbus.nl, vastgoedfraude: twee keer verkocht binnen zes maanden",
    "ondermijningsbus.nl, vastgoedfraude: sold twice within six months",
)


def sales(deeds: Table) -> Table:
    """Deliveries of one object for a price."""
    return deeds.filter(deeds.price.notnull() & (deeds.price > 0) & ~deeds.several)


def measure(deeds: Table, *, on: date) -> Table:
    """Per object sold twice within six months, lately: the last such pair.

    Columns: object_id, first_on, second_on, first_price, second_price, change (share of the first price).
    """
    known = sales(deeds).filter(lambda t: t.delivered_on <= on)
    window = ibis.window(group_by=known.object_id, order_by=[known.delivered_on, known.deed])
    pairs = known.mutate(first_on=known.delivered_on.lag().over(window), first_price=known.price.lag().over(window))
    pairs = pairs.filter(pairs.first_on.notnull() & (pairs.delivered_on > months_before(on, LOOK_BACK)))
    quick = pairs.filter(pairs.delivered_on <= pairs.first_on + ibis.interval(months=MONTHS))
    change = (quick.price - quick.first_price).abs() / quick.first_price
    told = quick.mutate(second_on=quick.delivered_on, second_price=quick.price, change=100 * change)
    last = ibis.row_number().over(group_by=told.object_id, order_by=[told.change.desc(), told.second_on.desc()])
    columns = ("object_id", "first_on", "second_on", "first_price", "second_price", "change")
    return told.mutate(rank=last).filter(lambda t: t.rank == 0).select(*columns)


def find(deeds: Table, *, on: date, least: float = LEAST_CHANGE) -> Table:
    """The objects sold twice within six months whose price changed by at least the share `least`."""
    return measure(deeds, on=on).filter(lambda t: t.change >= 100 * least)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    deeds = inputs.see("deeds")
    records = [(sales(deeds), lot_ref("deeds", "delivered_on", "price"))]
    return answer(inputs, find(deeds, on=inputs.on), SHAPE, measured=measure(deeds, on=inputs.on), records=records)


SHAPE = Shape(
    level="address",
    by="change",
    peers=Text("snelle doorverkopen (verschil in procent)", "quick resales (difference in percent)"),
    headline=Text("doorverkocht, {change}% verschil", "sold on, {change}% difference"),
    explanation=Text(
        "Geleverd op {first_on} voor € {first_price} en op {second_on} voor € {second_price}: {change}% verschil "
        "binnen {months} maanden. De grens is {least}%.",
        "Delivered on {first_on} for € {first_price} and on {second_on} for € {second_price}: {change}% difference "
        "within {months} months. The bound is {least}%.",
    ),
    values=("first_on", "second_on", "first_price", "second_price", "change"),
    bounds={"months": MONTHS, "least": 100 * LEAST_CHANGE},
)
RULE = Rule(
    id="VAS-01",
    version=1,
    title=Text("Snelle doorverkoop", "Quick resale"),
    why=Text(
        "Een prijs die verspringt zonder dat er iets aan het gebouw is gedaan, kan geld verbergen. Een verbouwing of "
        "een gelukkige verkoop ziet er net zo uit.",
        "A price that jumps while nothing was done to the building can hide money. A rebuild or a lucky sale looks the "
        "same.",
    ),
    computes=Text(
        "Zoekt twee leveringen van één object binnen zes maanden en vergelijkt de koopsommen (Kadaster).",
        "Looks for two deliveries of one object within six months and compares the prices (Kadaster).",
    ),
    level="address",
    registers=("bag", "brk"),
    parameters=(
        Parameter("months", MONTHS, Text("maanden", "months"), _SIX_MONTHS, verified=True),
        proposed("least", LEAST_CHANGE, "deel van de eerste prijs", "share of the first price"),
        proposed("look_back", LOOK_BACK, "maanden terug", "months back"),
    ),
    false_positives=(
        Text("projectontwikkelaar", "property developer"),
        Text("verbouwing tussen twee verkopen", "a rebuild between two sales"),
        Text("verkoop binnen de familie", "a sale within the family"),
    ),
    not_done=(
        Text(
            "Een koopsom voor meer objecten tegelijk telt niet mee.",
            "A price for more than one object does not count.",
        ),
    ),
    evaluate=evaluate,
    reach="object",
)
