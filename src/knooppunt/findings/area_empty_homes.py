"""A neighbourhood with more long-empty homes than its like (GEB-01).

Why it matters: where many homes stand empty, control is thin. It can also be a rebuild of a whole street. A figure
about an area says nothing of one home in it.
"""

from ibis.expr.types import Table

from knooppunt.findings import long_empty
from knooppunt.findings.areas import DEVIATIONS, FEWEST_AREAS, MINIMUM_CELL, against_alike
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import record_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer


def measure(living: Table, area_of: Table, neighbourhoods: Table) -> Table:
    """Per neighbourhood: counted (long-empty homes), total (homes), share in percent, and z among its like."""
    homes = long_empty.measure(living).join(area_of, "object_id")
    counted = homes.group_by("area_id").agg(counted=homes.empty.sum(), total=homes.count())
    named = counted.join(neighbourhoods.select("area_id", "urbanity"), "area_id").rename(object_id="area_id")
    return against_alike(named.mutate(share=100 * named.counted / named.total))


def find(living: Table, area_of: Table, neighbourhoods: Table, *, deviations: float = DEVIATIONS) -> Table:
    """The neighbourhoods whose share of long-empty homes lies at least `deviations` above that of their like."""
    return measure(living, area_of, neighbourhoods).filter(lambda t: t.z >= deviations)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    areas = inputs.see("neighbourhoods")
    given = (inputs.see("living"), inputs.see("area_of"), areas)
    records = [(areas.rename(object_id="area_id"), record_ref("neighbourhoods", "households", "urbanity"))]
    return answer(inputs, find(*given), SHAPE, measured=measure(*given), records=records)


SHAPE = Shape(
    level="area",
    by="share",
    peers=Text("buurten (procent lege woningen)", "neighbourhoods (percent of homes empty)"),
    headline=Text("{share}% van de woningen leeg", "{share}% of homes empty"),
    explanation=Text(
        "In deze buurt staan {counted} van de {total} woningen een half jaar zonder bewoners: {share}%. In {areas} "
        "buurten met dezelfde stedelijkheid is {usual}% gewoon. De grens is {deviations} standaardafwijkingen.",
        "In this neighbourhood {counted} of the {total} homes have had no residents for half a year: {share}%. In "
        "{areas} neighbourhoods of the same urbanity {usual}% is ordinary. The bound is {deviations} standard "
        "deviations.",
    ),
    values=("counted", "total", "share", "usual", "areas", "z"),
    bounds={"deviations": DEVIATIONS},
)
_BOUNDS = (
    proposed("deviations", DEVIATIONS, "standaardafwijkingen", "standard deviations"),
    proposed("cell", MINIMUM_CELL, "kleinste aantal", "smallest number"),
    proposed("alike", FEWEST_AREAS, "vergelijkbare buurten", "comparable neighbourhoods"),
)
RULE = Rule(
    id="GEB-01",
    version=1,
    title=Text("Buurt met veel lege woningen", "Neighbourhood with many empty homes"),
    why=Text(
        "Waar veel woningen leeg staan, is weinig sociale controle. Het kan ook een verbouwing van een hele straat "
        "zijn. Een cijfer over een buurt zegt niets over één woning.",
        "Where many homes stand empty, there is little social control. It can also be a rebuild of a whole street. A "
        "figure about a neighbourhood says nothing of one home.",
    ),
    computes=Text(
        "Vergelijkt het deel lange lege woningen (WON-03) met dat van buurten met dezelfde stedelijkheid (CBS).",
        "Compares the share of long-empty homes (WON-03) with that of neighbourhoods of the same urbanity (CBS).",
    ),
    level="area",
    registers=("bag", "brp", "areas", "areamap"),
    parameters=_BOUNDS,
    false_positives=(
        Text("sloop of verbouwing van een blok", "a block to be pulled down or rebuilt"),
        Text("recreatiewoningen", "holiday homes"),
    ),
    not_done=(
        Text(
            "Aantallen onder de tien worden niet genoemd en niet vergeleken.",
            "Numbers below ten are neither told nor compared.",
        ),
    ),
    evaluate=evaluate,
)
