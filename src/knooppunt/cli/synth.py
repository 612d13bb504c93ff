"""`knooppunt synth`: write a whole fictional municipality with a known truth."""

import json
from pathlib import Path

import click
from rich.console import Console

from knooppunt.cli._progress import progress_bar
from knooppunt.synthetic import LEAST_RESIDENTS, MOST_RESIDENTS, Synthesis, synthesise
from knooppunt.synthetic.records import FILES
from knooppunt.words import _, number


@click.command("synth")
@click.option(
    "--residents",
    type=click.IntRange(LEAST_RESIDENTS, MOST_RESIDENTS),
    required=True,
    help="How many people live there.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Same seed, same municipality.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the files.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(residents: int, seed: int, out: Path, as_json: bool) -> None:  # noqa: FBT001  click passes options by name
    """Write a fictional municipality: BAG extract, BRP CSV, KVK JSON Lines, and the truth about it."""
    if as_json:
        click.echo(json.dumps(synthesise(residents=residents, seed=seed, out=out).to_json()))
        return
    with progress_bar() as told:
        progress = (lambda living, of: told(living, of, "residents")) if told else None
        result = synthesise(residents=residents, seed=seed, out=out, progress=progress)
    _show(result)


def _show(result: Synthesis) -> None:
    bag = result.counts["bag_occurrences"]
    console = Console()
    told = {"seed": result.seed, "day": result.as_of, "seconds": f"{result.seconds:.1f}"}
    heading = _("{residents} residents (seed {seed}), as of {day}, in {seconds} s")
    console.print(heading.format(residents=number(result.residents), **told))
    console.print(
        "  bag.zip         "
        + _("{count} occurrences: {each}").format(
            count=number(sum(bag.values())), each=", ".join(f"{k} {number(v)}" for k, v in bag.items())
        )
    )
    brp = {name: number(result.counts["brp"][name]) for name in ("people", "rows")}
    console.print("  brp.csv         " + _("{people} people, {rows} rows").format(**brp))
    companies = number(result.counts["kvk_establishments"])
    console.print("  kvk.jsonl       " + _("{count} establishments").format(count=companies))
    for name, lines in result.counts["records"].items():
        console.print(f"  {FILES[name]:<15} " + _("{count} records").format(count=number(lines)))
    console.print("  boundaries.gpkg " + _("the shapes of neighbourhoods, districts and the municipality"))
    console.print("  truth.json      " + _("what must be found, what must not, and where every establishment is"))
    console.print("  exclusions.csv  " + _("planted findings with an innocent explanation"))
