"""Many companies at one address (BED-01).

Why it matters: a high count can point to letterbox companies. It can also be a normal
multi-tenant building, so this finding asks for a look, never for a conclusion.
"""

from datetime import date
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked
from knooppunt.findings.in_memory import answered
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import ESTABLISHMENT_REF, establishment_ref, premises_ref
from knooppunt.findings.row_by_row import rows_of
from knooppunt.findings.rule import Answer, Found, Parameter, Ref, Rule, Text
from knooppunt.findings.shape import rows_about
from knooppunt.findings.standing import Spread, Usual
from knooppunt.findings.told import different, told_as, with_records

MINIMUM_COMPANIES = 10  # the example in the policy note; a municipality may change it

FEWEST_PEERS = 10  # a comparison with fewer says little


def companies_per_address(establishments: Table, *, on: date) -> Table:
    """Per address: companies, concerns (a concern counts once), establishments and match_quality."""
    return _counted(active_and_linked(establishments, on))


def _counted(active: Table) -> Table:
    """Count in steps: engines keep a set for every address when they count distinct numbers in one."""
    named = active.mutate(group=ibis.coalesce(active.concern, active.kvk))
    firms = named.group_by("object_id", "kvk", "group").agg(rows=named.count(), errors=named.errors.max())
    kvks = firms.group_by("object_id", "kvk").agg(rows=firms.rows.sum(), errors=firms.errors.max())
    companies = kvks.group_by("object_id").agg(
        companies=kvks.count(), establishments=kvks.rows.sum().cast("int64"), match_quality=kvks.errors.max()
    )
    groups = firms.select("object_id", "group").distinct()
    concerns = groups.group_by("object_id").agg(concerns=groups.count())
    joined = companies.join(concerns, "object_id")
    return joined.select("object_id", "companies", "concerns", "establishments", "match_quality")


def find(establishments: Table, *, on: date, minimum: int = MINIMUM_COMPANIES) -> Table:
    """One row per address with at least `minimum` distinct companies active on the day `on`.

    Companies of one concern count once, so that a stack of holdings is not many companies. Addresses that never had
    so many rows (`at_object`) are set aside first.
    """
    busy = active_and_linked(establishments, on).filter(lambda t: t.at_object >= minimum)
    return _counted(busy).filter(lambda t: t.concerns >= minimum)


def busy_addresses(establishments: Table, premises: Table, *, on: date) -> Table:
    """Per address with a company its use and how many concerns there are."""
    counts = companies_per_address(establishments, on=on)
    return counts.join(premises.select("object_id", "use"), "object_id").select("object_id", "use", "concerns")


def standing(row: dict[str, Any], usual: Usual) -> dict[str, Any]:
    """How an address stands among others: use, how many are compared, what is usual, and the share with fewer.

    Compared with addresses of the same use that have a company; where those are fewer than FEWEST_PEERS,
    with all addresses that have one (use is then empty).
    """
    like = usual.kind(row["use"]) if row["use"] else Spread()
    alone = like.compared < FEWEST_PEERS
    spread = usual.every if alone else like
    return {
        "use": None if alone else row["use"],
        "compared": spread.compared,
        "median": spread.quantile(0.5),
        "p99": spread.quantile(0.99),
        "percentile": spread.below(row["concerns"]),
    }


def evaluate(inputs: Inputs) -> Answer:
    """Find, compare and explain on the day of `inputs`."""
    found = find(inputs.establishments, on=inputs.on)
    measured = busy_addresses(inputs.establishments, inputs.premises, on=inputs.on)

    def see(_: Usual) -> pa.Table:
        uses = inputs.premises.select("object_id", "use")
        there = answered(found.join(uses, "object_id").order_by("object_id"))
        return with_records(there, _refs(inputs, rows_of(there)))

    def say(seen: pa.Table, usual: Usual) -> pa.Table:
        rows, places = different(seen)
        return told_as(seen, [_found(row | standing(row, usual)) for row in rows], places)

    return Answer(
        lambda: Usual.of(measured, "concerns", "use"), see, say, lambda: str(ibis.to_sql(found, dialect="duckdb"))
    )


def _refs(inputs: Inputs, rows: list[dict[str, Any]]) -> dict[tuple[int, str], list[Ref]]:
    refs: dict[tuple[int, str], list[Ref]] = {(row["object_id"], ""): [] for row in rows}
    for row in rows_about(inputs.premises, rows):
        refs[row["object_id"], ""].append(premises_ref(row))
    there = active_and_linked(inputs.establishments, inputs.on).select("object_id", *ESTABLISHMENT_REF)
    for row in rows_about(there, rows):
        refs[row["object_id"], ""].append(establishment_ref(row))
    return refs


_HEADLINE = Text("{concerns} bedrijven", "{concerns} companies")
_EXPLANATION = Text(
    nl="Op dit adres staan {concerns} verschillende bedrijven ingeschreven ({companies} KVK-nummers, een concern telt "
    "één keer). De grens is {minimum}. Op de {compared} adressen{like_nl} met minstens één bedrijf is {median:.0f} "
    "gebruikelijk; op 99 van de 100 zijn het er hoogstens {p99:.0f}.",
    en="{concerns} different companies are registered at this address ({companies} KVK numbers, a concern counts "
    "once). The bound is {minimum}. At the {compared} addresses{like_en} with at least one company, {median:.0f} is "
    "usual; at 99 in 100 of them there are at most {p99:.0f}.",
)


def _found(row: dict[str, Any]) -> Found:
    use = row["use"]
    like = {"like_nl": f" met dit gebruik ({use})" if use else "", "like_en": f" of this use ({use})" if use else ""}
    return Found(
        object_id=0,  # that of each row alike
        values={key: row[key] for key in ("companies", "concerns", "establishments")},
        headline=_HEADLINE.format(**row),
        explanation=_EXPLANATION.format(minimum=MINIMUM_COMPANIES, **like, **row),
        peers={key: row[key] for key in ("use", "compared", "median", "p99", "percentile")},
        refs=(),
        match_quality=row["match_quality"],
    )


RULE = Rule(
    id="BED-01",
    version=1,
    title=Text("Veel bedrijven op één adres", "Many companies at one address"),
    why=Text(
        "Veel bedrijven op één adres kan wijzen op brievenbusfirma's. Het kan ook een gewoon bedrijfsverzamelgebouw "
        "zijn. Kijk dus; trek geen conclusie.",
        "Many companies at one address can point to letterbox companies. It can also be an ordinary multi-tenant "
        "building. So have a look; draw no conclusion.",
    ),
    computes=Text(
        "Telt per adres de verschillende bedrijven die op de peildatum bestaan en met hoogstens één fout aan de BAG "
        "gekoppeld zijn. Bedrijven van één concern tellen één keer.",
        "Counts, per address, the different companies that exist on the day and are linked to the BAG with at most "
        "one error. Companies of one concern count once.",
    ),
    level="address",
    registers=("bag", "kvk"),
    parameters=(
        Parameter(
            "minimum",
            MINIMUM_COMPANIES,
            Text("bedrijven", "companies"),
            Text(
                "beleidsnotitie Lokale weerbaarheid: tien bedrijven", "policy note Lokale weerbaarheid: ten companies"
            ),
            verified=True,
        ),
    ),
    false_positives=(
        Text("bedrijfsverzamelgebouw", "multi-tenant business building"),
        Text("accountant of trustkantoor waar klanten staan ingeschreven", "accountant where clients are registered"),
        Text(
            "stapel holdings van één eigenaar die de bron niet als concern kent", "holdings the source does not group"
        ),
    ),
    not_done=(
        Text(
            "Het aantal bedrijven per 100 m² wordt niet getoetst.",
            "The number of companies per 100 m² is not tested.",
        ),
    ),
    review_on=date(2027, 11, 1),
    owner_role="analyst",
    evaluate=evaluate,
    reach="object",
)
