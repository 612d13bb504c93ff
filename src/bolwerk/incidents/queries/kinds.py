"""What the report form says about each kind of incident, in the reader's language."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bolwerk.incidents.rules import Kind
from bolwerk.ui.content import content_language

CONTENT = Path(__file__).resolve().parent.parent / "content"


@dataclass(frozen=True)
class KindText:
    """One choice of the form: what it is called, an example in a few words, and its icon from the sprite."""

    code: Kind
    icon: str
    label: str
    hint: str


@cache
def _read(language: str) -> tuple[KindText, ...]:
    rows = yaml.safe_load((CONTENT / f"kinds.{language}.yaml").read_text(encoding="utf-8"))
    return tuple(KindText(Kind(row["code"]), row["icon"], row["label"], row["hint"]) for row in rows)


def kinds() -> tuple[KindText, ...]:
    """All kinds, in the order of the form."""
    return _read(content_language())
