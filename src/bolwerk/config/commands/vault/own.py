"""`bolwerk vault make`, `status`, `change-phrase`, `new-code`, `recover`, `start-over`: somebody's own vault."""

from pathlib import Path

import click
from django.utils.translation import gettext as _

from bolwerk.config.cli import in_installation
from bolwerk.config.commands.vault.asking import by_person, find, new_phrase, opened, refusals, secret, show_code


@click.command("make")
@in_installation
@by_person
def make(folder: Path, email: str) -> None:  # noqa: ARG001  --dir starts Django  --dir starts Django
    """Make a vault; prints the recovery code, once."""
    from django.utils import timezone

    from bolwerk.vault.actions import make_vault

    person = find(email)
    with refusals():
        _vault, code = make_vault(person=person, phrase=new_phrase(), at=timezone.now())
    show_code(code)


@click.command("suggest")
@in_installation
def suggest(folder: Path) -> None:  # noqa: ARG001  --dir starts Django
    """Suggest a phrase of six Dutch words."""
    from bolwerk.vault.queries import suggested_phrase

    click.echo(suggested_phrase())


@click.command("status")
@in_installation
@by_person
def status(folder: Path, email: str) -> None:  # noqa: ARG001  --dir starts Django
    """Whether somebody has a vault, and whether two trustees can open it together. Asks no phrase."""
    from bolwerk.vault.queries import own_vault

    person = find(email)
    vault = own_vault(person)
    if vault is None:
        click.echo(_("%(person)s has no vault.") % {"person": person.name})
        return
    click.echo(
        _("%(person)s has a vault; phrase of %(phrase_set_at)s.")
        % {"person": person.name, "phrase_set_at": f"{vault.key.phrase_set_at:%Y-%m-%d}"}
    )
    if vault.escrow.is_split:
        click.echo(_("Two trustees together can open it."))
    else:
        click.echo(_("Two trustees together cannot open it."))


@click.command("change-phrase")
@in_installation
@by_person
def change_phrase(folder: Path, email: str) -> None:  # noqa: ARG001  --dir starts Django
    """Choose another phrase, knowing the one of now."""
    from django.utils import timezone

    from bolwerk.vault import actions

    with refusals():
        actions.change_phrase(vault=opened(email), phrase=new_phrase(), at=timezone.now())
    click.echo(_("The phrase was changed. The old one opens nothing any more."))


@click.command("new-code")
@in_installation
@by_person
def new_code(folder: Path, email: str) -> None:  # noqa: ARG001  --dir starts Django
    """Make a new recovery code; the printed one works no longer."""
    from django.utils import timezone

    from bolwerk.vault import actions

    with refusals():
        _vault, code = actions.renew_code(vault=opened(email), at=timezone.now())
    show_code(code)


@click.command("recover")
@in_installation
@by_person
def recover(folder: Path, email: str) -> None:  # noqa: ARG001  --dir starts Django
    """Open a vault with its recovery code and choose a new phrase."""
    from django.utils import timezone

    from bolwerk.vault import actions

    person = find(email)
    with refusals():
        code = secret(_("Recovery code"))
        _vault, fresh = actions.recover(person=person, code=code, phrase=new_phrase(), at=timezone.now())
    show_code(fresh)


@click.command("start-over")
@in_installation
@by_person
@click.option("--yes", "sure", is_flag=True, help="Give up what was sealed; without this, only say what that is.")
def start_over(folder: Path, email: str, *, sure: bool) -> None:  # noqa: ARG001  --dir starts Django
    """Replace a vault that nobody can open any more by an empty one."""
    from django.utils import timezone

    from bolwerk.vault import actions, queries

    person = find(email)
    loss = queries.loss_of_starting_over(person)
    click.echo(
        _("%(unreadable)s notes no longer open for %(person)s; %(gone)s of them are read by nobody else.")
        % {"unreadable": loss.unreadable, "person": person.name, "gone": loss.gone}
    )
    if not sure:
        click.echo(_("Nothing was changed yet: add --yes."))
        return
    with refusals():
        _vault, code = actions.start_over(person=person, phrase=new_phrase(), at=timezone.now())
    show_code(code)


COMMANDS = (make, suggest, status, change_phrase, new_code, recover, start_over)
