"""One street while it is being filled: who lives there, which businesses are there, what is planted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from knooppunt.findings.branches import branch_of
from knooppunt.synthetic.bag_zip import BagDelivery
from knooppunt.synthetic.brp_csv import BrpFile, Resident, Stay
from knooppunt.synthetic.households import Homes, household_size
from knooppunt.synthetic.kvk_json import Company, Form, KvkFile, fitting_form
from knooppunt.synthetic.model import Premises, Street
from knooppunt.synthetic.names import business_name
from knooppunt.synthetic.plots import HOME, OFFICE, SHOP, Identities
from knooppunt.synthetic.trades import BY_CODE, TRADES, Trade
from knooppunt.synthetic.truth import Totals, TruthFile, feeds_findings

MOST_OF_A_BRANCH = 3
"""Ordinary streets hold at most this many of one branch: finding BED-02 starts at four."""

_FIRST_KVK = 99_000_001
_FIRST_ESTABLISHMENT = 990_000_001

_USUAL_FORMS: tuple[tuple[float, Form], ...] = (
    (0.52, Form.BAG_ID), (0.74, Form.EXACT), (0.85, Form.VARIANT), (0.89, Form.SWAPPED),
    (0.92, Form.UNKNOWN_ADDITION), (0.945, Form.NO_POSTCODE), (0.96, Form.WRONG_POSTCODE),
    (0.98, Form.PO_BOX), (1.0, Form.NO_SUCH_NUMBER),
)  # fmt: skip
"""Running shares; a form that does not fit the address becomes EXACT, so most lead to the BAG with no error."""

_ENDED = 0.06
_SHIELDED = 0.03
_BUSINESS_AT_HOME = 0.14
_WORKPLACE_TAKEN = 0.92

_GROUPS = {trade.sbi: branch_of(trade.sbi.ljust(5, "0"), "2008") for trade in TRADES}
_PLACES: dict[tuple[str, ...], str] = {SHOP: "shop", OFFICE: "office", HOME: "home"}
_WEIGHTS: dict[str, tuple[list[Trade], list[float]]] = {
    place: (
        [trade for trade in TRADES if getattr(trade, place)],
        [getattr(trade, place) for trade in TRADES if getattr(trade, place)],
    )
    for place in ("shop", "office", "hall", "home")
}


def group_of(sbi: str) -> str:
    """The branch group a trade of the fictional municipality falls in."""
    return _GROUPS[sbi]


@dataclass(slots=True)
class Files:
    """The open files of the delivery and what runs on from street to street."""

    bag: BagDelivery
    brp: BrpFile
    kvk: KvkFile
    truth: TruthFile
    ids: Identities = field(default_factory=Identities)
    homes: Homes = field(default_factory=Homes)
    totals: Totals = field(default_factory=Totals)
    numbers: Iterator[int] = field(default_factory=count)
    living: int = 0


class Site:
    """A street at work. Plants take premises first; the rest fills with ordinary life."""

    def __init__(self, street: Street, premises: Sequence[Premises], files: Files, rng: Random) -> None:
        self.street = street
        self.premises = premises
        self.files = files
        self.rng = rng
        self.branches: Counter[str] = Counter()  # every establishment, also an ended or a badly linked one
        self.linked: Counter[str] = Counter()  # those that feed a finding
        self.clusters: list[dict[str, Any]] = []  # values of planted clusters, completed by `close`

    def take(self, *uses: str) -> Premises:
        """Set apart the next premises with exactly these uses for something planted."""
        found = next(p for p in self.premises if p.uses == uses and not p.planted)
        found.planted = True
        return found

    def has(self, uses: tuple[str, ...], number: int = 1) -> bool:
        """Whether `number` premises with these uses are still to be had."""
        return sum(1 for p in self.premises if p.uses == uses and not p.planted) >= number

    def move_in(self, people: Sequence[tuple[Resident, list[Stay]]], *, counted: bool = True) -> None:
        """Write people; `counted` ones live in the municipality on the day of delivery."""
        for resident, stays in people:
            self.files.brp.write(resident, stays)
        if counted:
            self.files.living += len(people)

    def draw_trade(self, place: str) -> Trade:
        """A trade for a `place` (shop, office, hall, home) that this street does not have enough of."""
        trades, weights = _WEIGHTS[place]
        while True:
            trade = self.rng.choices(trades, weights)[0]
            if self.branches[_GROUPS[trade.sbi]] < MOST_OF_A_BRANCH:
                return trade

    def open(
        self,
        premises: Premises,
        *,
        sbi: str = "",
        form: Form = Form.EXACT,
        ended: str = "",
        concern: int = 0,
        shielded: bool = False,
    ) -> Company:
        """Register an establishment at these premises; without `sbi` one that fits and is not too common."""
        trade = BY_CODE[sbi] if sbi else self.draw_trade(_PLACES.get(premises.uses, "hall"))
        number = next(self.files.numbers)
        company = Company(
            kvk=_FIRST_KVK + number,
            establishment=_FIRST_ESTABLISHMENT + number * 3,
            name=business_name(number, trade.title.split()[0]),
            sbi=trade.sbi,
            branch=trade.title,
            started=f"{2010 + number % 11}{1 + number % 12:02}{1 + number % 28:02}",
            ended=ended,
            premises=premises,
            form=fitting_form(form, premises),
            shielded=(self.rng.random() < _SHIELDED) or shielded,
            concern=_FIRST_KVK + concern if concern else 0,
            workers=1 + int(self.rng.random() ** 4 * 40),
        )
        self._note(company)
        return company

    def _note(self, company: Company) -> None:
        group = _GROUPS[company.sbi]
        self.branches[group] += 1
        if feeds_findings(company):
            self.linked[group] += 1
        self.files.kvk.write(company)
        self.files.truth.link(company)

    def live(self, residents: int) -> None:
        """Let ordinary people move into the homes nobody planted anything in, until `residents` live there."""
        for premises in self.premises:
            if premises.is_home and not premises.planted:
                size = min(household_size(self.rng, premises), residents - self.files.living)
                if size > 0:
                    self.move_in(self.files.homes.fill(self.rng, premises, size))

    def work(self) -> None:
        """Let ordinary businesses open in workplaces, and now and then at home."""
        for premises in self.premises:
            if premises.planted:
                continue
            if self.rng.random() < (_BUSINESS_AT_HOME if premises.is_home else _WORKPLACE_TAKEN):
                self.open(premises, form=self._usual_form(), ended=self._usual_end())

    def _usual_form(self) -> Form:
        draw = self.rng.random()
        return next(form for bound, form in _USUAL_FORMS if draw < bound)

    def _usual_end(self) -> str:
        return f"{2022 + int(self.rng.random() * 4)}0701" if self.rng.random() < _ENDED else ""

    def close(self) -> None:
        """Add this street's establishments to the municipality's totals."""
        for values in self.clusters:
            values["establishments"] = self.linked[values["branch"]]
            values["in_street"] = self.linked.total()
        self.files.totals.add_street(self.linked)
