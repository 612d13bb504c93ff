"""A care provider that is not registered for care (ZRG-01).

Why it matters: who is paid for care and does other work may not give it. A holding that holds the contract looks the
same.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked, running
from knooppunt.findings.branches import CARE
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import establishment_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_ESTABLISHMENTS = 1


def measure(contracts: Table, establishments: Table, *, on: date) -> Table:
    """Per object of a contracted provider: providers, with_care (those registered for care), match_quality."""
    paid = contracts.filter(running(contracts, on)).select(kvk="provider_kvk").distinct()
    active = active_and_linked(establishments, on)
    cares = active.filter(active.sbi.substr(0, 2).isin(CARE)).select("kvk").distinct().mutate(cares=1)
    there = active.semi_join(paid, "kvk")
    joined = there.left_join(cares, "kvk").drop("kvk_right")
    return joined.group_by("object_id").agg(
        providers=joined.kvk.nunique(),
        with_care=joined.kvk.nunique(where=joined.cares == 1),
        match_quality=joined.errors.max(),
    )


def find(contracts: Table, establishments: Table, *, on: date) -> Table:
    """The objects of contracted providers none of which is registered for care."""
    measured = measure(contracts, establishments, on=on)
    return measured.filter(measured.with_care < MINIMUM_ESTABLISHMENTS)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    contracts = inputs.see("contracts")
    paid = contracts.filter(running(contracts, inputs.on)).select(kvk="provider_kvk")
    records = [(active_and_linked(inputs.establishments, inputs.on).semi_join(paid, "kvk"), establishment_ref)]
    found = find(contracts, inputs.establishments, on=inputs.on)
    measured = measure(contracts, inputs.establishments, on=inputs.on)
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="with_care",
    peers=Text("adressen van zorgaanbieders", "addresses of care providers"),
    headline=Text("zorgcontract, geen zorg bij KVK", "care contract, no care in the trade register"),
    explanation=Text(
        "Een bedrijf op dit adres levert zorg in opdracht ({providers}), maar staat nergens ingeschreven voor zorg of "
        "welzijn (SBI 86, 87 of 88).",
        "A company at this address is paid for care ({providers}), but is nowhere registered for care or welfare (SBI "
        "86, 87 or 88).",
    ),
    values=("providers", "with_care"),
    how_many=True,
)
RULE = Rule(
    id="ZRG-01",
    version=1,
    title=Text("Zorgaanbieder zonder zorg in het Handelsregister", "Care provider not registered for care"),
    why=Text(
        "Wie voor zorg wordt betaald en ander werk doet, geeft die zorg misschien niet. Een holding die het contract "
        "houdt ziet er net zo uit.",
        "Who is paid for care and does other work may not give it. A holding that holds the contract looks the same.",
    ),
    computes=Text(
        "Vergelijkt de lijst van gecontracteerde zorgaanbieders met hun activiteiten (KVK).",
        "Compares the list of contracted care providers with their activities (KVK).",
    ),
    level="address",
    registers=("bag", "kvk", "contracts"),
    parameters=(proposed("minimum", MINIMUM_ESTABLISHMENTS, "vestiging met zorg", "establishment with care"),),
    false_positives=(
        Text("holding die het contract houdt", "a holding that holds the contract"),
        Text("zorg als nevenactiviteit", "care as a side activity"),
    ),
    not_done=(Text("Alleen de hoofdactiviteit wordt bekeken.", "Only the main activity is looked at."),),
    evaluate=evaluate,
)
