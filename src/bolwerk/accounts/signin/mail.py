"""Mail of sign-in: a link and no content. Sent by the worker, so that the answer to a request never waits for it."""

from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from bolwerk.accounts.models import Person

WITH_PASSWORD_LINK = frozenset({"reset", "welcome", "way_back_open"})
TO_FORMER_TOO = frozenset({"changed", "address", "way_back_asked"})  # whoever had the address lately hears it as well


def may_have_password(person: Person) -> bool:
    """People who come in by single sign-on have no password here: leaving there must be leaving here."""
    return person.is_active and not SocialAccount.objects.filter(user=person).exists()


def _path(person: Person, kind: str, about: str) -> str:
    if kind in ("changed", "address"):
        return reverse("mfa_index")
    if kind == "way_back_asked":
        return reverse("way_back_stop", args=[about])
    if kind == "way_back_second":
        return reverse("person_way_back", args=[about])
    return _password_path(person)


def _password_path(person: Person) -> str:
    key = PasswordResetTokenGenerator().make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": person.pk.hex, "key": key})


def password_link(person: Person) -> str:
    """The link with which somebody chooses a password, once: for the terminal of whoever manages the machine."""
    return f"{settings.BOLWERK_BASE_URL}{_password_path(person)}"


@task
def send_neutral_mail(person: str, kind: str, about: str = "") -> None:
    """Send one of the mails in templates/accounts/signin/mail: a sentence and a link.

    "reset", "welcome" and "way_back_open" carry a link to choose a password, once; "changed" and "address" say that
    something is new; "way_back_asked" carries a link to stop it (`about` is its token) and "way_back_second" one to
    agree (`about` is the key of the person to help).

    `person` is a primary key, or empty for an account that does not exist: then this ends without a mail, and the
    request that asked for it took as long as any other.
    """
    found = Person.objects.filter(pk=UUID(person)).first() if person else None
    if found is None or (kind in WITH_PASSWORD_LINK and not may_have_password(found)):
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject = render_to_string(f"accounts/signin/mail/{kind}_subject.txt").strip()
        link = f"{settings.BOLWERK_BASE_URL}{_path(found, kind, about)}"
        body = render_to_string(f"accounts/signin/mail/{kind}_body.txt", {"link": link})
    former = [row.email for row in found.former_addresses.all()] if kind in TO_FORMER_TOO else []
    for address in dict.fromkeys([found.email, *former]):
        send_mail(subject, body, None, [address])
