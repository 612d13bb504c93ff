"""The words of which a vault phrase is suggested: the municipality's own list when it has one, else that of Bolwerk."""

from functools import cache
from pathlib import Path

from django.conf import settings

from bolwerk.vault.rules.phrases import suggestion

FILE = "words.nl.txt"
CONTENT = Path(__file__).resolve().parents[1] / "content"
FEWEST = 1000  # a shorter list of one's own would make every suggestion easier to guess than the page says


class WordListTooShortError(ValueError):
    """The municipality's own list has fewer than FEWEST different words."""


@cache
def _words() -> tuple[str, ...]:
    own = Path(settings.BOLWERK_DIR) / "content" / FILE
    lines = (own if own.is_file() else CONTENT / FILE).read_text(encoding="utf-8").splitlines()
    words = tuple(sorted({line.strip() for line in lines if line.strip() and not line.startswith("#")}))
    if len(words) < FEWEST:
        raise WordListTooShortError(f"{own} has {len(words)} different words; at least {FEWEST} are needed.")
    return words


def suggested_phrase() -> str:
    """A random phrase of six words. Raises WordListTooShortError for an own list that is too short."""
    return suggestion(_words())
