"""The terms in force: the municipality's own, else the default."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import ngettext

from bolwerk.deadlines.rules import Term, Unit
from bolwerk.incidents.models import DutyTerm
from bolwerk.incidents.rules import DEFAULT_TERMS, Duty


@dataclass(frozen=True)
class TermInForce:
    """How long a duty may take, where that comes from, and whether somebody stands behind it."""

    duty: Duty
    term: Term
    source: str | Promise
    verified: bool
    own: bool

    @property
    def in_words(self) -> str:
        """The term as people say it: "5 working days"."""
        return words_of(self.term)


def words_of(term: Term) -> str:
    """A term as people say it: "5 working days"."""
    amount = term.amount
    words = {
        Unit.HOURS: ngettext("%(n)s hour", "%(n)s hours", amount),
        Unit.WORKING_DAYS: ngettext("%(n)s working day", "%(n)s working days", amount),
        Unit.DAYS: ngettext("%(n)s day", "%(n)s days", amount),
        Unit.WEEKS: ngettext("%(n)s week", "%(n)s weeks", amount),
    }
    return words[term.unit] % {"n": amount}


def terms_in_force() -> dict[Duty, TermInForce]:
    """Every duty of this room with the term that holds now. One query."""
    chosen = {row.duty: row for row in DutyTerm.objects.all()}
    terms = {}
    for duty, default in DEFAULT_TERMS.items():
        row = chosen.get(duty.value)
        terms[duty] = (
            TermInForce(duty, Term(row.amount, Unit(row.unit)), row.source, verified=True, own=True)
            if row
            else TermInForce(duty, default.term, default.source, verified=default.verified, own=False)
        )
    return terms
