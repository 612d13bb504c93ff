"""`knooppunt doctor`: what a vault holds, how old it is, whether its files are whole, and what rules still need."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click
import pyarrow.parquet as pq

from knooppunt.findings import RULES
from knooppunt.linkage.report_back import waiting
from knooppunt.linkage.run import NAME as LINKS
from knooppunt.linkage.run import current_links
from knooppunt.linkage.worklist import count_uncertain
from knooppunt.registers.catalogue import REGISTER_OF_TABLE, SCHEMA_VERSIONS
from knooppunt.vault import Delivery, Vault, VaultError, open_vault
from knooppunt.vault.derived import read_derived
from knooppunt.words import _, number

DAYS_APART = 31
"""Registers are mostly delivered once a month; further apart, they do not tell of one moment."""


@click.command("doctor")
@click.option(
    "--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder of the vault."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(vault: Path, as_json: bool) -> None:  # noqa: FBT001  click passes options by name
    """Show what the vault holds, how old it is, and whether its files are whole."""
    opened = open_vault(vault)
    today = date.today()  # noqa: DTZ011  age in days on the clock of this machine
    deliveries = opened.registers()
    for delivery in deliveries:
        _check_files(delivery)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "vault": str(vault),
                    "municipality": opened.municipality,
                    "registers": [delivery.to_json() | {"age_days": _age(delivery, today)} for delivery in deliveries],
                    "days_behind": days_behind(deliveries),
                    "rules_without_register": _missing(deliveries),
                    "links": linked_state(opened),
                }
            )
        )
        return
    _show(deliveries, opened.municipality, today)
    for register, days in days_behind(deliveries).items():
        told = _("{register} is {days} days older than the newest register; what is said of both is not of one day.")
        click.echo(told.format(register=register, days=number(days)))
    for delivery in deliveries:
        if (since := delivery.quality.get("without_history")) is not None:
            click.echo(
                f"{delivery.register} came without history: known from {since} on. "
                f"Not in it: {delivery.quality['not_in_delivery']}."
            )
        if (before := delivery.quality.get("rows_of_the_delivery_before")) is not None:
            rows = sum(delivery.counts.values())
            told = _("{register} has {rows} rows, the delivery before it had {before}: is it whole?")
            click.echo(told.format(register=delivery.register, rows=number(rows), before=number(before)))
    _show_missing(_missing(deliveries))
    _show_links(linked_state(opened))


def _check_files(delivery: Delivery) -> None:
    """Compare the rows in each file with the manifest. Raises VaultError when they differ."""
    for table, rows in delivery.counts.items():
        path = delivery.table_path(table)
        try:
            found = pq.read_metadata(path).num_rows
        except (OSError, ValueError) as error:
            raise VaultError(f"{path} cannot be read ({error}). Ingest {delivery.register} again.") from error
        if found != rows:
            raise VaultError(f"{path} has {found} rows, its manifest says {rows}. Ingest {delivery.register} again.")


def _age(delivery: Delivery, today: date) -> int | None:
    return (today - delivery.as_of).days if delivery.as_of else None


def days_behind(deliveries: list[Delivery]) -> dict[str, int]:
    """The registers that are more than DAYS_APART days older than the newest one, and by how much."""
    days = {delivery.register: delivery.as_of for delivery in deliveries if delivery.as_of}
    newest = max(days.values(), default=None)
    behind = {register: (newest - day).days for register, day in days.items() if newest}
    return {register: number for register, number in behind.items() if number > DAYS_APART}


def _missing(deliveries: list[Delivery]) -> dict[str, list[str]]:
    """Per rule that cannot give an answer the registers it lacks, that an earlier version read, or that came empty."""
    there = {one.register for one in deliveries if one.schema_version == SCHEMA_VERSIONS.get(one.register)}
    lacking = {
        rule.id: [name for name in rule.registers if name not in there]
        or [f"{REGISTER_OF_TABLE[table]} ({table})" for table in rule.unfilled(deliveries)]
        for rule in RULES.values()
    }
    return {rule: names for rule, names in lacking.items() if names}


def linked_state(vault: Vault) -> dict[str, Any]:
    """How well the registers in a vault are linked, and what waits for a human: `state` is never, old or current."""
    made = read_derived(vault.path, LINKS)
    if made is None:
        return {"state": "never"}
    try:
        current_links(vault)
    except VaultError:
        return {"state": "old", "as_of": made.facts["as_of"]}
    errors: dict[str, int] = made.facts["errors"]
    good = sum(number for name, number in errors.items() if name in ("0", "1"))
    return {
        "state": "current",
        "as_of": made.facts["as_of"],
        "establishments": sum(errors.values()),
        "good_enough": good,
        "to_look_at": count_uncertain(vault),
        "reports_waiting": len(waiting(vault)),
    }


_COUNTED = {"count": "establishments", "open": "to_look_at", "waiting": "reports_waiting"}


def _show_links(links: dict[str, Any]) -> None:
    if links["state"] == "never":
        click.echo(_("Nothing is linked yet: knooppunt link"))
    elif links["state"] == "old":
        click.echo(_("A register or a decision changed since the links were made: knooppunt link"))
    elif links["establishments"]:
        share = links["good_enough"] / links["establishments"]
        told = _(
            "{share} of {count} establishments are linked well enough for a finding; {open} to look at, {waiting} "
            "decisions to report back."
        )
        counts = {name: number(links[key]) for name, key in _COUNTED.items()}
        click.echo(told.format(share=f"{share:.1%}", **counts))


def _show_missing(missing: dict[str, list[str]]) -> None:
    """Which register, once it is there, lets which rules give an answer."""
    from rich.console import Console  # noqa: PLC0415  not needed for --json

    console = Console()
    can = len(RULES) - len(missing)
    console.print(_("{can} of {all} rules can give an answer.").format(can=can, all=len(RULES)))
    for register in sorted({name for names in missing.values() for name in names}):
        rules = ", ".join(rule for rule, names in missing.items() if register in names)
        console.print(_("{register} is needed by {rules}").format(register=register, rules=rules), markup=False)


def _show(deliveries: list[Delivery], municipality: str | None, today: date) -> None:
    from rich.console import Console  # noqa: PLC0415  not needed for --json
    from rich.table import Table  # noqa: PLC0415  only when it is shown

    table = Table(title=_("Municipality {code}").format(code=municipality) if municipality else _("Vault"))
    right = {_("age"), _("rows"), _("rejected")}
    for heading in (_("register"), _("as of"), _("age"), _("ingested"), _("rows"), _("rejected"), _("source")):
        # What a column too many costs on a narrow screen is taken from the name of the file, never from a date.
        table.add_column(heading, justify="right" if heading in right else "left", no_wrap=heading != _("source"))
    for delivery in deliveries:
        age = _age(delivery, today)
        table.add_row(
            delivery.register,
            str(delivery.as_of or _("unknown")),
            "" if age is None else _("{count} days").format(count=number(age)),
            delivery.ingested_at.strftime("%Y-%m-%d %H:%M"),
            number(sum(delivery.counts.values())),
            number(delivery.rejected),
            delivery.source_name,
        )
    Console().print(table)
