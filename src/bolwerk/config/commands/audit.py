"""`bolwerk audit`: is the trail whole, and write its head down outside."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.config.cli import Refused, in_installation

if TYPE_CHECKING:
    from bolwerk.audit.queries.verification import Verdict

FAULTS = {
    "changed": gettext_lazy("Line %(at_line)s is not the line that was written."),
    "missing": gettext_lazy("Line %(at_line)s is missing."),
    "added": gettext_lazy("Line %(at_line)s was never written by Bolwerk."),
    "cut": gettext_lazy("The trail was cut off: line %(at_line)s and what followed is missing."),
    "recomputed": gettext_lazy(
        "The trail was computed anew: line %(at_line)s holds, but it is not the line that was anchored. "
        "The first bad line is after line %(vouched)s and at most line %(at_line)s."
    ),
}


@click.group("audit")
def command() -> None:
    """The trail: is it whole, and where is its head anchored."""


@command.command("verify")
@click.option(
    "--anchors",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with anchors (mails saved as text will do); may be given more than once.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@in_installation
def verify_trail(folder: Path, files: tuple[Path, ...], *, as_json: bool) -> None:
    """Check every line, the head and the anchors. Names the first bad line; exit code 1 when there is one."""
    from bolwerk.audit.queries.verification import verify

    verdict = verify(anchors=_anchors_in(files))
    if as_json:
        click.echo(json.dumps(asdict(verdict)))
    if verdict.fault:
        raise Refused(_sentence(verdict))
    if not as_json:
        click.echo(
            _("The trail in %(folder)s is whole: %(lines)s lines, the last with hash %(hash)s.")
            % {"folder": folder, "lines": verdict.lines, "hash": verdict.hash}
        )


@command.command("anchor")
@click.option("--file", "file", type=click.Path(dir_okay=False, path_type=Path), help="Add the head to this file.")
@click.option("--mail", "mail", help="Mail the head to this address.")
@click.option("--url", "url", help="Give the head to a second installation.")
@in_installation
def anchor_head(folder: Path, file: Path | None, mail: str | None, url: str | None) -> None:
    """Write the head of the trail down outside; without options in every place that the settings name."""
    from bolwerk.audit.actions import anchoring
    from bolwerk.audit.rules.addresses import UnsafeAddressError

    at = timezone.now()
    try:
        made = [anchoring.anchor_in_file(file=file, at=at)] if file else []
        made += [anchoring.anchor_by_mail(to=mail, at=at)] if mail else []
        made += [anchoring.anchor_elsewhere(url=url, at=at)] if url else []
        if not (file or mail or url):
            made = anchoring.anchor_now(at=at)
    except anchoring.NothingToAnchorError as error:
        raise Refused(
            _("The trail in %(folder)s is still empty: there is nothing to anchor.") % {"folder": folder}
        ) from error
    except UnsafeAddressError as error:
        raise Refused(_("%(url)s is not https. The head only travels encrypted.") % {"url": url}) from error
    except OSError as error:
        raise Refused(
            _("The head could not be written down (%(error)s). The trail itself is untouched.") % {"error": error}
        ) from error
    if not made:
        raise Refused(_("Say where: --file, --mail or --url, or set BOLWERK_ANCHOR_FILE, _MAIL or _URL."))
    for line in made:
        click.echo(str(line))


@command.command("received")
@click.argument("peer")
@in_installation
def received_anchors(folder: Path, peer: str) -> None:
    """Print the anchors that the installation PEER left here; with them it can verify its own trail."""
    from bolwerk.audit.queries.chain import anchors_of

    found = list(anchors_of(peer))
    if not found:
        raise Refused(_("The trail in %(folder)s keeps no anchors of %(peer)s.") % {"folder": folder, "peer": peer})
    for line in found:
        click.echo(str(line))


def _anchors_in(files: tuple[Path, ...]) -> dict[int, set[str]]:
    """All anchors in the given files together."""
    from bolwerk.audit.rules.anchors import NoAnchorsError, read_anchors

    found: dict[int, set[str]] = {}
    for file in files:
        try:
            with file.open(encoding="utf-8", errors="replace") as lines:
                for number, hashes in read_anchors(lines).items():
                    found.setdefault(number, set()).update(hashes)
        except NoAnchorsError as error:
            raise Refused(
                _("%(file)s holds no anchors (lines that start with 'bolwerk-anchor').") % {"file": file}
            ) from error
    return found


def _sentence(verdict: "Verdict") -> str:
    """The fault in words."""
    from bolwerk.audit.queries.verification import Fault

    good = verdict.vouched if verdict.fault is Fault.RECOMPUTED else verdict.lines  # a computed chain holds by itself
    told = {"at_line": verdict.at_line, "vouched": verdict.vouched, "lines": good}
    before = _("%(lines)s lines before it are good.") % told
    return f"{FAULTS[str(verdict.fault)] % told} {before}"
