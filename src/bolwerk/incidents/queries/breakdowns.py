"""Published figures of a year in their other breakdowns: channel, severity, form, month, and what was in time."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from bolwerk.incidents.models import FiguresRelease
from bolwerk.incidents.models.codes import word_for
from bolwerk.incidents.queries.counting import CODES, NOT_SORTED
from bolwerk.incidents.rules import Breakdown, Timed, months_of
from bolwerk.incidents.rules.codes import CodeList
from bolwerk.incidents.rules.damage import DamageState
from bolwerk.incidents.rules.police import Vpt
from knooppunt.disclosure import TOTAL

LISTS = {
    Breakdown.CHANNEL: CodeList.CHANNELS,
    Breakdown.SEVERITY: CodeList.SEVERITY,
    Breakdown.FORM: CodeList.FORMS,
}
CHOICES: dict[Breakdown, type[TextChoices]] = {
    Breakdown.CLOCK: Timed,
    Breakdown.POLICE: Vpt,
    Breakdown.DAMAGE: DamageState,
}


@dataclass(frozen=True)
class Part:
    """One line of a breakdown: its code and name, the figure (None: hidden), and of clocks the share in time."""

    code: str
    name: str
    figure: int | None
    share: int | None = None


@dataclass(frozen=True)
class Broken:
    """A breakdown of one department in the year so far; `any` says whether it shows anything at all."""

    breakdown: Breakdown
    parts: tuple[Part, ...]
    total: Part

    @property
    def any(self) -> bool:
        """Whether one of its figures is shown."""
        return any(part.figure is not None for part in self.parts)

    def of(self, code: str) -> Part:
        """One of its lines."""
        return next(part for part in self.parts if part.code == code)


def breakdowns_of(year: int, *, department: str = TOTAL) -> dict[Breakdown, Broken]:
    """What is published of a department (or of everybody) besides kinds, by breakdown: the latest of each."""
    rows = FiguresRelease.objects.defer("memory").filter(year=year).exclude(breakdown=Breakdown.KIND)
    latest: dict[Breakdown, FiguresRelease] = {}
    for row in rows:
        latest.setdefault(Breakdown(row.breakdown), row)
    return {breakdown: _broken(breakdown, release, department) for breakdown, release in latest.items()}


def _broken(breakdown: Breakdown, release: FiguresRelease, department: str) -> Broken:
    cells = {(cell[1], cell[2]): cell[3:] for cell in release.cells if cell[0] == department}
    if breakdown is Breakdown.MONTH:
        months = [month for n in range(1, release.last_quarter + 1) for month in months_of(f"{release.year}-{n}")]
        asked = [(month, str(MONTHS[int(month[-2:])]), (TOTAL, month)) for month in months]
    else:
        asked = [(code, _name(breakdown, code), (code, TOTAL)) for code in CODES[breakdown]]
    parts = tuple(Part(code, name, *cells.get(at, [None])) for code, name, at in asked)
    return Broken(breakdown, parts, Part(TOTAL, "", *cells.get((TOTAL, TOTAL), [None])))


def _name(breakdown: Breakdown, code: str) -> str:
    if breakdown in CHOICES:
        return str(CHOICES[breakdown](code).label)
    return _("Not sorted yet") if code == NOT_SORTED else word_for(LISTS[breakdown], code)
