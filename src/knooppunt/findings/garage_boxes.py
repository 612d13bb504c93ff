"""Reports about a row of garage boxes (VAS-07).

Why it matters: garage boxes are cheap, anonymous and seldom looked into. Several reports about one row are a reason to
go and see.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import linked, months_before
from knooppunt.findings.homes import GARAGE
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import record_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_REPORTS = 2
MINIMUM_BOXES = 10
SMALLEST, LARGEST = 10, 30  # m²
MONTHS = 12


def boxes(premises: Table) -> Table:
    """Objects as large as a garage box with no other use."""
    size = premises.floor_area.between(SMALLEST, LARGEST)
    return premises.filter((premises.use == GARAGE) & size & premises.street_id.notnull())


def reported(reports: Table, premises: Table, *, on: date) -> Table:
    """Reports of the last year about a box, with its street as object_id."""
    since = months_before(on, MONTHS)
    lately = reports.filter(linked(reports) & (reports.reported_on > since) & (reports.reported_on <= on))
    streets = boxes(premises).select("object_id", "street_id")
    return lately.join(streets, "object_id").drop("object_id").rename(object_id="street_id")


def measure(premises: Table, reports: Table, *, on: date, minimum: int = MINIMUM_BOXES) -> Table:
    """Per street with at least `minimum` boxes: boxes, reports, match_quality."""
    there = boxes(premises)
    rows = there.group_by(object_id=there.street_id).agg(boxes=there.count()).filter(lambda t: t.boxes >= minimum)
    about = reported(reports, premises, on=on)
    counted = about.group_by("object_id").agg(reports=about.count(), match_quality=about.errors.max())
    joined = rows.left_join(counted, "object_id").drop("object_id_right")
    return joined.mutate(reports=joined.reports.fill_null(0))


def find(premises: Table, reports: Table, *, on: date, minimum: int = MINIMUM_REPORTS) -> Table:
    """The streets with a row of boxes that at least `minimum` reports were about in a year."""
    return measure(premises, reports, on=on).filter(lambda t: t.reports >= minimum)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    reports = inputs.see("reports")
    found, measured = find(inputs.premises, reports, on=inputs.on), measure(inputs.premises, reports, on=inputs.on)
    about = reported(reports, inputs.premises, on=inputs.on)
    records = [(about, record_ref("reports", "category", "source", "reported_on"))]
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="street",
    by="reports",
    peers=Text("rijen garageboxen", "rows of garage boxes"),
    headline=Text("{reports} meldingen over {boxes} garageboxen", "{reports} reports about {boxes} garage boxes"),
    explanation=Text(
        "In deze straat staan {boxes} garageboxen. In {months} maanden gingen {reports} meldingen daarover. De grenzen "
        "zijn {minimum_boxes} boxen en {minimum} meldingen.",
        "There are {boxes} garage boxes in this street. In {months} months {reports} reports were about them. The "
        "bounds are {minimum_boxes} boxes and {minimum} reports.",
    ),
    values=("boxes", "reports"),
    bounds={"months": MONTHS, "minimum": MINIMUM_REPORTS, "minimum_boxes": MINIMUM_BOXES},
)
RULE = Rule(
    id="VAS-07",
    version=1,
    title=Text("Meldingen over garageboxen", "Reports about garage boxes"),
    why=Text(
        "Garageboxen zijn goedkoop, anoniem en worden zelden bekeken. Meer meldingen over één rij zijn een reden om te "
        "gaan kijken.",
        "Garage boxes are cheap, anonymous and seldom looked into. Several reports about one row are a reason to go "
        "and see.",
    ),
    computes=Text(
        "Zoekt straten met veel kleine objecten zonder ander gebruik (BAG) en telt de meldingen daarover in een jaar.",
        "Looks for streets with many small objects without another use (BAG) and counts the reports about them in a "
        "year.",
    ),
    level="street",
    registers=("bag", "reports"),
    parameters=(
        proposed("minimum", MINIMUM_REPORTS, "meldingen", "reports"),
        proposed("boxes", MINIMUM_BOXES, "boxen", "boxes"),
        proposed("smallest", SMALLEST, "m² en meer", "m² and more"),
        proposed("largest", LARGEST, "m² en minder", "m² and less"),
        proposed("months", MONTHS, "maanden", "months"),
    ),
    false_positives=(
        Text("bergingen bij een flat", "storage rooms of a block of flats"),
        Text("meldingen over afval of verlichting", "reports about waste or lighting"),
    ),
    not_done=(),
    evaluate=evaluate,
)
