"""`bolwerk bundle`: signed items for other installations, made, checked, read and offered from a command line."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.config.cli import Refused, in_installation

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("bundle")
def command() -> None:
    """Signed items for other installations. Exit code 1: refused, a sentence says why, nothing was kept."""


@command.command("key")
@in_installation
def key(folder: Path) -> None:  # noqa: ARG001  the option starts Django
    """The public key of this installation, and its fingerprint to read out."""
    from bolwerk.crypto.signing import fingerprint, own_signer

    public = own_signer(at=timezone.now()).public
    click.echo(f"{public}\n{fingerprint(public)}")


@command.command("make")
@click.option("--kind", required=True, help="What it is, such as card; its content follows the schema of that kind.")
@click.option("--title", required=True, help="Its title.")
@click.option("--content", required=True, type=FILE, help="A JSON file with the content.")
@click.option("--item", type=click.UUID, help="Its id, the same for each version; a fresh one when left out.")
@click.option("--by", required=True, help="E-mail address of the person who sends it.")
@in_installation
def make(folder: Path, kind: str, title: str, content: Path, item: UUID | None, by: str) -> None:  # noqa: ARG001  the option starts Django
    """Sign the next version of an item, and print the bundle."""
    from bolwerk.circle.actions import exchange
    from bolwerk.circle.rules.bundles import BundleRefusedError

    try:
        read = json.loads(content.read_text(encoding="utf-8"))
        made = exchange.Item(kind, item or uuid4(), title, read)
        row = exchange.draft(item=made, by=_person(by), at=timezone.now())
        row = exchange.issue(row=row, by=_person(by), at=timezone.now())
    except (ValueError, BundleRefusedError) as error:
        raise Refused(f"{content}: {error}") from error
    click.echo(row.data)


@command.command("check")
@click.argument("file", type=FILE)
@in_installation
def check(folder: Path, file: Path) -> None:  # noqa: ARG001  the option starts Django
    """Say whether a bundle would come in; nothing is kept."""
    from bolwerk.circle.queries.bundles import checked
    from bolwerk.circle.rules.bundles import BundleRefusedError

    try:
        bundle = checked(file.read_bytes())
    except BundleRefusedError as error:
        raise Refused(f"{file}: {error}") from error
    click.echo(
        _("%(kind)s “%(title)s” of %(origin)s, version %(version)s: can come in.")
        % {"kind": bundle.kind, "title": bundle.title, "origin": bundle.origin, "version": bundle.sequence}
    )


@command.command("read")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the content as one JSON object.")
@in_installation
def read(folder: Path, file: Path, *, as_json: bool) -> None:  # noqa: ARG001  the option starts Django
    """Show what is in a bundle, by its form only: `check` says whether it can be trusted."""
    from bolwerk.circle.queries.bundles import opened, readable
    from bolwerk.circle.rules.bundles import BundleRefusedError

    try:
        bundle = opened(file.read_text(encoding="utf-8", errors="replace"))
    except BundleRefusedError as error:
        raise Refused(f"{file}: {error}") from error
    if as_json:
        click.echo(json.dumps(bundle.content, ensure_ascii=False))
        return
    click.echo(
        _("%(title)s\n%(kind)s, version %(version)s, %(origin)s, %(licence)s")
        % {
            "title": bundle.title,
            "kind": bundle.kind,
            "version": bundle.sequence,
            "origin": bundle.origin,
            "licence": bundle.licence,
        }
    )
    for word, lines in readable(bundle.content):
        click.echo(f"{word}: {'; '.join(lines)}")


@command.command("feed")
@click.option("--to", "target", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder.")
@in_installation
def feed(folder: Path, target: Path) -> None:  # noqa: ARG001  the option starts Django
    """Write everything that is offered as files that any web server can serve."""
    from bolwerk.circle.actions import exchange

    click.echo(
        _("%(count)s items in %(target)s")
        % {"count": exchange.write_feed(folder=target, at=timezone.now()), "target": target}
    )


@command.command("trust")
@click.option("--name", required=True, help="What the other installation is called.")
@click.option("--key", "public", required=True, help="Its public key.")
@click.option("--fingerprint", "heard", required=True, help="The fingerprint that was read out to you.")
@click.option("--municipality", default="", help="Of which municipality it is, for figures of a benchmark.")
@click.option("--feed", "address", default="", help="Where it offers its items.")
@click.option("--by", required=True, help="E-mail address of the administrator who compared.")
@in_installation
def trust(folder: Path, by: str, **given: Any) -> None:  # noqa: ARG001  the option starts Django
    """Trust what another installation signs, after you compared the fingerprint."""
    from bolwerk.circle.actions import exchange
    from bolwerk.circle.forms.exchange import TrustForm

    asked = {**given, "fingerprint": given["heard"], "feed": given["address"]}
    form = TrustForm(asked)
    if not form.is_valid():
        raise Refused("; ".join(str(text) for texts in form.errors.values() for text in texts))
    data = {name: form.cleaned_data[name] for name in ("name", "municipality", "public", "feed")}
    try:
        exchange.trust_key(by=_person(by), at=timezone.now(), **data)
    except exchange.KeyKnownError as error:
        raise Refused(_("This key stands in the list already; one that was revoked never comes back.")) from error
    click.echo(_("What %(name)s signs can come in from now on.") % {"name": data["name"]})


def _person(email: str) -> Any:
    """The person with this address. An unknown one is refused."""
    from bolwerk.accounts.models import Person

    found = Person.objects.filter(email=email.lower(), is_active=True).first()
    if found is None:
        raise Refused(_("Nobody here has the address %(email)s.") % {"email": email})
    return found
