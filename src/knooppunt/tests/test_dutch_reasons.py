"""Every reason for refusing something has its Dutch, and the right one is found."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import knooppunt
from knooppunt.registers.dutch import DUTCH, in_dutch
from knooppunt.registers.refusal import Rejection

ROOT = Path(knooppunt.__file__).parent
REFUSALS = ("RefusedError", "StoppedError", "Rejection")
PUT_TOGETHER = {"{} {}": "{} ", "{}": ""}  # a reason that comes from elsewhere, and what stands before it


def template(node: ast.expr) -> str | None:
    """A text in the code with `{}` where something is filled in; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def reasons_in(file: Path) -> Iterator[str]:
    """The reasons that a module gives: in what it raises, and in what it calls a reason."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith(REFUSALS) and node.args:
            last = template(node.args[-1])
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "reason":
            last = template(node.value)
        else:
            last = None
        if last and last not in PUT_TOGETHER:
            yield last


@pytest.mark.parametrize("folder", ["registers", "ingest", "linkage", "findings"])
def test_every_reason_has_its_dutch(folder: str) -> None:
    given = {reason for file in (ROOT / folder).rglob("*.py") for reason in reasons_in(file)}
    assert len(given) > 3
    assert given - DUTCH.keys() == set(), "Add its Dutch to knooppunt/registers/dutch.py."


def test_the_dutch_keeps_every_hole() -> None:
    assert [reason for reason, dutch in DUTCH.items() if reason.count("{}") != dutch.count("{}")] == []


@pytest.mark.parametrize(
    ("reason", "dutch"),
    [
        ("is empty", "is leeg"),
        ("has no column 01.01.20, 08.10.30", "heeft geen kolom 01.01.20, 08.10.30"),
        ("unknown status “Pand in brand”", "onbekende waarde voor status: “Pand in brand”"),
        ("08.10.30 is not a date: there is no such day", "08.10.30 is geen datum: die dag bestaat niet"),
        ("is an extract of municipality 0221, not of 9900", "is een extract van gemeente 0221, niet van 9900"),
        ("something nobody thought of", "something nobody thought of"),
    ],
)
def test_a_reason_reads_in_dutch(reason: str, dutch: str) -> None:
    assert in_dutch(Rejection("a.xml", 3, reason)) == dutch
