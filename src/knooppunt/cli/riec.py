"""`knooppunt riec`: one finding as a signal document, once somebody decided that it may be shared."""

import getpass
import json
from datetime import UTC, datetime
from pathlib import Path

import click

from knooppunt.cli._refusals import said
from knooppunt.findings.riec import Decision, riec_signal
from knooppunt.findings.store import load_findings
from knooppunt.vault import open_vault
from knooppunt.words import _


@click.command("riec")
@click.argument("finding")
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--to", "recipient", required=True, help="Which RIEC or partner.")
@click.option("--legal-basis", required=True, help="The ground for sharing.")
@click.option("--necessity", required=True, help="Why it is needed for the task of the recipient.")
@click.option("--decided-by", required=True, help="Who decided (privacy check 2B).")
@click.option("--decided-on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="When.")
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who takes it out.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write in.")
def command(  # noqa: PLR0913  a decision has that many parts
    *,
    finding: str,
    vault: Path,
    recipient: str,
    legal_basis: str,
    necessity: str,
    decided_by: str,
    decided_on: datetime,
    by: str,
    out: Path,
) -> None:
    """Write FINDING as a signal for the RIEC (text and JSON), without persons and without records. Nothing is sent."""
    opened = open_vault(vault)
    run = load_findings(opened, None)
    chosen = next((one for one in run.findings if one.id == finding), None)
    if chosen is None:
        raise click.ClickException(said(f"There is no finding {finding} in the latest run ({run.as_of})."))
    decision = Decision(recipient, legal_basis, necessity, decided_by, decided_on.date())
    signal = riec_signal(opened, chosen, decision, at=datetime.now(UTC), by=by)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{signal.number}.txt").write_text(signal.text, encoding="utf-8")
    data = json.dumps(signal.data | {"sha256": signal.sha256}, ensure_ascii=False, indent=2)
    (out / f"{signal.number}.json").write_text(data + "\n", encoding="utf-8")
    click.echo(_("{number} written to {folder}. Keep the receipt.").format(number=signal.number, folder=out))
