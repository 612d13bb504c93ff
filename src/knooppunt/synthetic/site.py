"""One street while it is being filled: who lives there, which businesses are there, what is planted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from knooppunt.findings.branches import CARS, HORECA, NEEDS_ROOM, branch_of
from knooppunt.synthetic.bag_zip import BagDelivery
from knooppunt.synthetic.brp_csv import BrpFile, Resident, Stay
from knooppunt.synthetic.households import Homes, household_size
from knooppunt.synthetic.kvk_json import Company, Form, KvkFile, fitting_form
from knooppunt.synthetic.model import Premises, Street
from knooppunt.synthetic.names import business_name
from knooppunt.synthetic.plots import HOME, OFFICE, SHOP, Identities
from knooppunt.synthetic.records import Records
from knooppunt.synthetic.trades import BY_CODE, TRADES, Trade
from knooppunt.synthetic.truth import Planted, Totals, TruthFile, feeds_findings

MOST_OF_A_BRANCH = 3
"""Ordinary streets hold at most this many of one branch: finding BED-02 starts at four."""

HALF_A_YEAR_AGO = "20260502"
"""183 days before the day of delivery; who left later was there in the last half year (finding WON-03)."""

IN_USE, OUT_OF_USE = "Verblijfsobject in gebruik", "Verblijfsobject buiten gebruik"
LEAST_AREA, MOST_AREA = 10, 9998  # m²; outside it an area is a placeholder

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
    records: Records
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
        self.lived: set[str] = set()  # objects somebody lives at on the day of delivery
        self.recent: set[str] = set()  # … or did in the half year before it
        self.misfits: set[str] = set()
        self.clusters: list[dict[str, Any]] = []  # values of planted clusters, completed by `close`

    def take(self, *uses: str, whole: bool = False, last: bool = False) -> Premises:
        """Set apart the next premises with exactly these uses for something planted.

        `whole`: only premises that have their building to themselves; `last`: from the other end of the street.
        """
        order = reversed(self.premises) if last else self.premises
        shared = {p.building_id for p in self.premises if p.addition or p.letter} if whole else set()
        found = next(p for p in order if p.uses == uses and not p.planted and p.building_id not in shared)
        found.planted = True
        return found

    def has(self, uses: tuple[str, ...], number: int = 1) -> bool:
        """Whether `number` premises with these uses are still to be had."""
        return sum(1 for p in self.premises if p.uses == uses and not p.planted) >= number

    def move_in(self, people: Sequence[tuple[Resident, list[Stay]]], *, counted: bool = True) -> None:
        """Write people; `counted` ones live in the municipality on the day of delivery."""
        for resident, stays in people:
            self.files.brp.write(resident, stays)
            self._note_stays(resident, stays)
        if counted:
            self.files.living += len(people)

    def _note_stays(self, resident: Resident, stays: list[Stay]) -> None:
        """Remember which homes are lived in, now or until less than half a year ago."""
        end = resident.suspended_on
        for stay in stays:
            if stay.function == "W" and (not end or end > HALF_A_YEAR_AGO):
                self.recent.add(stay.object_id)
                if not end:
                    self.lived.add(stay.object_id)
            end = stay.since

    def draw_trade(self, place: str) -> Trade:
        """A trade for a `place` (shop, office, hall, home) that this street does not have enough of."""
        trades, weights = _WEIGHTS[place]
        while True:
            trade = self.rng.choices(trades, weights)[0]
            if self.branches[_GROUPS[trade.sbi]] < MOST_OF_A_BRANCH:
                return trade

    def open(  # noqa: PLR0913  a plant says what is unusual about a business, and nothing else
        self,
        premises: Premises,
        *,
        sbi: str = "",
        form: Form = Form.EXACT,
        ended: str = "",
        concern: int = 0,
        shielded: bool = False,
        started: str = "",
        workers: int | None = None,
        limited: bool = False,
        papers: bool = True,
    ) -> Company:
        """Register an establishment at these premises; without `sbi` one that fits and is not too common.

        With `papers` it has the permit or the recognition that its branch needs. `limited`: a company with limited
        liability (bv).
        """
        trade = BY_CODE[sbi] if sbi else self.draw_trade(_PLACES.get(premises.uses, "hall"))
        number = next(self.files.numbers)
        company = Company(
            kvk=_FIRST_KVK + number,
            establishment=_FIRST_ESTABLISHMENT + number * 3,
            name=business_name(number, trade.title.split()[0]),
            sbi=trade.sbi,
            branch=trade.title,
            started=started or f"{2010 + number % 11}{1 + number % 12:02}{1 + number % 28:02}",
            ended=ended,
            premises=premises,
            form=fitting_form(form, premises),
            shielded=(self.rng.random() < _SHIELDED) or shielded,
            concern=_FIRST_KVK + concern if concern else 0,
            workers=1 + int(self.rng.random() ** 4 * 40) if workers is None else workers,
            limited=limited,
        )
        self._note(company)
        if feeds_findings(company):
            self._tell_misfit(company)
            if papers:
                self._paper(company)
        return company

    def _paper(self, company: Company) -> None:
        """The permit or recognition that an ordinary business of this branch has."""
        group = _GROUPS[company.sbi]
        if group in HORECA:
            self.files.records.permit(company.premises, "exploitatievergunning", holder=company.kvk)
        elif group in CARS:
            self.files.records.recognition(company.premises)

    def _tell_misfit(self, company: Company) -> None:
        """BED-03: a business that takes room, in a home."""
        home = company.premises
        if _GROUPS[company.sbi] in NEEDS_ROOM and home.uses == HOME and home.id not in self.misfits:
            self.misfits.add(home.id)
            self.files.truth.must_find(Planted("BED-03", home.id, "business in a home", {"businesses": 1}))

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
        for home in self.premises:
            self._tell_home(home)

    def _tell_home(self, home: Premises) -> None:
        """WON-03: an ordinary home that stands empty. BAG-01: one out of use that is lived in."""
        believable = LEAST_AREA <= home.area <= MOST_AREA
        if home.status == IN_USE and believable and HOME[0] in home.uses and home.id not in self.recent:
            self.files.truth.must_find(Planted("WON-03", home.id, "empty home", {"floor_area": home.area}))
        if home.status == OUT_OF_USE and home.id in self.lived:
            self.files.truth.must_find(Planted("BAG-01", home.id, "lived in and out of use", {}))
