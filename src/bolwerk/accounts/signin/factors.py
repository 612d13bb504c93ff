"""What allauth asks us about second factors: how their secrets are kept, and when one may go."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import SECOND_FACTOR_ROLES

KEY_BYTES = 32  # Fernet: AES-128-CBC and HMAC-SHA256, 16 bytes each


def _key(secret: str) -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"bolwerk.signin.factors").derive
    return Fernet(base64.urlsafe_b64encode(derive(secret.encode())))


def _keys() -> MultiFernet:
    """The key of today first, then those of before: what they closed still opens after the key was replaced."""
    return MultiFernet([_key(str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Seeds lie encrypted; nobody but their owner's session ever asks for them."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code is not right, or it was used before. Wait for the next one and type that."
        ),
        "cannot_delete_authenticator": gettext_lazy(
            "Your tasks ask for a second factor and this is your only one. Add another first."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Close a seed."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a seed."""
        return _keys().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor of somebody who must have one stays."""
        person = authenticator.user
        needed = settings.SECOND_FACTOR_REQUIRED and roles_of(person, on=timezone.localdate()) & SECOND_FACTOR_ROLES
        rest = Authenticator.objects.filter(user=person).exclude(pk=authenticator.pk)
        return not needed or rest.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: Person, type: str) -> str:  # noqa: A002  the signature is allauth's
        """A name for a new passkey, until its owner thinks of a better one."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}
