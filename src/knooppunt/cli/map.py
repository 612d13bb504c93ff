"""`knooppunt map`: look at the head of a table and propose which column is which."""

import json
from pathlib import Path

import click
from rich.console import Console

from knooppunt.registers.tables.layouts import LAYOUTS
from knooppunt.registers.tables.propose import Proposal, about_people, propose_mapping


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
    console.print(
        f"This looks like {LAYOUTS[found.register].title}: {len(found.columns)} columns placed.", markup=False
    )
    if found.missing:
        console.print(f"Still needed: {', '.join(found.missing)}.", style="yellow", markup=False)
    for name, words in found.words.items():
        console.print(f"Say what these words of {name} mean: {', '.join(words)}.", style="yellow", markup=False)
    if people := about_people(found.unused):
        console.print(
            f"Not taken over, and better left out of the file: {', '.join(people)}.", style="yellow", markup=False
        )
    if out is None:
        click.echo(toml, nl=False)
    else:
        console.print(f"Written to {out}. Read it before you use it.", markup=False)
