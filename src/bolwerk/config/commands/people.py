"""`bolwerk people`: people and departments from a file, and a new beginning for who can sign in no more."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils.translation import gettext as _

from bolwerk.config.cli import Refused, in_installation

if TYPE_CHECKING:
    from bolwerk.accounts.queries import Plan

SHOWN = 50  # rows of each sort on the screen; the counts are of all


@click.group("people")
def command() -> None:
    """People and departments."""


@command.command("import")
@in_installation
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--departments", is_flag=True, help="The file holds departments, not people.")
@click.option("--leavers", is_flag=True, help="People who are not in this file have left.")
@click.option("--apply", "use", is_flag=True, help="Do it; without this, only say what would change.")
def read_file(folder: Path, file: Path, *, departments: bool, leavers: bool, use: bool) -> None:  # noqa: ARG001  --dir starts Django
    """Read people (or departments) from a CSV or XLSX FILE."""
    from django.utils import timezone  # Django starts with --dir, not before

    from bolwerk.accounts.actions import apply_people_file
    from bolwerk.accounts.queries import plan_of
    from bolwerk.accounts.rules import FileKind
    from bolwerk.accounts.rules.sheets import SheetRefusedError

    kind = FileKind.DEPARTMENTS if departments else FileKind.PEOPLE
    if departments and leavers:
        raise click.UsageError(_("--leavers is about people, not about departments."))
    at, data = timezone.now(), file.read_bytes()
    try:
        plan = plan_of(data, kind=kind, leavers_go=leavers, actor=None, on=timezone.localdate())
        _refuse_problems(plan, file)
        if use:
            plan = apply_people_file(data=data, kind=kind, leavers_go=leavers, actor=None, at=at, shown=plan.digest)
    except SheetRefusedError as error:
        raise Refused(_("%(file)s: %(error)s Nothing was changed.") % {"file": file, "error": error}) from error
    _tell(plan)
    told = _("%(count)s changes made.") if use else _("%(count)s changes; nothing was changed yet: add --apply.")
    click.echo(told % {"count": plan.total})


@command.command("begin-anew")
@in_installation
@click.argument("email")
@click.option(
    "--show-link", is_flag=True, help="Print the link too, for when mail does not work. It opens the account."
)
def begin_anew(folder: Path, email: str, *, show_link: bool) -> None:  # noqa: ARG001  --dir starts Django
    """Let the person with this EMAIL begin anew with signing in, at once.

    For when no functional administrator can sign in any more; otherwise they do it in the browser, with two or with
    time to stop it. The password, the app, the passkeys and the sessions go; a mail with a link to begin anew comes.
    """
    from django.utils import timezone  # Django starts with --dir, not before

    from bolwerk.accounts.queries import NobodyByThatNameError, colleague_named
    from bolwerk.accounts.rules.ways_back import WayBackError
    from bolwerk.accounts.signin import mail, ways_back

    try:
        person = colleague_named(email)
        ways_back.open_at_once(person=person, at=timezone.now())
    except NobodyByThatNameError as error:
        raise Refused(_("Nobody who works here signs in with %(email)s.") % {"email": email}) from error
    except WayBackError as error:
        raise Refused(str(error)) from error
    click.echo(_("%(name)s begins anew. A mail with a link is on its way.") % {"name": person.name})
    if show_link:
        person.refresh_from_db()
        click.echo(mail.password_link(person))


def _refuse_problems(plan: "Plan", file: Path) -> None:
    if plan.problems:
        place = _("row %(row)s, column %(column)s: ")
        where = [
            (place % {"row": one.row, "column": one.column} if one.row else "") + one.text for one in plan.problems
        ]
        told = _("%(file)s: nothing was changed.") % {"file": file}
        raise Refused("\n- ".join([told, *where[: SHOWN * 4]]))


def _tell(plan: "Plan") -> None:
    """Counts and the first rows of each sort."""
    groups = {
        _("new"): plan.added,
        _("changed"): plan.changed,
        _("back again"): plan.returned,
        _("leaving"): plan.left,
    }
    for word, changes in groups.items():
        click.echo(f"{word}: {len(changes)}")
        for change in changes[:SHOWN]:
            click.echo(f"  {change.name} ({change.key})")
    click.echo(_("unchanged: %(unchanged)s") % {"unchanged": plan.unchanged})
