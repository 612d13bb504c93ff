"""BED-02 on drawn tables, and its chance against SciPy's."""

from datetime import date

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ibis.expr.types import Table
from scipy import stats

from knooppunt.findings.branches import BRANCHES, branch_name, branch_of
from knooppunt.findings.inputs import ESTABLISHMENTS
from knooppunt.findings.poisson import upper_tail
from knooppunt.findings.same_branch_in_street import compared, find, pairs_of
from knooppunt.findings.sbi import branch_expression
from knooppunt.findings.street_counts import Pairs, counts_of
from knooppunt.tests.drawn import rows, table

MAY_FIRST = date(2026, 5, 1)


def town(*streets: tuple[int, dict[str, int]]) -> str:
    """A drawing: per street how many of each branch."""
    lines = ["kvk | object_id | errors | started_on | street_id | branch"]
    for street, branches in streets:
        for branch, number in branches.items():
            lines += [f"{len(lines) + i} | 1 | 0 | 2020-01-01 | {street} | {branch}" for i in range(number)]
    return "\n".join(lines)


ORDINARY = [(street, {"grocer": 2, "cafe": 2, "travel": 1, "cleaning": 5}) for street in range(10, 40)]


def test_a_branch_far_above_its_share_is_found() -> None:
    companies = table(town(*ORDINARY, (1, {"massage": 6, "cleaning": 2})), ESTABLISHMENTS)
    found = rows(
        find(companies, on=MAY_FIRST), "street_id", "branch", "establishments", "in_street", "in_branch", "total"
    )
    assert found == [
        {"street_id": 1, "branch": "massage", "establishments": 6, "in_street": 8, "in_branch": 6, "total": 308}
    ]


@pytest.mark.parametrize(
    ("street", "why"),
    [
        ({"massage": 3}, "three is one short"),
        ({"cleaning": 9, "cafe": 1}, "cleaning is everywhere: less than three times expected"),
        ({"cafe": 4, "cleaning": 2}, "more than three times expected, but chance allows it over so many tests"),
    ],
)
def test_what_is_small_common_or_chance_is_not_found(street: dict[str, int], why: str) -> None:
    companies = table(town(*ORDINARY, (1, street)), ESTABLISHMENTS)
    assert rows(find(companies, on=MAY_FIRST)) == [], why


def test_expected_number_is_in_proportion_to_street_and_branch() -> None:
    companies = table(town((1, {"cafe": 2, "grocer": 2}), (2, {"cafe": 1, "grocer": 5})), ESTABLISHMENTS)
    cafes = compared(pairs_of(companies, on=MAY_FIRST)).filter(lambda t: t.branch == "cafe")
    assert rows(cafes, "street_id", "expected", "tests") == [
        {"street_id": 1, "expected": pytest.approx(4 * 3 / 10), "tests": 4},
        {"street_id": 2, "expected": pytest.approx(6 * 3 / 10), "tests": 4},
    ]


@pytest.mark.parametrize(("number", "expected"), [(4, 0.01), (4, 1.3), (7, 0.2), (12, 4.0), (60, 20.0), (400, 90.0)])
def test_the_tail_is_scipys(number: int, expected: float) -> None:
    drawn = ibis.memtable(pa.table({"n": [number], "e": [expected]}))
    tail = drawn.select(p=upper_tail(drawn.n, drawn.e)).to_pyarrow()["p"].to_pylist()[0]
    assert tail == pytest.approx(stats.poisson.sf(number - 1, expected), rel=1e-6)


@pytest.mark.parametrize(
    ("sbi", "version", "branch"),
    [
        ("96021", "2008", "hairdresser"),
        ("96210", "2025", "hairdresser"),
        ("96022", "2008", "beauty"),
        ("56101", "2008", "restaurant"),
        ("62010", "2008", "sbi-6201"),
    ],
)
def test_both_versions_of_the_sbi_lead_to_one_branch(sbi: str, version: str, branch: str) -> None:
    assert branch_of(sbi, version) == branch
    drawn = ibis.memtable(pa.table({"s": [sbi], "v": [version]}))
    assert drawn.select(b=branch_expression(drawn.s, drawn.v)).to_pyarrow()["b"].to_pylist() == [branch]


def test_every_branch_has_names_in_both_languages() -> None:
    for branch in BRANCHES:
        assert branch_name(branch.code, "nl") == branch.name_nl
        assert branch_name(branch.code, "en") == branch.name_en
    assert branch_name("sbi-6201", "nl") == "SBI 6201"


THERE = st.dictionaries(
    st.integers(1, 12),
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from("ab"), st.integers(0, 1)), max_size=3),
    max_size=12,
)
"""Per object its establishments: street, branch and errors of the link."""


MANY = (
    *("street_id", "branch", "establishments", "match_quality", "in_street", "in_branch", "total", "tests"),
    *("expected", "location_quotient"),
)
There = dict[int, list[tuple[int, str, int]]]


def counted(there: There, objects: set[int]) -> tuple[Pairs, Table]:
    lines = [" | ".join(map(str, (one, *rest))) for one in objects for rest in there.get(one, [])]
    drawn = table("\n".join(["object_id | street_id | branch | errors", *lines]), ESTABLISHMENTS)
    return Pairs.of(counts_of(drawn, on=MAY_FIRST)), pairs_of(drawn, on=MAY_FIRST).order_by("street_id", "branch")


@settings(max_examples=40, deadline=None)
@given(before=THERE, after=THERE)
def test_counts_of_streets_are_changed_by_the_objects_that_changed_alone(before: There, after: There) -> None:
    every = {*before, *after}
    other = {one for one in every if before.get(one, []) != after.get(one, [])}
    (was, _), (gone, _), (come, _) = counted(before, every), counted(before, other), counted(after, other)
    now, pairs = counted(after, every)
    worked = was.changed(gone=gone, come=come)
    assert worked.rows().to_pylist() == now.rows().to_pylist()
    assert Pairs.read(worked.rows()).rows() == worked.rows() == now.rows()
    told = worked.pairs
    names = [told.names[place] for place in told.branches]
    counts = zip(told.streets, names, told.establishments, told.match_quality, strict=True)
    assert list(counts) == [tuple(row.values()) for row in pairs.to_pyarrow().to_pylist()]
    many = compared(pairs, fewest=2).order_by("street_id", "branch").to_pyarrow()
    assert told.many(fewest=2, quotient=0).to_pylist() == many.select(MANY).to_pylist()
