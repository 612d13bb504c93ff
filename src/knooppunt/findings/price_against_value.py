"""Sold far above or below its taxed value (VAS-02).

Why it matters: a price that does not fit can hide money paid beside the deed, or money brought in. A sale within the
family looks the same.
"""

from datetime import date

import ibis
from ibis.expr.types import Table

from knooppunt.findings.active import months_before
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.quick_resale import sales
from knooppunt.findings.refs import lot_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

LOW, HIGH = 0.6, 1.7
LOOK_BACK = 24  # months


def measure(deeds: Table, valuations: Table, *, on: date) -> Table:
    """Per object sold lately its last sale against the last value before it: delivered_on, price, value, ratio, away.

    `away` is how far the ratio lies from 1, up or down alike.
    """
    lately = sales(deeds).filter(lambda t: (t.delivered_on <= on) & (t.delivered_on > months_before(on, LOOK_BACK)))
    values = valuations.filter((valuations.objects == 1) & (valuations.value > 0))
    pairs = lately.select("object_id", "deed", "delivered_on", "price").join(
        values.select("object_id", "valued_on", "value"), "object_id"
    )
    known = pairs.filter(pairs.valued_on <= pairs.delivered_on)
    newest = ibis.row_number().over(
        group_by=known.object_id, order_by=[known.delivered_on.desc(), known.deed, known.valued_on.desc()]
    )
    last = known.mutate(rank=newest).filter(lambda t: t.rank == 0).drop("rank", "deed")
    ratio = last.price / last.value
    return last.mutate(ratio=ratio, away=(ratio >= 1).ifelse(ratio, 1 / ratio))


def find(deeds: Table, valuations: Table, *, on: date, low: float = LOW, high: float = HIGH) -> Table:
    """The objects whose last sale is below `low` or above `high` times their value."""
    return measure(deeds, valuations, on=on).filter(lambda t: (t.ratio < low) | (t.ratio > high))


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    deeds, valuations = inputs.see("deeds"), inputs.see("valuations")
    found = find(deeds, valuations, on=inputs.on)
    records = [
        (sales(deeds), lot_ref("deeds", "delivered_on", "price")),
        (valuations, lot_ref("valuations", "valued_on", "value")),
    ]
    measured = measure(deeds, valuations, on=inputs.on)
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="away",
    peers=Text(
        "verkochte objecten met een WOZ-waarde (aantal keer verschil)", "sold objects with a value (times apart)"
    ),
    headline=Text("verkocht voor {ratio} keer de WOZ-waarde", "sold for {ratio} times the taxed value"),
    explanation=Text(
        "Verkocht op {delivered_on} voor € {price}. De WOZ-waarde op {valued_on} was € {value}: de prijs is {ratio} "
        "keer de waarde. De grenzen zijn {low} en {high}.",
        "Sold on {delivered_on} for € {price}. The taxed value on {valued_on} was € {value}: the price is {ratio} "
        "times the value. The bounds are {low} and {high}.",
    ),
    values=("delivered_on", "price", "valued_on", "value", "ratio"),
    bounds={"low": LOW, "high": HIGH},
)
RULE = Rule(
    id="VAS-02",
    version=1,
    title=Text("Koopsom past niet bij de WOZ-waarde", "Price does not fit the taxed value"),
    why=Text(
        "Een prijs die niet past kan geld naast de akte verbergen, of geld dat is ingebracht. Een verkoop binnen de "
        "familie ziet er net zo uit.",
        "A price that does not fit can hide money paid beside the deed, or money brought in. A sale within the family "
        "looks the same.",
    ),
    computes=Text(
        "Deelt de laatste koopsom (Kadaster) door de laatste WOZ-waarde van vóór de levering.",
        "Divides the last price (Kadaster) by the last taxed value from before the delivery.",
    ),
    level="address",
    registers=("bag", "brk", "woz"),
    parameters=(
        proposed("low", LOW, "maal de waarde, of minder", "times the value, or less"),
        proposed("high", HIGH, "maal de waarde, of meer", "times the value, or more"),
        proposed("look_back", LOOK_BACK, "maanden terug", "months back"),
    ),
    false_positives=(
        Text("verkoop binnen de familie", "a sale within the family"),
        Text("verkoop van een deel, of in verhuurde staat", "a share sold, or sold while let"),
        Text("verbouwing na de waardepeildatum", "a rebuild after the day of valuation"),
    ),
    not_done=(
        Text(
            "Waarden en koopsommen van meer objecten samen tellen niet mee.",
            "Values and prices of several objects together do not count.",
        ),
    ),
    evaluate=evaluate,
    reach="object",
)
