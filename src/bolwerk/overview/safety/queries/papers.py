"""The half-yearly report of a team: the same figures and sentences as its page, to print and to discuss."""

from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from bolwerk.documents.queries import paper_pdf, template_of
from bolwerk.documents.rules.letters import Facts, Section
from bolwerk.incidents.queries import Breakdown, quarter_name
from bolwerk.overview.safety.queries.charts import SHOWN, timed_rows
from bolwerk.overview.safety.queries.sentences import sentences_of
from bolwerk.overview.safety.queries.teams import TeamFigures
from bolwerk.ui.dates import day_in_words

ROOM, CODE = "overview", "half-year"


def half_year_pdf(team: TeamFigures, *, language: str, at: datetime) -> bytes:
    """The report in a language, as PDF/UA-1."""
    with override(language):
        facts = Facts(_words(team, at=at), [(_("Date"), day_in_words(at))], _sections(team))
        return paper_pdf(template_of(ROOM, CODE, language), facts, at=at)


def _words(team: TeamFigures, *, at: datetime) -> dict[str, str]:
    fte = team.strength.fte
    return {
        "team": team.name,
        "year": str(team.figures.year),
        "until": quarter_name(team.figures.quarters[-1]),
        "sentences": "\n".join(f"- {sentence}" for sentence in sentences_of(team)),
        "smallest": str(team.figures.smallest_group),
        "rounding": str(team.figures.rounding_base),
        "fte": number_format(fte, decimal_pos=1) if fte is not None else _("not known"),
        "made_at": day_in_words(team.figures.made_at),
        "today": day_in_words(at),
    }


def _sections(team: TeamFigures) -> list[Section]:
    figures, code, number = team.figures, team.code, _("Reports, about")
    quarters = [(quarter_name(one), _shown(figures.of(department=code, quarter=one))) for one in figures.quarters]
    kinds = [(line.name, _shown(figures.of(department=code, kind=line.code))) for line in figures.kinds]
    timed = [(what, f"{many}, {share}") for what, many, share in timed_rows(team.parts.get(Breakdown.CLOCK))]
    too_few = _("There is no figure that can be shown: too few reports, or one of them could point at somebody.")
    parts = [
        Section(
            str(broken.breakdown.label),
            (str(broken.breakdown.label), number),
            [(part.name, _shown(part.figure)) for part in broken.parts] if broken.any else [],
            too_few,
        )
        for breakdown in SHOWN
        if (broken := team.parts.get(breakdown))
    ]
    hidden = _shown(None)
    return [
        Section(_("Per quarter"), (_("Quarter"), number), _unless(quarters, hidden), too_few),
        Section(_("What happened"), (_("Kind"), number), _unless(kinds, hidden), too_few),
        *parts,
        Section(_("In time"), (_("What"), _("Terms that ended")), timed, _("Too few terms ended to tell.")),
    ]


def _unless(rows: list[tuple[str, str]], hidden: str) -> list[tuple[str, str]]:
    """The rows, or none when every figure in them is hidden."""
    return [] if all(figure == hidden for _name, figure in rows) else rows


def _shown(figure: int | None) -> str:
    return _("hidden") if figure is None else str(figure)
