"""`knooppunt map`: look at the head of a table and propose which column is which."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from knooppunt.registers.tables.layouts import LAYOUTS
from knooppunt.registers.tables.propose import Proposal, about_people, propose_mapping
from knooppunt.words import _, language, number

FEWEST = 2  # columns that have to fit, before one can say what a file looks like


@click.command("map")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--register", type=click.Choice(sorted(LAYOUTS)), help="What it is; otherwise what fits best.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write the mapping to.")
@click.option("--ask", is_flag=True, help="Ask about each column that is missing and each word without a meaning.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(*, path: Path, register: str | None, out: Path | None, ask: bool, as_json: bool) -> None:
    """Propose a mapping for the CSV at PATH from its first lines: column names, what stands in them, date format.

    Read it, complete what is marked, and take the file in with:

    \b
    knooppunt ingest table FILE --mapping MAPPING.toml --vault DIR
    """
    found = propose_mapping(path, register or "")
    toml = _completed(found) if ask else found.toml
    if out is not None:
        out.write_text(toml, encoding="utf-8")
    if as_json:
        told = vars(found) | {"toml": toml, "about_people": about_people(found.unused)}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _show(found, toml, out)


def _completed(found: Proposal) -> str:
    """The proposal with the answers of a person filled in; an empty answer leaves it as it is."""
    lines = []
    for line in found.toml.splitlines():
        if line.startswith("# ") and '"…"' in line:
            answer = click.prompt(line.removeprefix("# ").partition(" = ")[0], default="", show_default=False, err=True)
            said = json.dumps(answer, ensure_ascii=False)
            lines.append(line.removeprefix("# ").replace('"…"', said).partition("  needed")[0] if answer else line)
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _show(found: Proposal, toml: str, out: Path | None) -> None:
    console = Console(stderr=True)
    layout = LAYOUTS[found.register]
    title = layout.title_nl if language() == "nl" else layout.title
    placed = _("This looks like {what}: {count} columns placed.")
    if len(found.columns) < FEWEST or found.alike:
        placed = _("It is not clear what this is; say so with --register. Proposed as {what}: {count} columns placed.")
    console.print(placed.format(what=title, count=number(len(found.columns))), markup=False)
    for remark in _remarks(found):
        console.print(remark, style="yellow", markup=False)
    if out is None:
        click.echo(toml, nl=False)
    else:
        console.print(_("Written to {file}. Read it before you use it.").format(file=out), markup=False)


def _remarks(found: Proposal) -> Iterator[str]:
    """What somebody has to look at before the mapping is used."""
    if found.doubtful:
        told = _("The first line should hold headings, and looks like data: {columns}.")
        yield told.format(columns=", ".join(found.doubtful))
    if found.alike:
        yield _("It fits as well: {registers}.").format(registers=", ".join(found.alike))
    if found.missing:
        yield _("Still needed: {columns}.").format(columns=", ".join(found.missing))
    for name, words in found.words.items():
        yield _("Say what these words of {column} mean: {words}.").format(column=name, words=", ".join(words))
    people = about_people(found.unused)
    if others := [one for one in found.unused if one not in people]:
        yield _("Not placed: {columns}.").format(columns=", ".join(others))
    if people:
        yield _("Not taken over, and better left out of the file: {columns}.").format(columns=", ".join(people))
