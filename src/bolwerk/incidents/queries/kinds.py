"""What the report form says about each kind of incident, in the words of the municipality."""

from pathlib import Path

from bolwerk.incidents.models.codes import choices_of, choices_with, code_named, codes_of, trouble_with_lists, word_for
from bolwerk.incidents.rules.codes import Code, CodeList

CONTENT = Path(__file__).resolve().parent.parent / "content"
__all__ = [
    "CONTENT",
    "choices_of",
    "choices_with",
    "code_named",
    "codes_of",
    "kinds",
    "trouble_with_lists",
    "word_for",
]


def kinds() -> tuple[Code, ...]:
    """All kinds, in the order of the form."""
    return codes_of(CodeList.KINDS)
