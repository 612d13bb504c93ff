"""Something in the BAG does not add up (BAG-01).

Why it matters: what is not registered well cannot be looked at well. Mostly the registration lags, and then it is to be
reported back (BAG, terugmeldplicht).
"""

from dataclasses import replace

import ibis
from ibis.expr.types import Table

from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import building_ref
from knooppunt.findings.rule import Answer, Found, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer, filled

OUT_OF_USE = "Verblijfsobject buiten gebruik"
NO_YEAR = 9999  # seen in real deliveries
MINIMUM = 1
KINDS = {
    "out_of_use": Text("buiten gebruik, maar bewoond", "out of use, but lived in"),
    "no_year": Text("bouwjaar onbekend (9999)", "year of building unknown (9999)"),
    "investigated": Text("gegevens in onderzoek", "facts under investigation"),
    "seen_only": Text("gezien zonder vergunning (geconstateerd)", "seen without a permit (geconstateerd)"),
}


def measure(premises: Table, buildings: Table, investigations: Table, residents: Table) -> Table:
    """Per object and kind of irregularity (part): number, which is 1, and residents.

    The few objects with something come first; only to those residents are joined.
    """
    years = buildings.filter(buildings.built_year == NO_YEAR).select("building_id")
    doubted = investigations.select("object_id").distinct()
    parts = {
        "out_of_use": premises.filter(premises.status == OUT_OF_USE),
        "no_year": premises.semi_join(years, "building_id"),
        "investigated": premises.semi_join(doubted, "object_id"),
        "seen_only": premises.filter(premises.established.fill_null(False)),  # noqa: FBT003  ibis takes it by position
    }
    told = ibis.union(
        *(rows.select("object_id", part=ibis.literal(kind), number=ibis.literal(1)) for kind, rows in parts.items())
    )
    joined = told.left_join(residents.select("object_id", "residents"), "object_id").drop("object_id_right")
    counted = joined.mutate(residents=joined.residents.fill_null(0))
    counted = counted.filter((counted.part != "out_of_use") | (counted.residents > 0))
    return counted.select("object_id", "residents", "part", "number")


def find(premises: Table, buildings: Table, investigations: Table, residents: Table) -> Table:
    """Every object with an irregularity; each kind is a finding of its own."""
    return measure(premises, buildings, investigations, residents)


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    buildings = inputs.see("buildings")
    found = find(inputs.premises, buildings, inputs.see("investigations"), inputs.residents)
    places = inputs.premises.select("object_id", "building_id")
    years = buildings.filter(buildings.built_year == NO_YEAR).join(places, "building_id")
    behind = years.mutate(part=ibis.literal("no_year"))
    records = [(behind, lambda row: building_ref(row | {"object_id": row["building_id"]}))]
    return answer(inputs, found, SHAPE, measured=found, records=records)


def _named(found: Found) -> Found:
    """Say in words which kind of irregularity it is."""
    kind = KINDS[found.part]
    words = {"kind_nl": kind.nl, "kind_en": kind.en, "residents": found.values["residents"]}
    return replace(
        found,
        headline=filled(Text("{kind_nl}", "{kind_en}"), words, SHAPE.peers),
        explanation=filled(_EXPLANATION, words, SHAPE.peers),
    )


_EXPLANATION = Text(
    "In de BAG klopt hier iets niet: {kind_nl}. Er staan {residents} bewoners ingeschreven. Meestal loopt de "
    "registratie achter; meld dan terug.",
    "Something in the BAG does not add up here: {kind_en}. {residents} residents are registered. Mostly the "
    "registration lags; then report it back.",
)
SHAPE = Shape(
    level="address",
    by="number",
    peers=Text("objecten met iets dat niet klopt", "objects with something that does not add up"),
    headline=Text("", ""),
    explanation=Text("", ""),
    values=("residents",),
    how_many=True,
    named=_named,
)
RULE = Rule(
    id="BAG-01",
    version=1,
    title=Text("Onregelmatigheid in de BAG", "Irregularity in the BAG"),
    why=Text(
        "Wat niet goed geregistreerd is, kan niet goed worden bekeken. Meestal loopt de registratie achter, en dan "
        "hoort er een terugmelding.",
        "What is not registered well cannot be looked at well. Mostly the registration lags, and then it is to be "
        "reported back.",
    ),
    computes=Text(
        "Zoekt objecten buiten gebruik met bewoners, zonder bouwjaar, in onderzoek, of gezien zonder vergunning (BAG, "
        "BRP).",
        "Looks for objects out of use with residents, without a year, under investigation, or seen without a permit "
        "(BAG, BRP).",
    ),
    level="address",
    registers=("bag", "brp"),
    parameters=(proposed("minimum", MINIMUM, "onregelmatigheid", "irregularity"),),
    false_positives=(
        Text("achterstand in de registratie", "the registration lags"),
        Text("historisch pand waarvan het jaar niet bekend is", "an old building whose year is not known"),
    ),
    not_done=(),
    evaluate=evaluate,
    reach="object",
)
