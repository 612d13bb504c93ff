"""Companies through time: one lasting number for a company, whatever its registrations do."""

from knooppunt.linkage.companies.continuing import Pair
from knooppunt.linkage.companies.identity import Event, EventKind, Members, carry_over, replay
from knooppunt.linkage.companies.keep import CompaniesReport, Company, companies, events, keep_companies, questions

__all__ = [
    "CompaniesReport",
    "Company",
    "Event",
    "EventKind",
    "Members",
    "Pair",
    "carry_over",
    "companies",
    "events",
    "keep_companies",
    "questions",
    "replay",
]
