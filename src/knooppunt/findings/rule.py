"""What a rule is: an object that says of itself what it computes, why, and when it is wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol

import pyarrow as pa

from knooppunt.findings.found import Found, Ref, Text
from knooppunt.findings.row_by_row import uncollected
from knooppunt.findings.standing import Usual
from knooppunt.findings.told import found_of

if TYPE_CHECKING:
    from knooppunt.findings.inputs import Inputs
    from knooppunt.vault import Delivery

__all__ = [
    "DAYS_VALID",
    "REVIEW_ON",
    "UNTESTED",
    "Answer",
    "Compared",
    "Found",
    "Language",
    "Level",
    "Parameter",
    "Reach",
    "Ref",
    "Rule",
    "Text",
    "proposed",
]

DAYS_VALID = 90
"""A finding expires after this many days unless a rule says otherwise (domain default; AVG art. 5.1.e)."""

REVIEW_ON = date(2027, 11, 1)
"""When a rule is looked at again, unless it says otherwise: a year after it was made."""

Level = Literal["address", "street", "building", "area"]
"""What a finding is about. Never a person."""

Language = Literal["nl", "en"]


@dataclass(frozen=True)
class Parameter:
    """A number a rule depends on, and where it comes from; a municipality may choose another.

    `verified` says that the source was read and gives this very number; otherwise it is a proposal.
    """

    name: str
    value: float
    unit: Text
    source: Text
    verified: bool = False


UNTESTED = Text("voorstel bij deze regel, nog niet getoetst", "a proposal with this rule, not tested yet")
"""Where a number comes from that nobody has checked against outcomes."""


def proposed(name: str, value: float, nl: str, en: str) -> Parameter:
    """A number that is a proposal with its rule."""
    return Parameter(name, value, Text(nl, en), UNTESTED)


class Compared(Protocol):
    """What a rule compares with: something that can be kept, and changed by what changed."""

    def rows(self) -> pa.Table:
        """To keep."""
        ...

    def changed(self, *, gone: Any, come: Any) -> Any:
        """This without what went and with what came."""
        ...


@dataclass(frozen=True)
class Answer:
    """What a rule can tell, worked out when asked.

    `measure` says what is usual among all that could be found; `see` what was computed of the objects found, and of
    those that may be when what is usual shifts, with the records it rests on; `say` puts that in words, placed among
    the others (`told.TOLD`); `sql` is what found them, for the reader.
    """

    measure: Callable[[], Any]
    see: Callable[[Any], pa.Table]
    say: Callable[[pa.Table, Any], pa.Table]
    sql: Callable[[], str]
    see_again: Callable[[pa.Table, Any, Any], pa.Table] | None = None  # from what was seen, and the part that changed

    @cached_property
    def usual(self) -> Any:
        """What is usual, worked out once."""
        with uncollected():
            return self.measure()

    @cached_property
    def seen(self) -> pa.Table:
        """What was seen of the objects found, and of those that may be, each with what was computed."""
        with uncollected():
            return self.see(self.usual)

    @cached_property
    def told(self) -> pa.Table:
        """What is told of the objects found, by column (`told.TOLD`)."""
        with uncollected():
            return self.say(self.seen, self.usual)

    @property
    def found(self) -> list[Found]:
        """The objects found, one by one."""
        with uncollected():
            return found_of(self.told)


Reach = Literal["object", "street", "all"]
"""What a finding depends on beside what is usual: its own object, no more than the counts of its street, or more."""


@dataclass(frozen=True)
class Rule:
    """A rule with everything a reader, a reviewer or an algorithm register wants to know of it."""

    id: str
    version: int
    title: Text
    why: Text
    computes: Text
    level: Level
    registers: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    false_positives: tuple[Text, ...]
    not_done: tuple[Text, ...]
    evaluate: Callable[["Inputs"], Answer]
    filled: tuple[str, ...] = ()  # tables without which what is not there says nothing: none at all is no delivery
    by_class: bool = False  # compares classes of business by their number, also those outside the branch groups
    reach: Reach = "all"  # with less, a day's changes are worked in without running the rule on all
    read_usual: Callable[[pa.Table], Compared] = Usual.read
    review_on: date = REVIEW_ON
    owner_role: str = "analyst"
    days_valid: int = DAYS_VALID

    def unfilled(self, deliveries: Iterable["Delivery"]) -> list[str]:
        """The tables it cannot do without of which these deliveries hold no row: then it gives no answer."""
        there = {table for one in deliveries for table, rows in one.counts.items() if rows}
        return [table for table in self.filled if table not in there]

    def to_json(self) -> dict[str, Any]:
        """The rule as plain values, without its code."""
        return {
            "id": self.id,
            "version": self.version,
            "title_nl": self.title.nl,
            "title_en": self.title.en,
            "why_nl": self.why.nl,
            "why_en": self.why.en,
            "computes_nl": self.computes.nl,
            "computes_en": self.computes.en,
            "level": self.level,
            "registers": list(self.registers),
            "parameters": [
                {
                    "name": p.name,
                    "value": p.value,
                    "unit_nl": p.unit.nl,
                    "unit_en": p.unit.en,
                    "source_nl": p.source.nl,
                    "source_en": p.source.en,
                    "verified": p.verified,
                }
                for p in self.parameters
            ],
            "false_positives_nl": [text.nl for text in self.false_positives],
            "false_positives_en": [text.en for text in self.false_positives],
            "not_done_nl": [text.nl for text in self.not_done],
            "not_done_en": [text.en for text in self.not_done],
            "review_on": self.review_on.isoformat(),
            "owner_role": self.owner_role,
            "days_valid": self.days_valid,
        }
