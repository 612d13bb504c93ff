"""An address where people come and go (WON-04, doorgangsadres).

Why it matters: many moves can point to exploitation of newcomers or to addresses that are sold for registration. A
shelter or a student flat looks the same.
"""

from dataclasses import replace

import ibis
from ibis.expr.types import Table

from knooppunt.findings.homes import homes_in_use
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import counts_ref
from knooppunt.findings.rule import Answer, Rule, Text, proposed
from knooppunt.findings.shape import Shape, answer

MINIMUM_MOVES = 8
TIMES_MEDIAN = 3


def measure(living: Table) -> Table:
    """Per home in use that somebody moved to or from in two years: moves, moved_in, moved_out."""
    homes = homes_in_use(living).select("object_id", "moved_in", "moved_out")
    return homes.mutate(moves=homes.moved_in + homes.moved_out).filter(lambda t: t.moves > 0)


def often(living: Table, *, minimum: int = MINIMUM_MOVES) -> Table:
    """The homes with at least `minimum` days on which somebody moved."""
    return measure(living).filter(lambda t: t.moves >= minimum)


def find(living: Table, *, minimum: int = MINIMUM_MOVES, times: float = TIMES_MEDIAN) -> Table:
    """Those of them with `times` what is usual where people move."""
    measured = measure(living)
    compared = often(living, minimum=minimum).cross_join(measured.agg(usual=measured.moves.median()))
    return compared.filter(compared.moves >= times * compared.usual).drop("usual")


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    living = inputs.see("living")
    moving = often(living)
    told = counts_ref(inputs.vault.delivery("brp").source_name, "moved_in", "moved_out")
    given = answer(
        inputs, moving, SHAPE, measured=measure(living), records=[(moving, told)],
        beyond=lambda row, spread: bool(row["moves"] >= TIMES_MEDIAN * spread.quantile(0.5)),
    )  # fmt: skip
    return replace(given, sql=lambda: str(ibis.to_sql(find(living), dialect="duckdb")))


SHAPE = Shape(
    level="address",
    by="moves",
    peers=Text("woningen waar in twee jaar werd verhuisd", "homes that people moved to or from in two years"),
    headline=Text("{moves} verhuisdagen in twee jaar", "{moves} moving days in two years"),
    explanation=Text(
        "In twee jaar kwamen op {moved_in} dagen mensen hier wonen, en vertrokken er op {moved_out} dagen. Een gezin "
        "dat samen verhuist telt één keer. De grens is {minimum} dagen, en {times} keer wat gebruikelijk is.",
        "In two years people came to live here on {moved_in} days, and left on {moved_out} days. A family that moves "
        "together counts once. The bound is {minimum} days, and {times} times what is usual.",
    ),
    values=("moves", "moved_in", "moved_out"),
    bounds={"minimum": MINIMUM_MOVES, "times": TIMES_MEDIAN},
)
RULE = Rule(
    id="WON-04",
    version=1,
    title=Text("Doorgangsadres", "Address where people come and go"),
    why=Text(
        "Veel komen en gaan kan wijzen op uitbuiting van nieuwkomers of op handel in inschrijvingen. Opvang en "
        "studentenhuizen zien er net zo uit.",
        "Much coming and going can point to exploitation of newcomers or to trade in registrations. Shelters and "
        "student houses look the same.",
    ),
    computes=Text(
        "Telt per woning de dagen in twee jaar waarop iemand kwam of vertrok (BRP, alleen aantallen).",
        "Counts, per home, the days in two years on which somebody came or left (BRP, numbers only).",
    ),
    level="address",
    registers=("bag", "brp"),
    parameters=(
        proposed("minimum", MINIMUM_MOVES, "verhuisdagen", "moving days"),
        proposed("times", TIMES_MEDIAN, "maal gebruikelijk", "times what is usual"),
    ),
    false_positives=(
        Text("opvang of azc", "shelter or reception centre"),
        Text("studentenhuis", "student house"),
        Text("tijdelijke verhuur met vergunning", "temporary letting with a permit"),
    ),
    not_done=(
        Text("Verhuizingen met een onzekere datum tellen niet mee.", "Moves with an uncertain date do not count."),
    ),
    evaluate=evaluate,
    reach="object",
)
