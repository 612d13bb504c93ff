"""`bolwerk init`: the first run from a command line, with questions or without."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.config import environment
from bolwerk.config.cli import Refused, in_any_folder
from bolwerk.config.keys import make_keys

if TYPE_CHECKING:
    from bolwerk.accounts.rules.logo import Logo

NEEDED = {
    "name": "--name",
    "administrator_email": "--administrator-email",
    "administrator_name": "--administrator-name",
}
QUESTIONS = {
    "name": gettext_lazy("Name of the municipality"),
    "administrator_email": gettext_lazy("E-mail address of the first administrator"),
    "administrator_name": gettext_lazy("Name of the first administrator"),
}


@click.command("init")
@in_any_folder
@click.option("--name", help="Name of the municipality.")
@click.option(
    "--logo", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="PNG or JPEG, at most 200 kB."
)
@click.option("--look", default="bolwerk", show_default=True, help="The token file with the municipality's look.")
@click.option("--administrator-email", help="Sign-in name of the first functional administrator.")
@click.option("--administrator-name", help="Name of the first functional administrator.")
@click.option(
    "--password-file",
    type=click.File(encoding="utf-8"),
    help="File with the first password on its first line; - reads standard input. Asked for when absent.",
)
@click.option("--examples/--empty", default=False, help="Begin with example departments, or with nothing.")
@click.option("--test-mail/--no-test-mail", default=False, help="Send a test mail to the administrator first.")
@click.option("--browser", is_flag=True, help="Only prepare: print the address and the code to begin in a browser.")
def command(folder: Path, *, browser: bool, **given: Any) -> None:
    """Begin an installation: database, keys, municipality, first administrator."""
    from django.core.management import call_command  # Django starts with --dir, not before
    from django.utils import timezone

    from bolwerk.accounts.actions import setup_code
    from bolwerk.accounts.queries import is_begun

    make_keys(folder.resolve(), at=timezone.now())
    call_command("migrate", verbosity=0)
    if is_begun():
        raise Refused(
            _("The installation in %(folder)s was begun before. Its people and settings stay as they are.")
            % {"folder": folder}
        )
    if browser:
        click.echo(
            _("Open %(address)s/begin/ once `bolwerk serve` runs.")
            % {"address": environment.read("BOLWERK_BASE_URL").rstrip("/")}
        )
        click.echo(_("Code to begin: %(code)s") % {"code": setup_code(folder=folder)})
        return
    _begin(folder, given)


def _begin(folder: Path, given: dict[str, Any]) -> None:
    """Check every answer, then begin in one go: nothing is stored when something is wrong."""
    from django.conf import settings
    from django.utils import timezone, translation

    from bolwerk.accounts.actions import Beginning, MailTestFailedError, begin, send_test_mail

    answers = {key: _answer(given[key], key) for key in NEEDED}
    look = _look(given["look"])
    logo = _logo(given["logo"])
    if given["test_mail"]:
        try:
            with translation.override(settings.LANGUAGE_CODE):  # only the terminal speaks another language
                send_test_mail(to=answers["administrator_email"])
        except MailTestFailedError as error:
            raise Refused(_("%(error)s The installation has not begun.") % {"error": error}) from error
    plan = Beginning(
        **answers, password=_password(given["password_file"]), look=look, logo=logo, with_examples=given["examples"]
    )
    begin(plan=plan, folder=folder, at=timezone.now())
    click.echo(
        _("Bolwerk is ready for %(municipality)s. %(email)s can sign in and sets a second factor first.")
        % {"municipality": plan.name, "email": plan.administrator_email}
    )


def _somebody_is_there() -> bool:
    return sys.stdin.isatty()


def _answer(given: str | None, key: str) -> str:
    """The answer that was given, or asked for until it is right."""
    if given and given.strip():
        try:
            return _right(given, key)
        except click.UsageError as error:
            raise Refused(
                _("%(option)s: %(error)s The installation has not begun.")
                % {"option": NEEDED[key], "error": error.message}
            ) from error
    if not _somebody_is_there():
        raise Refused(
            _("%(option)s is missing, and there is nobody to ask. The installation has not begun.")
            % {"option": NEEDED[key]}
        )
    return str(click.prompt(str(QUESTIONS[key]), value_proc=lambda typed: _right(typed, key)))


def _right(given: str, key: str) -> str:
    """The answer as the form in the browser takes it. Raises UsageError, upon which click asks again."""
    from django.core.exceptions import ValidationError

    from bolwerk.accounts.forms.begin import AdministratorForm, InstallationForm, MailForm

    field = {
        "name": InstallationForm.base_fields["name"],
        "administrator_email": MailForm.base_fields["email"],
        "administrator_name": AdministratorForm.base_fields["name"],
    }[key]
    try:
        return str(field.clean(given))
    except ValidationError as error:
        raise click.UsageError(" ".join(error.messages)) from error


def _look(name: str) -> str:
    from bolwerk.accounts.queries import looks

    if name not in looks():
        raise Refused(
            _("There is no look called %(name)s. There is: %(names)s. The installation has not begun.")
            % {"name": name, "names": ", ".join(looks())}
        )
    return name


def _logo(file: Path | None) -> "Logo | None":
    from bolwerk.accounts.rules.logo import LogoRefusedError, cleaned_logo

    if file is None:
        return None
    try:
        return cleaned_logo(file.read_bytes())
    except LogoRefusedError as error:
        raise Refused(
            _("%(file)s: %(error)s The installation has not begun.") % {"file": file, "error": error}
        ) from error


def _password(file: Any) -> str:
    """The first line of the file, or what is typed until it is good enough."""
    if file is not None:
        password = _first_line(file)
        if wrong := _trouble_with(password):
            raise Refused(_("%(errors)s The installation has not begun.") % {"errors": wrong})
        return password
    if not _somebody_is_there():
        raise Refused(_("--password-file is missing, and there is nobody to ask. The installation has not begun."))
    while wrong := _trouble_with(password := click.prompt(_("Password"), hide_input=True, confirmation_prompt=True)):
        click.echo(wrong, err=True)
    return str(password)


def _first_line(file: Any) -> str:
    try:
        return str(file.readline().rstrip("\r\n"))
    except UnicodeDecodeError as error:
        raise Refused(_("%(file)s is not in UTF-8. The installation has not begun.") % {"file": file.name}) from error


def _trouble_with(password: str) -> str:
    """Why this password will not do; empty when it will."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from bolwerk.accounts.forms.begin import AdministratorForm

    try:
        AdministratorForm.base_fields["password"].clean(password)
        validate_password(password)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
