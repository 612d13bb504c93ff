"""One leadership behind care at many addresses (ZRG-02).

Why it matters: in Breda a signal about one care office led to fourteen premises of one group, without care. A chain
of good repute looks the same.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked
from knooppunt.findings.branches import CARE
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import establishment_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_PREMISES = 5


def members(establishments: Table, networks: Table, *, on: date) -> Table:
    """Active care establishments with the network of companies they are in; part is the network."""
    active = active_and_linked(establishments, on)
    cares = active.filter(active.sbi.substr(0, 2).isin(CARE))
    joined = cares.join(networks.select("kvk", "network"), "kvk")
    return joined.mutate(part=joined.network.cast("string"))


def measure(establishments: Table, networks: Table, *, on: date) -> Table:
    """Per network the first of its premises (object_id, part): premises, companies, match_quality."""
    there = members(establishments, networks, on=on)
    return there.group_by("part").agg(
        object_id=there.object_id.min(),
        premises=there.object_id.nunique(),
        companies=there.kvk.nunique(),
        match_quality=there.errors.max(),
    )


def find(establishments: Table, networks: Table, *, on: date, minimum: int = MINIMUM_PREMISES) -> Table:
    """The networks of several companies with care at at least `minimum` addresses."""
    measured = measure(establishments, networks, on=on)
    return measured.filter((measured.premises >= minimum) & (measured.companies > 1))


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    networks = inputs.see("networks")
    found = find(inputs.establishments, networks, on=inputs.on)
    there = members(inputs.establishments, networks, on=inputs.on)
    first = found.select("part", first_object="object_id")
    behind = there.join(first, "part").drop("object_id").rename(object_id="first_object")
    measured = measure(inputs.establishments, networks, on=inputs.on)
    return answer(inputs, found, SHAPE, measured=measured, records=[(behind, establishment_ref)])


SHAPE = Shape(
    level="address",
    by="premises",
    peers=Text("groepen zorgbedrijven met dezelfde leiding", "groups of care companies with the same leadership"),
    headline=Text("één leiding, {premises} adressen met zorg", "one leadership, {premises} addresses with care"),
    explanation=Text(
        "{companies} zorgbedrijven met een gedeelde bestuurder staan op {premises} adressen; dit is het eerste "
        "daarvan. De grens is {minimum}. Wie de bestuurder is, staat niet in dit signaal.",
        "{companies} care companies that share a director are at {premises} addresses; this is the first of them. The "
        "bound is {minimum}. Who the director is, is not in this finding.",
    ),
    values=("premises", "companies"),
    bounds={"minimum": MINIMUM_PREMISES},
)
RULE = Rule(
    id="ZRG-02",
    version=1,
    title=Text("Eén leiding, veel adressen met zorg", "One leadership, care at many addresses"),
    why=Text(
        "In Breda leidde een signaal over één zorgbureau naar veertien panden van één groep, zonder zorg. Een keten "
        "met een goede naam ziet er net zo uit.",
        "In Breda a signal about one care office led to fourteen premises of one group, without care. A chain of good "
        "repute looks the same.",
    ),
    computes=Text(
        "Neemt zorgbedrijven met een gedeelde bestuurder samen (Handelsregister) en telt hun adressen.",
        "Takes care companies that share a director together (trade register) and counts their addresses.",
    ),
    level="address",
    registers=("bag", "kvk", "hr"),
    parameters=(proposed("minimum", MINIMUM_PREMISES, "adressen", "addresses"),),
    false_positives=(
        Text("keten of coöperatie", "a chain or cooperative"),
        Text("toezichthouder die bij meer instellingen zit", "one director with several institutions"),
    ),
    not_done=(Text("Familiebanden en aandelen worden niet gebruikt.", "Family ties and shares are not used."),),
    evaluate=evaluate,
)
