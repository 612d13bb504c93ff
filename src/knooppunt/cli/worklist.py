"""`knooppunt worklist`: what to go and look at, with random controls mixed in that nobody can tell apart."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import click

from knooppunt.findings import RULES, load_findings
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.places import places_of
from knooppunt.findings.yields import work_list
from knooppunt.vault import VaultError, open_vault
from knooppunt.vault.staging import log
from knooppunt.words import _, number


@click.command("worklist")
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--rule", required=True, metavar="ID", help="The rule whose findings are looked at.")
@click.option(
    "--seed", type=click.IntRange(min=0), required=True, help="Draws the controls; the same draws them again."
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day of the findings; by default the latest.")
@click.option("--known-on", type=click.DateTime(["%Y-%m-%d"]), help="Of findings asked as they were known on this day.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The list, for who looks.")
@click.option("--key", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The key, for the auditor.")
def command(  # noqa: PLR0913  one parameter per option
    *,
    vault: Path,
    rule: str,
    seed: int,
    as_of: datetime | None,
    known_on: datetime | None,
    out: Path,
    key: Path,
) -> None:
    """Write the found addresses of a rule as a list to fill in, with one in five drawn at random among them.

    The list does not say which is which; the key does. Whoever looks fills in `confirmed` or `refuted` and gets no
    key. Afterwards: knooppunt outcomes LIST --key KEY
    """
    opened = open_vault(vault, known_on=known_on.date() if known_on else None)
    if rule not in RULES or RULES[rule].level != "address":
        raise VaultError(f"There is no rule about addresses called {rule}.")
    run = load_findings(opened, as_of.date() if as_of else None)
    found = sorted({finding.object_id for finding in run.findings if finding.rule == rule})
    with Inputs(opened, run.as_of) as inputs:
        ids = inputs.premises.select("object_id").to_pyarrow()["object_id"].to_pylist()
        items = work_list(found, (f"{one:016}" for one in ids), seed=seed)
        places = places_of(inputs, "address", [int(item.object_id) for item in items])
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(["object_id", "place", "outcome"])
    for item in items:
        writer.writerow([item.object_id, places[int(item.object_id)].text, ""])
    out.write_text(text.getvalue(), encoding="utf-8")
    controls = [item.object_id for item in items if item.is_control]
    key.write_text(json.dumps({"rule": rule, "seed": seed, "run": run.run, "controls": controls}), encoding="utf-8")
    log(
        opened.path,
        {
            "event": "worklist",
            "at": datetime.now(UTC).isoformat(),
            "rule": rule,
            "seed": seed,
            "run": run.run,
            **({"known_on": opened.known_on.isoformat()} if opened.known_on else {}),
            "found": len(found),
            "controls": len(controls),
        },
    )
    told = _("{count} addresses in {file}; the key is in {key}")
    click.echo(told.format(count=number(len(items)), file=out, key=key), err=True)
