"""What the commands of the vault share: who acts, secrets that never stand in arguments, and refusals in a sentence."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

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
        raise Refused(f"There is nobody with the address {email}. Nothing was changed.")
    return person


def secret(what: str) -> str:
    """Ask for a secret without showing it; without a terminal, the next line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt(what, hide_input=True))
    line = sys.stdin.readline()
    if not line:
        raise click.UsageError(f"{what}: there was no line for it on standard input.")
    return line.rstrip("\n")


def new_phrase() -> str:
    """Ask for a new phrase, twice."""
    phrase = secret("New vault phrase")
    if secret("The same again") != phrase:
        raise Refused("The second time it was something else. Nothing was changed.")
    return phrase


def opened(email: str) -> "OpenVault":
    """Somebody's vault, opened with the phrase that is asked."""
    from django.utils import timezone

    from bolwerk.vault.actions import open_vault

    person = find(email)
    return open_vault(person=person, phrase=secret(f"Vault phrase of {person.name}"), at=timezone.now())


def show_code(code: str) -> None:
    """The recovery code, this once."""
    click.echo(f"Recovery code: {code}")
    click.echo("Write it down: it is shown this once, and works once.")


def _sentences() -> dict[type[Exception], str]:
    from bolwerk.vault import actions
    from bolwerk.vault.rules.codes import MistypedError
    from bolwerk.vault.rules.escrow import TooFewTrusteesError
    from bolwerk.vault.rules.ring import CannotOpenError

    return {
        actions.WrongPhraseError: "This phrase or code does not open this vault.",
        MistypedError: "There is a typing error in the code.",
        actions.VaultExistsError: "There is a vault already; it stays as it is.",
        actions.ChangedMeanwhileError: "The vault was changed by somebody else just now.",
        actions.BusyError: "Too many vaults are being opened: try again in a minute.",
        actions.NotAReaderError: "This is not sealed to that person.",
        actions.LastReaderError: "The last reader cannot be taken away.",
        actions.AlreadyTrusteeError: "This person is a trustee already, or was asked.",
        actions.NotATrusteeError: "This person is no trustee.",
        actions.TrusteesChangedError: "The trustees changed just now.",
        TooFewTrusteesError: "There are not two other trustees who accepted.",
        actions.NoEscrowError: "No two trustees can open this vault.",
        actions.RequestExistsError: "There is an open request for this vault already.",
        actions.RequestClosedError: "This request is closed.",
        actions.MayNotAgreeError: "This person may not agree with this request.",
        actions.AgreedAlreadyError: "This person agreed already; another trustee has to.",
        actions.HoldsNoHalfError: "This trustee holds no half of this vault that fits.",
        CannotOpenError: "What is stored was changed or damaged, and does not open.",
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
        raise Refused(f"No vault, or no longer working here: {names}. Nothing was changed.") from None
    except WeakPhraseError as weak:
        raise Refused(f"{weak.fault.label} Nothing was changed.") from None
    except tuple(sentences) as refusal:
        raise Refused(f"{sentences[type(refusal)]} Nothing was changed.") from None
