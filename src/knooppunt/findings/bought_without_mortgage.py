"""Bought by a company without a mortgage (VAS-03).

Why it matters: who buys without a bank is asked nothing by a bank. An investor with own money looks the same.
"""

from datetime import date

import ibis
from ibis.expr.types import Table

from knooppunt.findings.active import months_before
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.making import MORTGAGE_DAYS
from knooppunt.findings.quick_resale import sales
from knooppunt.findings.refs import lot_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

LEAST_PRICE = 100_000
LOOK_BACK = 24  # months


def measure(deeds: Table, *, on: date) -> Table:
    """Per object that a company bought lately, its last purchase: delivered_on, price, mortgaged.

    A purchase counts once there was time to register a mortgage.
    """
    since = months_before(on, LOOK_BACK)
    bought = sales(deeds).filter(
        lambda t: (
            (t.buyer_kind == "legal")
            & (t.delivered_on > since)
            & (t.delivered_on + ibis.interval(days=MORTGAGE_DAYS) <= on)
        )
    )
    newest = ibis.row_number().over(group_by=bought.object_id, order_by=[bought.delivered_on.desc(), bought.deed])
    last = bought.mutate(rank=newest).filter(lambda t: t.rank == 0)
    return last.select("object_id", "delivered_on", "price", "mortgaged")


def find(deeds: Table, *, on: date, least: int = LEAST_PRICE) -> Table:
    """The objects a company bought for at least `least` euros without a mortgage."""
    return measure(deeds, on=on).filter(lambda t: ~t.mortgaged & (t.price >= least))


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    deeds = inputs.see("deeds")
    records = [(sales(deeds), lot_ref("deeds", "delivered_on", "price"))]
    return answer(inputs, find(deeds, on=inputs.on), SHAPE, measured=measure(deeds, on=inputs.on), records=records)


SHAPE = Shape(
    level="address",
    by="price",
    peers=Text("aankopen door een bedrijf (koopsom in euro's)", "purchases by a company (price in euros)"),
    headline=Text("€ {price} zonder hypotheek", "€ {price} without a mortgage"),
    explanation=Text(
        "Een rechtspersoon kocht dit object op {delivered_on} voor € {price}. Binnen {days} dagen is geen hypotheek "
        "ingeschreven. De grens is € {least}.",
        "A legal person bought this object on {delivered_on} for € {price}. No mortgage was registered within {days} "
        "days. The bound is € {least}.",
    ),
    values=("delivered_on", "price"),
    bounds={"days": MORTGAGE_DAYS, "least": LEAST_PRICE},
)
RULE = Rule(
    id="VAS-03",
    version=1,
    title=Text("Aankoop door een bedrijf zonder hypotheek", "Company purchase without a mortgage"),
    why=Text(
        "Wie zonder bank koopt, krijgt van een bank geen vragen. Een belegger met eigen geld ziet er net zo uit.",
        "Who buys without a bank is asked nothing by a bank. An investor with own money looks the same.",
    ),
    computes=Text(
        "Zoekt aankopen door rechtspersonen waarbij geen hypotheek is ingeschreven (Kadaster).",
        "Looks for purchases by legal persons for which no mortgage was registered (Kadaster).",
    ),
    level="address",
    registers=("bag", "brk"),
    parameters=(
        proposed("least", LEAST_PRICE, "euro", "euros"),
        proposed("days", MORTGAGE_DAYS, "dagen voor een hypotheek", "days for a mortgage"),
        proposed("look_back", LOOK_BACK, "maanden terug", "months back"),
    ),
    false_positives=(
        Text("belegger met eigen vermogen", "investor with own money"),
        Text("financiering binnen een groep", "financing within a group"),
        Text("woningcorporatie of overheid", "housing corporation or government"),
    ),
    not_done=(
        Text(
            "Aankopen door mensen worden niet bekeken: leeftijd en inkomen horen alleen in een casus.",
            "Purchases by people are not looked at: age and income belong in a case only.",
        ),
    ),
    evaluate=evaluate,
    filled=("mortgages",),
    reach="object",
)
