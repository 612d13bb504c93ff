"""A place open to guests without a permit (HOR-01).

Why it matters: who runs such a place without a permit was not looked at. Mostly the permit is on its way, or the
kitchen only delivers.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked, linked, running
from knooppunt.findings.branches import HORECA
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import establishment_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_PERMITS = 1
KINDS = ("horeca", "alcohol")


def places(establishments: Table, *, on: date) -> Table:
    """Active restaurants, snack bars and cafés."""
    return active_and_linked(establishments, on).filter(lambda t: t.branch.isin(HORECA))


def valid_permits(permits: Table, *, on: date) -> Table:
    """Permits to be open to guests that hold on the day `on`."""
    return permits.filter(
        linked(permits) & running(permits, on) & permits.kind.isin(KINDS) & (permits.status == "valid")
    )


def measure(establishments: Table, permits: Table, *, on: date) -> Table:
    """Per object with such a place: businesses, permits, match_quality."""
    there = places(establishments, on=on)
    counted = there.group_by("object_id").agg(businesses=there.kvk.nunique(), match_quality=there.errors.max())
    valid = valid_permits(permits, on=on).group_by("object_id").agg(permits=lambda t: t.count())
    joined = counted.left_join(valid, "object_id").drop("object_id_right")
    return joined.mutate(permits=joined.permits.fill_null(0))


def find(establishments: Table, permits: Table, *, on: date) -> Table:
    """The objects with such a place and no valid permit on the day `on`."""
    return measure(establishments, permits, on=on).filter(lambda t: t.permits < MINIMUM_PERMITS)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    permits = inputs.see("permits")
    measured = measure(inputs.establishments, permits, on=inputs.on)
    found = find(inputs.establishments, permits, on=inputs.on)
    records = [(places(inputs.establishments, on=inputs.on), establishment_ref)]
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="permits",
    peers=Text("adressen met horeca", "addresses with a restaurant or café"),
    headline=Text("{businesses} horecabedrijf, geen vergunning", "{businesses} place for guests, no permit"),
    explanation=Text(
        "Hier staat horeca ingeschreven ({businesses} bedrijf), maar er geldt geen exploitatie- of "
        "Alcoholwetvergunning op dit adres.",
        "A restaurant, snack bar or café is registered here ({businesses}), but no operating or alcohol permit holds "
        "at this address.",
    ),
    values=("businesses", "permits"),
    how_many=True,
)
RULE = Rule(
    id="HOR-01",
    version=1,
    title=Text("Horeca zonder vergunning", "Place for guests without a permit"),
    why=Text(
        "Naar wie zonder vergunning horeca uitbaat, is niet gekeken. Meestal is de vergunning onderweg, of bezorgt de "
        "keuken alleen.",
        "Who runs such a place without a permit was not looked at. Mostly the permit is on its way, or the kitchen "
        "only delivers.",
    ),
    computes=Text(
        "Zoekt horeca (KVK) op adressen zonder geldige exploitatie- of Alcoholwetvergunning.",
        "Looks for restaurants, snack bars and cafés (KVK) at addresses without a valid permit.",
    ),
    level="address",
    registers=("bag", "kvk", "permits"),
    parameters=(proposed("minimum", MINIMUM_PERMITS, "vergunning", "permit"),),
    false_positives=(
        Text("alleen bezorgen of koken aan huis", "only delivering, or cooking at home"),
        Text("vrijgesteld van de vergunning", "exempt from the permit"),
        Text("aanvraag loopt", "an application is pending"),
    ),
    not_done=(Text("Catering (SBI 562) telt niet als horeca.", "Catering (SBI 562) does not count."),),
    evaluate=evaluate,
    reach="object",
)
