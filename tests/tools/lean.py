"""Of the stylesheet of NL Design System, only the rules that our pages use: `python -m tests.tools.lean`.

The whole of it lies beside this file, as it was published; the product ships what is left. A phone on a slow network
waits for every byte of it. A rule stays when each class it asks for stands somewhere in a template, in Python or in a
script; what is asked for only in `:not()`, `:is()` or `:where()` is no reason to leave a rule out. A class whose name
is made while a page is drawn (`utrecht-alert--{{ level }}`) keeps its whole family.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

WHOLE = Path(__file__).parent / "utrecht" / "utrecht.css"
SOURCE = Path(__file__).resolve().parents[2] / "src" / "bolwerk"
LEAN = SOURCE / "ui" / "static" / "ui" / "vendor" / "utrecht.css"
HEADER = (
    "/* NL Design System, Utrecht components (EUPL-1.2): versions in README.md. Shortened by us: the rules for classes "
    "that no page of Bolwerk has are left out. */\n"
)
NAME = re.compile(r"utrecht-[a-z0-9_-]+")
CLASS = re.compile(r"\.(utrecht-[a-z0-9_-]+)")
FAMILY = re.compile(r"(utrecht-[a-z0-9_-]+-)\{\{")
CUT_NAME = re.compile(r"utrecht-[a-z0-9_-]*-\{%")
NOT_ASKED_FOR = re.compile(r":(?:not|is|where)\([^()]*(?:\([^()]*\)[^()]*)*\)")
PROGRAMS = {".html", ".py", ".js"}


class UnclearNameError(ValueError):
    """A template puts the name of a class together of pieces, so that nobody can see which it uses."""


def _programs() -> Iterator[str]:
    for file in sorted(SOURCE.rglob("*")):
        if file.suffix in PROGRAMS and not {"vendor", "tests"} & set(file.parts):
            yield file.read_text(encoding="utf-8")


def used() -> tuple[frozenset[str], tuple[str, ...]]:
    """The classes that stand in our pages, and the beginnings of those that are made while drawing.

    Raises UnclearNameError for a name that a template tag completes: write the whole names in its branches.
    """
    names: set[str] = set()
    families: set[str] = set()
    for text in _programs():
        if cut := CUT_NAME.search(text):
            raise UnclearNameError(cut[0])
        names.update(NAME.findall(text))
        families.update(FAMILY.findall(text))
    return frozenset(names), tuple(sorted(families))


def _split(text: str, at: str) -> list[str]:
    """Cut at a sign, but not within brackets."""
    pieces, depth = [""], 0
    for sign in text:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == at and not depth:
            pieces.append("")
        else:
            pieces[-1] += sign
    return pieces


def _stays(selector: str, names: frozenset[str], families: tuple[str, ...]) -> bool:
    asked = CLASS.findall(NOT_ASKED_FOR.sub("", selector))
    return all(name in names or name.startswith(families) for name in asked)


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Each rule of a stylesheet: what stands before its braces, and what within."""
    start = depth = 0
    for place, sign in enumerate(text):
        if sign == "{":
            depth += 1
            if depth == 1:
                head, start = text[start:place].strip(), place + 1
        elif sign == "}":
            depth -= 1
            if not depth:
                yield head, text[start:place]
                start = place + 1


def lean(text: str, *, names: frozenset[str], families: tuple[str, ...] = ()) -> str:
    """The rules of a stylesheet that these classes need, one a line, with the selectors that can match."""
    lines = []
    for head, body in _rules(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
        if head.startswith("@"):
            inner = lean(body, names=names, families=families).replace("\n", "")
            if inner:
                lines.append(f"{head}{{{inner}}}")
        elif kept := [one for one in _split(head, ",") if _stays(one, names, families)]:
            lines.append(f"{','.join(kept)}{{{body}}}")
    return "\n".join(lines)


def shipped() -> str:
    """What the product's stylesheet must be."""
    names, families = used()
    return HEADER + lean(WHOLE.read_text(encoding="utf-8"), names=names, families=families) + "\n"


if __name__ == "__main__":
    LEAN.write_text(shipped(), encoding="utf-8")
    sys.stdout.write(f"{LEAN.name}: {LEAN.stat().st_size} of {WHOLE.stat().st_size} bytes.\n")
