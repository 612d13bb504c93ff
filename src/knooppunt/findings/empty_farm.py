"""A farm building without a farm (BUI-01).

Why it matters: an empty shed out of sight is asked for by people who need room that nobody sees. A retired farmer's
shed looks the same.
"""

from datetime import date

from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked, linked
from knooppunt.findings.branches import FARMING
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import establishment_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

LEAST_FOOTPRINT = 200  # m²
IN_USE = ("Pand in gebruik", "Pand in gebruik (niet ingemeten)", "Verbouwing pand")


def former_farms(establishments: Table, premises: Table, *, on: date) -> Table:
    """Farming establishments that ended before the day `on`, with their building as object_id."""
    farms = establishments.filter(
        linked(establishments) & establishments.sbi.substr(0, 2).isin(FARMING) & (establishments.ended_on <= on)
    )
    places = premises.filter(premises.building_id.notnull()).select("object_id", "building_id")
    return farms.join(places, "object_id").drop("object_id").rename(object_id="building_id")


def measure(establishments: Table, premises: Table, buildings: Table, *, on: date) -> Table:
    """Per building in use where a farm was: footprint, companies now, ended_on of the last farm, match_quality."""
    farms = former_farms(establishments, premises, on=on)
    ended = farms.group_by("object_id").agg(farm_ended_on=farms.ended_on.max(), match_quality=farms.errors.max())
    standing = buildings.filter(buildings.status.isin(IN_USE)).select("building_id", "footprint")
    here = ended.join(standing, ended.object_id == standing.building_id).drop("building_id")
    places = premises.semi_join(here, premises.building_id == here.object_id).select("object_id", "building_id")
    active = active_and_linked(establishments, on).join(places, "object_id")
    now = active.group_by("building_id").agg(companies=active.kvk.nunique())
    joined = here.left_join(now, here.object_id == now.building_id).drop("building_id")
    return joined.mutate(companies=joined.companies.fill_null(0))


def find(
    establishments: Table, premises: Table, buildings: Table, *, on: date, least: float = LEAST_FOOTPRINT
) -> Table:
    """The buildings of more than `least` m² where a farm was and no company is on the day `on`."""
    measured = measure(establishments, premises, buildings, on=on)
    return measured.filter((measured.companies == 0) & (measured.footprint > least))


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    given = (inputs.establishments, inputs.premises, inputs.see("buildings"))
    records = [(former_farms(inputs.establishments, inputs.premises, on=inputs.on), establishment_ref)]
    found, measured = find(*given, on=inputs.on), measure(*given, on=inputs.on)
    return answer(inputs, found, SHAPE, measured=measured, records=records)


SHAPE = Shape(
    level="building",
    by="footprint",
    peers=Text("panden waar een boerderij was (m²)", "buildings where a farm was (m²)"),
    headline=Text("{footprint} m², geen bedrijf meer", "{footprint} m², no company any more"),
    explanation=Text(
        "In dit pand van {footprint} m² stond een agrarisch bedrijf tot {farm_ended_on}. Nu staat er geen bedrijf. De "
        "grens is {least} m².",
        "In this building of {footprint} m² a farm was registered until {farm_ended_on}. Now no company is. The bound "
        "is {least} m².",
    ),
    values=("footprint", "farm_ended_on"),
    bounds={"least": LEAST_FOOTPRINT},
)
RULE = Rule(
    id="BUI-01",
    version=1,
    title=Text("Boerderij zonder bedrijf", "Farm building without a farm"),
    why=Text(
        "Een lege schuur uit het zicht is gewild bij wie ruimte zoekt die niemand ziet. De schuur van een boer in "
        "ruste ziet er net zo uit.",
        "An empty shed out of sight is wanted by who needs room that nobody sees. The shed of a retired farmer looks "
        "the same.",
    ),
    computes=Text(
        "Zoekt panden in gebruik (BAG) waar een agrarisch bedrijf is gestopt en geen bedrijf meer staat (KVK).",
        "Looks for buildings in use (BAG) where a farm ended and no company is registered any more (KVK).",
    ),
    level="building",
    registers=("bag", "kvk"),
    parameters=(proposed("least", LEAST_FOOTPRINT, "m² grondvlak", "m² of ground"),),
    false_positives=(
        Text("hobbyboer of boer in ruste", "hobby farmer or retired farmer"),
        Text("verpacht aan een bedrijf op een ander adres", "let to a company at another address"),
    ),
    not_done=(
        Text("Schuren zonder eigen adres worden niet gezien.", "Sheds without an address of their own are not seen."),
    ),
    evaluate=evaluate,
)
