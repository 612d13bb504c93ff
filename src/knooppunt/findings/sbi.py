"""Codes of the SBI as branch groups, whichever version they are of.

With the conversion table of CBS in the vault (register `sbi`), a code that only one version has tells its version, and
a class outside the branch groups is compared under its class of 2008, where all its codes lead to one.
"""

import ibis
from ibis.expr.types import StringValue, Table

from knooppunt.findings.branches import BRANCHES, CLASS_DIGITS

DIGITS = 5  # a code in the vault, filled up with zeros
NEWER = "sbi25-"
"""Before a class of SBI 2025 that no single class of 2008 stands for."""


def branch_expression(sbi: StringValue, version: StringValue) -> StringValue:
    """The branch group of every code at once, as `branches.branch_of` gives it for one."""
    starts = [
        (start, year, branch.code)
        for branch in BRANCHES
        for year, prefixes in (("2008", branch.sbi_2008), ("2025", branch.sbi_2025))
        for start in prefixes
    ]
    starts.sort(key=lambda item: -len(item[0]))  # the longest beginning wins
    arms = [((version == year) & sbi.startswith(start), ibis.literal(code)) for start, year, code in starts]
    return ibis.cases(*arms, else_=ibis.literal("sbi-") + sbi.substr(0, CLASS_DIGITS))


def in_one_version(companies: Table, conversion: Table) -> Table:
    """The companies (sbi, sbi_version) with their version corrected where the table is sure of it, and their branch."""
    old, new = _code(conversion.sbi_2008), _code(conversion.sbi_2025)
    pairs = conversion.select(old=old, new=new).distinct()
    of_old = pairs.select(sbi="old").distinct().mutate(in_old=True)
    classes = pairs.group_by(sbi=pairs.new).agg(
        ways=pairs.old.substr(0, CLASS_DIGITS).nunique(), one=pairs.old.substr(0, CLASS_DIGITS).min()
    )
    known = companies.left_join(of_old, "sbi").drop("sbi_right")
    known = known.left_join(classes, "sbi").drop("sbi_right")
    version = ibis.cases(
        (known.in_old.notnull() & known.ways.isnull(), ibis.literal("2008")),
        (known.in_old.isnull() & known.ways.notnull(), ibis.literal("2025")),
        else_=known.sbi_version,
    )
    told = known.mutate(sbi_version=version)
    group = branch_expression(told.sbi.fill_null(""), told.sbi_version)
    outside = (told.sbi_version == "2025") & group.startswith("sbi-")
    converted = (told.ways == 1).ifelse(
        ibis.literal("sbi-") + told.one, ibis.literal(NEWER) + told.sbi.substr(0, CLASS_DIGITS)
    )
    return told.mutate(branch=outside.ifelse(converted, group)).drop("in_old", "ways", "one")


def _code(text: StringValue) -> StringValue:
    """A code as the vault writes it: 56.10.1 and 56101 are the same, 5610 is 56100."""
    return text.re_replace("[^0-9]", "").rpad(DIGITS, "0").substr(0, DIGITS)
