"""What holds here for reports to the police: the municipality's own, else the default."""

from dataclasses import dataclass

from django.utils.functional import Promise

from bolwerk.deadlines.rules import Term, Unit
from bolwerk.incidents.models import PoliceSetting
from bolwerk.incidents.queries.terms import words_of
from bolwerk.incidents.rules.police import DEFAULT_TERM


@dataclass(frozen=True)
class PoliceTerms:
    """The address of the organisation, whom the police can call, and the term of the reminder with its source."""

    address: str
    contact: str
    term: Term
    source: str | Promise
    own: bool

    @property
    def in_words(self) -> str:
        """The term as people say it."""
        return words_of(self.term)


def police_settings() -> PoliceTerms:
    """What holds now. One query."""
    row = PoliceSetting.objects.first()
    if row is None:
        return PoliceTerms("", "", DEFAULT_TERM.term, DEFAULT_TERM.source, own=False)
    return PoliceTerms(row.address, row.contact, Term(row.amount, Unit(row.unit), row.source), row.source, own=True)
