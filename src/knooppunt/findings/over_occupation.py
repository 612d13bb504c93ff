"""Over-occupation: too many people on too few square metres (WON-01).

Why it matters: it can point to exploitation, unsafe room letting or address fraud. The area in the
register can also be wrong. The BRP takes part as counts per object only.
"""

from datetime import date
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from knooppunt.findings.homes import LEAST_AREA, MOST_AREA, homes_in_use
from knooppunt.findings.in_memory import answered
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import premises_ref, residents_ref
from knooppunt.findings.row_by_row import rows_of
from knooppunt.findings.rule import Answer, Found, Parameter, Rule, Text
from knooppunt.findings.shape import rows_about
from knooppunt.findings.standing import Spread, Usual
from knooppunt.findings.told import different, told_as, with_records

M2_PER_PERSON = 8.0  # less is over-occupied; domain rule WON-01 (RvIG's example: six adults on 40 m²)
MINIMUM_ADULTS = 5  # domain rule WON-01
_COUNTS = ("residents", "adults", "possible_residents")


def find(living: Table, *, m2_per_person: float = M2_PER_PERSON, minimum_adults: int = MINIMUM_ADULTS) -> Table:
    """One row per home in use with at least `minimum_adults` adults and less than `m2_per_person` each.

    Columns: object_id, floor_area (m²), residents, adults, possible_residents, m2_per_person. People
    who may live there, by an uncertain date, are shown and not counted.
    """
    homes = homes_in_use(living).select("object_id", "floor_area", *_COUNTS)
    crowded = (homes.adults >= minimum_adults) & (homes.floor_area < m2_per_person * homes.residents)
    return homes.filter(crowded).mutate(m2_per_person=homes.floor_area / homes.residents)


def lived_in_homes(living: Table) -> Table:
    """The lived-in homes with the room they have, in m² a person."""
    homes = homes_in_use(living).filter(lambda t: t.residents > 0)
    return homes.select("object_id", room=homes.floor_area / homes.residents)


def standing(row: dict[str, Any], spread: Spread) -> dict[str, Any]:
    """How a home stands among the lived-in ones: compared, their median and lowest percent, and the share with more."""
    return {
        "compared": spread.compared,
        "median": spread.quantile(0.5),
        "p1": spread.quantile(0.01),
        "percentile": spread.below(row["m2_per_person"], down=True),
    }


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    living = inputs.see("living")
    found = find(living)
    source = inputs.vault.delivery("brp").source_name

    def see(_: Usual) -> pa.Table:
        there = answered(found.order_by("object_id"))
        rows = rows_of(there)
        premises = {row["object_id"]: row for row in rows_about(inputs.premises, rows)}
        refs = {
            (row["object_id"], ""): [premises_ref(premises[row["object_id"]]), residents_ref(row, source)]
            for row in rows
        }
        return with_records(there, refs)

    def say(seen: pa.Table, usual: Usual) -> pa.Table:
        rows, places = different(seen)
        return told_as(seen, [_found(row | standing(row, usual.kind())) for row in rows], places)

    return Answer(
        lambda: Usual.of(lived_in_homes(living), "room"), see, say, lambda: str(ibis.to_sql(found, dialect="duckdb"))
    )


_HEADLINE = Text("{residents} bewoners, {floor_area} m²", "{residents} residents, {floor_area} m²")
_EXPLANATION = Text(
    nl="In deze woning van {floor_area} m² staan {residents} bewoners ingeschreven, onder wie {adults} volwassenen. "
    "Dat is {m2_per_person:.1f} m² per persoon; de grens is {bound:.0f} m² bij minstens {minimum} volwassenen. "
    "In de {compared} bewoonde woningen van de gemeente is {median:.0f} m² per persoon gebruikelijk.",
    en="{residents} residents are registered in this home of {floor_area} m², {adults} of them adults. That is "
    "{m2_per_person:.1f} m² a person; the bound is {bound:.0f} m² with at least {minimum} adults. In the "
    "{compared} lived-in homes of the municipality, {median:.0f} m² a person is usual.",
)
_VALUES = ("floor_area", "residents", "adults", "possible_residents", "m2_per_person")


def _found(row: dict[str, Any]) -> Found:
    return Found(
        object_id=0,  # that of each row alike
        values={key: row[key] for key in _VALUES},
        headline=_HEADLINE.format(**row),
        explanation=_EXPLANATION.format(bound=M2_PER_PERSON, minimum=MINIMUM_ADULTS, **row),
        peers={key: row[key] for key in ("compared", "median", "p1", "percentile")},
        refs=(),
        match_quality=None,
    )


_NEAR_RVIG = Text(
    "voorstel bij deze regel; het voorbeeld van de RvIG is zes volwassenen op 40 m²",
    "a proposal with this rule; RvIG's example is six adults on 40 m²",
)
_PLACEHOLDERS = Text(
    "voorstel: erbuiten is de oppervlakte in de BAG vaak niet ingevuld",
    "a proposal: outside it the area in the BAG is often not filled in",
)

RULE = Rule(
    id="WON-01",
    version=1,
    title=Text("Overbewoning", "Over-occupation"),
    why=Text(
        "Veel mensen op weinig vierkante meters kan wijzen op uitbuiting, onveilige kamerverhuur of adresfraude. De "
        "oppervlakte in de BAG kan ook verkeerd zijn.",
        "Many people on few square metres can point to exploitation, unsafe room letting or address fraud. The area in "
        "the BAG can also be wrong.",
    ),
    computes=Text(
        "Deelt de oppervlakte van een woning (BAG) door het aantal bewoners op de peildatum (BRP, alleen aantallen).",
        "Divides the floor area of a home (BAG) by the number of residents on the day (BRP, numbers only).",
    ),
    level="address",
    registers=("bag", "brp"),
    parameters=(
        Parameter("m2_per_person", M2_PER_PERSON, Text("m² per persoon", "m² a person"), _NEAR_RVIG),
        Parameter("minimum_adults", MINIMUM_ADULTS, Text("volwassenen", "adults"), _NEAR_RVIG),
        Parameter("least_area", LEAST_AREA, Text("m² en meer", "m² and more"), _PLACEHOLDERS),
        Parameter("most_area", MOST_AREA, Text("m² en minder", "m² and less"), _PLACEHOLDERS),
    ),
    false_positives=(
        Text("studentenhuis", "student house"),
        Text("zorginstelling", "care institution"),
        Text("verkeerde oppervlakte in de BAG", "wrong area in the BAG"),
        Text("recente verbouwing die nog niet is ingemeten", "recent rebuild not measured yet"),
    ),
    not_done=(
        Text(
            "Mogelijke bewoners (onzekere datum) tellen niet mee; hun aantal staat erbij.",
            "Possible residents (uncertain date) do not count; their number is shown.",
        ),
    ),
    review_on=date(2027, 11, 1),
    owner_role="analyst",
    evaluate=evaluate,
    reach="object",
)
