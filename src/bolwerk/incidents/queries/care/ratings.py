"""The questions about care, and what was published of the answers. Nothing is counted here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from bolwerk.incidents.models import CareRatingRelease
from bolwerk.incidents.queries.kinds import CONTENT
from bolwerk.incidents.rules.care_rating import Question, Rating
from bolwerk.ui.content import content_file, content_language, read_yaml
from knooppunt.disclosure import TOTAL


@dataclass(frozen=True)
class QuestionShown:
    """One question with its published answers, as a table."""

    text: str
    headings: list[str]
    rows: list[Sequence[str | int]]
    told: bool  # whether any figure of it could be shown


@dataclass(frozen=True)
class Ratings:
    """What was published of a year."""

    year: int
    smallest_group: int
    rounding_base: int
    made_at: datetime
    questions: list[QuestionShown]


def rating_questions() -> dict[Question, str]:
    """The three questions in the language of the reader; the municipality's own words before the default."""
    file = content_file(CONTENT, f"care_rating.{content_language()}.yaml")
    words = read_yaml(file.read_text(encoding="utf-8"))
    return {question: str(words[question.value]) for question in Question}


def ratings() -> list[Ratings]:
    """The last release of each year, the latest year first."""
    latest: dict[int, CareRatingRelease] = {}
    for release in CareRatingRelease.objects.all():
        latest.setdefault(release.year, release)
    words = rating_questions()
    return [_shown(release, words) for release in latest.values()]


def _shown(release: CareRatingRelease, words: dict[Question, str]) -> Ratings:
    cells = {(cell[0], cell[1], cell[2]): cell[3] for cell in release.cells}
    quarters = [f"{release.year}-{number}" for number in range(1, release.last_quarter + 1)]
    headings = [_("Answer"), *quarters, _("year so far")]
    questions = []
    for question, text in words.items():
        rows: list[Sequence[str | int]] = []
        for answer, label in [*Rating.choices, (TOTAL, _("everything together"))]:
            figures = [cells.get((question.value, answer, quarter)) for quarter in (*quarters, TOTAL)]
            rows.append([str(label), *(_("hidden") if one is None else one for one in figures)])
        told = any(cells.get((question.value, answer, TOTAL)) is not None for answer in Rating.values)
        questions.append(QuestionShown(text, headings, rows, told))
    return Ratings(release.year, release.smallest_group, release.rounding_base, release.made_at, questions)
