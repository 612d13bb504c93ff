"""The word lists that the recognisers read: `content/deidentify/*.txt`, words between blanks, `#` begins a remark."""

from functools import cache
from pathlib import Path

LISTS = Path(__file__).resolve().parents[2] / "content" / "deidentify"


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, in lower case."""
    lines = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.casefold().split())


TITLES, COURTESY, LINKS = words("titles"), words("courtesy"), words("links")


def is_word(text: str) -> bool:
    """Whether this is an ordinary word as well as, perhaps, a name."""
    return text in words("words") or text in words("not_names") or text in words("surname_words")


def is_known_name(text: str) -> bool:
    """Whether a list has it as a given name or a surname, and it is no ordinary word."""
    parts = text.split("-")
    known = words("given") | words("surnames")
    return not is_word(text) and (text in known or all(part in known for part in parts))
