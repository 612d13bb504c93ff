"""What the commands of the vault share: who acts, secrets that never stand in arguments, and refusals in a sentence."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _

from bolwerk.config.cli import Refused

if TYPE_CHECKING:
    from bolwerk.accounts.models import Person
    from bolwerk.vault.opened import OpenVault


def by_person(function: Any) -> Any:
    """Give a command `--person EMAIL`: in whose name it acts. That person's phrase is asked."""
    return click.option("--person", "email", required=True, help="E-mail address of whoever acts.")(function)


def find(email: str) -> "Person":
    """The person with this address, also when that person left. Refuses for nobody."""
    from bolwerk.accounts.models import Person

    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise Refused(_("There is nobody with the address %(email)s. Nothing was changed.") % {"email": email})
    return person


def secret(what: str) -> str:
    """Ask for a secret without showing it; without a terminal, the next line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt(what, hide_input=True))
    line = sys.stdin.readline()
    if not line:
        raise click.UsageError(_("%(what)s: there was no line for it on standard input.") % {"what": what})
    return line.rstrip("\n")


def new_phrase() -> str:
    """Ask for a new phrase, twice."""
    phrase = secret(_("New vault phrase"))
    if secret(_("The same again")) != phrase:
        raise Refused(_("The second time it was something else. Nothing was changed."))
    return phrase


def opened(email: str) -> "OpenVault":
    """Somebody's vault, opened with the phrase that is asked."""
    from django.utils import timezone

    from bolwerk.vault.actions import open_vault

    person = find(email)
    return open_vault(
        person=person, phrase=secret(_("Vault phrase of %(person)s") % {"person": person.name}), at=timezone.now()
    )


def show_code(code: str) -> None:
    """The recovery code, this once."""
    click.echo(_("Recovery code: %(code)s") % {"code": code})
    click.echo(_("Write it down: it is shown this once, and works once."))


def _sentences() -> dict[type[Exception], str]:
    from bolwerk.vault import actions
    from bolwerk.vault.rules.codes import MistypedError
    from bolwerk.vault.rules.escrow import TooFewTrusteesError
    from bolwerk.vault.rules.ring import CannotOpenError

    return {
        actions.WrongPhraseError: _("This phrase or code does not open this vault."),
        MistypedError: _("There is a typing error in the code."),
        actions.VaultExistsError: _("There is a vault already; it stays as it is."),
        actions.ChangedMeanwhileError: _("The vault was changed by somebody else just now."),
        actions.BusyError: _("Too many vaults are being opened: try again in a minute."),
        actions.NotAReaderError: _("This is not sealed to that person."),
        actions.LastReaderError: _("The last reader cannot be taken away."),
        actions.AlreadyTrusteeError: _("This person is a trustee already, or was asked."),
        actions.NotATrusteeError: _("This person is no trustee."),
        actions.TrusteesChangedError: _("The trustees changed just now."),
        TooFewTrusteesError: _("There are not two other trustees who accepted."),
        actions.NoEscrowError: _("No two trustees can open this vault."),
        actions.RequestExistsError: _("There is an open request for this vault already."),
        actions.RequestClosedError: _("This request is closed."),
        actions.MayNotAgreeError: _("This person may not agree with this request."),
        actions.AgreedAlreadyError: _("This person agreed already; another trustee has to."),
        actions.HoldsNoHalfError: _("This trustee holds no half of this vault that fits."),
        CannotOpenError: _("What is stored was changed or damaged, and does not open."),
    }


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the vault refuses into a sentence and exit code 1."""
    from bolwerk.vault.actions import NoVaultError, WeakPhraseError

    sentences = _sentences()
    try:
        yield
    except NoVaultError as without:
        names = ", ".join(person.email for person in without.people)
        raise Refused(
            _("No vault, or no longer working here: %(names)s. Nothing was changed.") % {"names": names}
        ) from None
    except WeakPhraseError as weak:
        raise Refused(_("%(reason)s Nothing was changed.") % {"reason": weak.fault.label}) from None
    except tuple(sentences) as refusal:
        raise Refused(_("%(reason)s Nothing was changed.") % {"reason": sentences[type(refusal)]}) from None
