"""`bolwerk routes`: every address, and who gets what there."""

import json
import sys
from pathlib import Path

import click
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from bolwerk.config import host
from bolwerk.config.cli import Refused, in_any_folder

PAPER_WIDTH = 160  # columns when the table goes to a file or another program


@click.command("routes")
@in_any_folder
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: per route what each role gets.")
@click.option("--check", is_flag=True, help="Exit 1 and name every route without declared access.")
def command(folder: Path, *, as_json: bool, check: bool) -> None:  # noqa: ARG001  the routes need a started Django only
    """Every route with its name, path and methods, and what each role gets there."""
    from django.conf import settings  # Django starts with --dir, not before

    from bolwerk.accounts.routes import all_routes, undeclared_routes

    routes, closed = all_routes(), [*host.CLOSED] if settings.HOST_MODE else []
    if check:
        missing = [f"/{route.path} ({route.name})" for route in undeclared_routes()]
        if missing:
            raise Refused(
                _("No declared access, see bolwerk.accounts.access: %(names)s") % {"names": ", ".join(missing)}
            )
        click.echo(_("Routes: %(count)s, each with declared access.") % {"count": len(routes)})
    elif as_json:
        rows = [
            {"name": route.name, "path": f"/{route.path}", "methods": sorted(route.methods), "roles": route.table()}
            for route in routes
        ]
        click.echo(json.dumps({"host_mode": settings.HOST_MODE, "closed": closed, "routes": rows}, indent=2))
    else:
        table = Table(_("path"), _("name"), _("methods"), _("open to"))
        for route in routes:
            table.add_row(f"/{route.path}", route.name, " ".join(sorted(route.methods)), route.audience_text())
        if closed:
            click.echo(_("Host mode: only learning circles. Not there: %(names)s.") % {"names": ", ".join(closed)})
        Console(width=None if sys.stdout.isatty() else PAPER_WIDTH).print(table)
