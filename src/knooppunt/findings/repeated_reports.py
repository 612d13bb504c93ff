"""Reports from several sides about one spot (MLD-01).

Why it matters: three reports in half a year from more than one kind of source say more than three of one neighbour.
Renewed street lights get reports too.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import linked, months_before
from knooppunt.findings.grid import close_together
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import record_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_REPORTS = 3
MINIMUM_SOURCES = 2
METRES = 50
MONTHS = 6


def lately(reports: Table, premises: Table, *, on: date) -> Table:
    """Linked reports of the months before the day `on`, with where their object is (at_x, at_y)."""
    since = months_before(on, MONTHS)
    recent = reports.filter(linked(reports) & (reports.reported_on > since) & (reports.reported_on <= on))
    return recent.join(premises.select("object_id", at_x="x", at_y="y"), "object_id")


def around(reports: Table, premises: Table, *, on: date) -> Table:
    """Every object with a report (object_id) beside every report within METRES of it."""
    recent = lately(reports, premises, on=on)
    spots = recent.select("object_id", sx="at_x", sy="at_y").distinct()
    return close_together(spots, recent.drop("object_id"), ("sx", "sy"), ("at_x", "at_y"), metres=METRES)


def measure(reports: Table, premises: Table, *, on: date) -> Table:
    """Per object with a report: reports and sources within METRES, match_quality, sx, sy."""
    pairs = around(reports, premises, on=on)
    return pairs.group_by("object_id", "sx", "sy").agg(
        reports=pairs.count(), sources=pairs.source.nunique(), match_quality=pairs.errors.max()
    )


def find(
    reports: Table,
    premises: Table,
    *,
    on: date,
    minimum: int = MINIMUM_REPORTS,
    sources: int = MINIMUM_SOURCES,
) -> Table:
    """Spots with at least `minimum` reports from at least `sources` kinds of source: the busiest object of each."""
    measured = measure(reports, premises, on=on)
    busy = measured.filter((measured.reports >= minimum) & (measured.sources >= sources))
    other = busy.select(other="object_id", ox="sx", oy="sy", more="reports")
    pairs = close_together(busy, other, ("sx", "sy"), ("ox", "oy"), metres=METRES)
    first = (pairs.more > pairs.reports) | ((pairs.more == pairs.reports) & (pairs.other < pairs.object_id))
    beaten = pairs.filter(first).select("object_id").distinct()
    return busy.anti_join(beaten, "object_id")


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    reports = inputs.see("reports")
    found, measured = find(reports, inputs.premises, on=inputs.on), measure(reports, inputs.premises, on=inputs.on)
    pairs = around(reports, inputs.premises, on=inputs.on)
    records = [(pairs, record_ref("reports", "category", "source", "reported_on"))]
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="address",
    by="reports",
    peers=Text("plekken met een melding", "spots with a report"),
    headline=Text("{reports} meldingen, {sources} soorten bronnen", "{reports} reports, {sources} kinds of source"),
    explanation=Text(
        "Binnen {metres} meter kwamen in {months} maanden {reports} meldingen, van {sources} soorten bronnen. De "
        "grenzen zijn {minimum} meldingen en {minimum_sources} soorten.",
        "Within {metres} metres {reports} reports came in {months} months, from {sources} kinds of source. The bounds "
        "are {minimum} reports and {minimum_sources} kinds.",
    ),
    values=("reports", "sources"),
    bounds={
        "metres": METRES,
        "months": MONTHS,
        "minimum": MINIMUM_REPORTS,
        "minimum_sources": MINIMUM_SOURCES,
    },
)
RULE = Rule(
    id="MLD-01",
    version=1,
    title=Text("Herhaalde meldingen van meer kanten", "Repeated reports from several sides"),
    why=Text(
        "Drie meldingen van meer dan één soort bron zeggen meer dan drie van dezelfde buur. Over een kapotte lantaarn "
        "komen ook meldingen.",
        "Three reports from more than one kind of source say more than three of one neighbour. A broken street light "
        "gets reports too.",
    ),
    computes=Text(
        "Telt per plek de meldingen binnen 50 meter in een half jaar, en van hoeveel soorten bronnen ze komen.",
        "Counts, per spot, the reports within 50 metres in half a year, and from how many kinds of source they come.",
    ),
    level="address",
    registers=("bag", "reports"),
    parameters=(
        proposed("minimum", MINIMUM_REPORTS, "meldingen", "reports"),
        proposed("sources", MINIMUM_SOURCES, "soorten bronnen", "kinds of source"),
        proposed("metres", METRES, "meter", "metres"),
        proposed("months", MONTHS, "maanden", "months"),
    ),
    false_positives=(
        Text("burenruzie", "a quarrel between neighbours"),
        Text("gewone meldingen over onderhoud", "ordinary reports about upkeep"),
    ),
    not_done=(
        Text(
            "De tekst van meldingen wordt niet gelezen, en wie meldde is niet bekend.",
            "The text of reports is not read, and who reported is not known.",
        ),
    ),
    evaluate=evaluate,
)
