"""A neighbourhood with more reports than its like (GEB-02).

Why it matters: where people report much, something is the matter, or people report easily. Compare with neighbourhoods
alike before drawing anything from it.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import linked, months_before
from knooppunt.findings.areas import DEVIATIONS, FEWEST_AREAS, MINIMUM_CELL, against_alike
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import record_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MONTHS = 12


def measure(reports: Table, area_of: Table, neighbourhoods: Table, *, on: date) -> Table:
    """Per neighbourhood: counted (reports in a year), total (inhabitants), share per 1,000, and z among its like."""
    since = months_before(on, MONTHS)
    recent = reports.filter(linked(reports) & (reports.reported_on > since) & (reports.reported_on <= on))
    there = recent.join(area_of, "object_id")
    counted = there.group_by("area_id").agg(counted=there.count())
    known = neighbourhoods.filter(neighbourhoods.inhabitants > 0)
    named = known.select("area_id", "urbanity", total="inhabitants").left_join(counted, "area_id")
    named = named.drop("area_id_right").rename(object_id="area_id")
    named = named.mutate(counted=named.counted.fill_null(0))
    return against_alike(named.mutate(share=1000 * named.counted / named.total))


def find(reports: Table, area_of: Table, neighbourhoods: Table, *, on: date, deviations: float = DEVIATIONS) -> Table:
    """The neighbourhoods whose reports per 1,000 inhabitants lie at least `deviations` above those of their like."""
    return measure(reports, area_of, neighbourhoods, on=on).filter(lambda t: t.z >= deviations)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    areas = inputs.see("neighbourhoods")
    given = (inputs.see("reports"), inputs.see("area_of"), areas)
    records = [(areas.rename(object_id="area_id"), record_ref("neighbourhoods", "inhabitants", "urbanity"))]
    found, measured = find(*given, on=inputs.on), measure(*given, on=inputs.on)
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="area",
    by="share",
    peers=Text("buurten (meldingen per 1.000 inwoners)", "neighbourhoods (reports per 1,000 inhabitants)"),
    headline=Text("{share} meldingen per 1.000 inwoners", "{share} reports per 1,000 inhabitants"),
    explanation=Text(
        "In deze buurt met {total} inwoners kwamen in {months} maanden {counted} meldingen: {share} per 1.000. In "
        "{areas} buurten met dezelfde stedelijkheid is {usual} gewoon. De grens is {deviations} standaardafwijkingen.",
        "In this neighbourhood of {total} inhabitants {counted} reports came in {months} months: {share} per 1,000. In "
        "{areas} neighbourhoods of the same urbanity {usual} is ordinary. The bound is {deviations} standard "
        "deviations.",
    ),
    values=("counted", "total", "share", "usual", "areas", "z"),
    bounds={"months": MONTHS, "deviations": DEVIATIONS},
)
RULE = Rule(
    id="GEB-02",
    version=1,
    title=Text("Buurt met veel meldingen", "Neighbourhood with many reports"),
    why=Text(
        "Waar veel wordt gemeld is iets aan de hand, of melden mensen makkelijk. Vergelijk eerst met andere buurten.",
        "Where people report much, something is the matter, or people report easily. Compare with other neighbourhoods "
        "first.",
    ),
    computes=Text(
        "Vergelijkt de meldingen per 1.000 inwoners met die van buurten met dezelfde stedelijkheid (CBS).",
        "Compares the reports per 1,000 inhabitants with those of neighbourhoods of the same urbanity (CBS).",
    ),
    level="area",
    registers=("bag", "reports", "areas", "areamap"),
    parameters=(
        proposed("deviations", DEVIATIONS, "standaardafwijkingen", "standard deviations"),
        proposed("cell", MINIMUM_CELL, "kleinste aantal", "smallest number"),
        proposed("alike", FEWEST_AREAS, "vergelijkbare buurten", "comparable neighbourhoods"),
        proposed("months", MONTHS, "maanden", "months"),
    ),
    false_positives=(
        Text("centrum of evenemententerrein met veel bezoekers", "a centre or event ground with many visitors"),
        Text("actieve buurtgroep die veel meldt", "an active group of residents that reports much"),
    ),
    not_done=(
        Text(
            "Aantallen onder de tien worden niet genoemd en niet vergeleken.",
            "Numbers below ten are neither told nor compared.",
        ),
    ),
    evaluate=evaluate,
)
