"""The first run: a municipality gets its installation, its look and its first administrator."""

import hmac
import os
import secrets
import smtplib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions.people import add_person
from bolwerk.accounts.actions.roles import give_role
from bolwerk.accounts.actions.themes import load_themes
from bolwerk.accounts.models import Installation
from bolwerk.accounts.queries.installation import CACHED
from bolwerk.accounts.rules import Role
from bolwerk.accounts.rules.logo import Logo
from bolwerk.audit.actions import SYSTEM, record

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs that nobody mixes up
CODE_GROUPS = 5  # of five signs: 125 bits, so that guessing is hopeless (quality.md A 4 asks for 122)


class AlreadyBegunError(Exception):
    """The installation was made before; the first run happens once."""


class MailTestFailedError(Exception):
    """The test mail could not be handed over; the text says why, for people."""


@dataclass(frozen=True)
class Beginning:
    """What the first run asks: the municipality, the first administrator, and whether examples come along."""

    name: str
    administrator_email: str
    administrator_name: str
    password: str
    look: str = "bolwerk"
    logo: Logo | None = None
    with_examples: bool = False


@transaction.atomic
def name_installation(*, name: str, look: str = "bolwerk", logo: Logo | None = None, by: str, at: datetime) -> None:
    """Say which municipality this is. Raises AlreadyBegunError when that was said before."""
    row, created = Installation.objects.get_or_create(
        pk=1, defaults={"name": name, "look": look, "begun_at": at} | _logo_fields(logo)
    )
    if not created:
        raise AlreadyBegunError
    cache.delete(CACHED)
    record("accounts.installation.begun", subject=row.urn, actor=by, at=at)


def _logo_fields(logo: Logo | None) -> dict[str, object]:
    if logo is None:
        return {"logo": None, "logo_type": "", "logo_digest": ""}
    return {"logo": logo.data, "logo_type": logo.media_type, "logo_digest": logo.digest}


@transaction.atomic
def begin(*, plan: Beginning, folder: Path, at: datetime) -> None:
    """Make the installation with its themes and first administrator, and examples when asked for.

    `folder` is the installation's; its set-up code stops working. Raises AlreadyBegunError on the second call.
    """
    name_installation(name=plan.name, look=plan.look, logo=plan.logo, by=SYSTEM, at=at)
    load_themes(folder=folder, by=SYSTEM, at=at)
    person = add_person(
        email=plan.administrator_email,
        name=plan.administrator_name,
        department=None,
        by=SYSTEM,
        at=at,
        password=plan.password,
    )
    for role in (Role.EMPLOYEE, Role.FUNCTIONAL_ADMINISTRATOR):
        give_role(person=person, role=role, by=SYSTEM, at=at)
    if plan.with_examples:
        for address in settings.EXAMPLE_CONTENT:
            import_string(address)(by=SYSTEM, at=at)
    transaction.on_commit(lambda: _code_file(folder).unlink(missing_ok=True))


@transaction.atomic
def change_installation(*, name: str, look: str, logo: Logo | None, keep_logo: bool, by: str, at: datetime) -> None:
    """Change name, look or logo of the municipality. `keep_logo` leaves the logo as it is; else `logo` replaces it."""
    fields = {"name": name, "look": look} | ({} if keep_logo else _logo_fields(logo))
    Installation.objects.filter(pk=1).update(**fields)
    cache.delete(CACHED)
    record("accounts.installation.changed", subject=Installation(pk=1).urn, actor=by, at=at)


def _code_file(folder: Path) -> Path:
    return folder / "keys" / "begin.code"


def setup_code(*, folder: Path) -> str:
    """The one-time code of the first run in the browser, made when there is none: five groups of five signs.

    It lies in `<folder>/keys/begin.code`, readable by the owner alone, so that only whoever has the server can begin.
    """
    file = _code_file(folder)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    code = "-".join("".join(secrets.choice(CODE_ALPHABET) for _sign in range(5)) for _group in range(CODE_GROUPS))
    try:
        with open(file, "x", encoding="ascii", opener=_owner_only) as fresh:
            fresh.write(code)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    return code


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def code_is_right(*, folder: Path, given: str) -> bool:
    """Compare what somebody typed with the set-up code: without regard to case and dashes, in constant time."""
    plain = "".join(given.upper().replace("-", " ").split())
    return hmac.compare_digest(plain.encode(), setup_code(folder=folder).replace("-", "").encode())


def send_test_mail(*, to: str) -> None:
    """Send one neutral mail to find out whether mail works. Raises MailTestFailedError with a sentence for people."""
    if settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend"):
        raise MailTestFailedError(
            _("No mail server is set. Give its address in BOLWERK_MAIL_URL; until then mail waits.")
        )
    mail = EmailMessage(
        subject=gettext("Bolwerk can send mail"),
        body=gettext("This is a test from Bolwerk. You need not do anything."),
        to=[to],
    )
    try:
        mail.send()
    except smtplib.SMTPAuthenticationError as error:
        raise MailTestFailedError(_("The mail server refused the user name or the password.")) from error
    except smtplib.SMTPRecipientsRefused as error:
        raise MailTestFailedError(_("The mail server does not accept this address.")) from error
    except smtplib.SMTPException as error:
        raise MailTestFailedError(_("The mail server answered, but refused the test mail.")) from error
    except OSError as error:
        raise MailTestFailedError(
            _("The mail server does not answer. Check its name and port in BOLWERK_MAIL_URL.")
        ) from error
