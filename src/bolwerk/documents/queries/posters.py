"""A poster in the house style: a few short lines for a wall, as PDF/UA-1."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from bolwerk.documents import typesetting
from bolwerk.documents.queries.letters import house_data
from bolwerk.documents.queries.templates import fonts_folder, poster_layout


@dataclass(frozen=True)
class Section:
    """Lines that belong together; `colour` (green or red) is the bar beside them."""

    title: str
    colour: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Poster:
    """What stands on a poster, in one language."""

    language: str
    subject: str
    intro: str
    sections: Sequence[Section]
    closing: Sequence[str]


def poster_pdf(poster: Poster, *, at: datetime) -> bytes:
    """The poster as PDF/UA-1, A4; `at` stands in its metadata."""
    data = house_data(poster.language) | asdict(poster)
    return typesetting.pdf_of(poster_layout(), data, fonts=fonts_folder(), at=at)
