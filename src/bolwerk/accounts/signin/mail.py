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

SUBJECTS = frozenset({"reset", "welcome", "changed"})


def may_have_password(person: Person) -> bool:
    """People who come in by single sign-on have no password here: leaving there must be leaving here."""
    return person.is_active and not SocialAccount.objects.filter(user=person).exists()


def _link(person: Person, kind: str) -> str:
    if kind == "changed":
        return f"{settings.BOLWERK_BASE_URL}{reverse('mfa_index')}"
    key = PasswordResetTokenGenerator().make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": person.pk.hex, "key": key})
    return f"{settings.BOLWERK_BASE_URL}{path}"


@task
def send_neutral_mail(person: str, kind: str) -> None:
    """Send "reset" or "welcome" (a link to choose a password, once) or "changed" (something about your sign-in is new).

    `person` is a primary key, or empty for an account that does not exist: then this ends without a mail, and the
    request that asked for it took as long as any other.
    """
    found = Person.objects.filter(pk=UUID(person)).first() if person else None
    if found is None or (kind != "changed" and not may_have_password(found)):
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject = render_to_string(f"accounts/signin/mail/{kind}_subject.txt").strip()
        body = render_to_string(f"accounts/signin/mail/{kind}_body.txt", {"link": _link(found, kind)})
    send_mail(subject, body, None, [found.email])
