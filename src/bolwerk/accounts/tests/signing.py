"""Helps tests to sign in as people do: password, codes of an app, one client per device."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of the tests; nobody has it on a phone
STEP = 30


def code(*, steps: int = 0, secret: str = SECRET) -> str:
    """The code of the app now, or some steps of 30 seconds away."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps)))


def with_app(person: Person) -> Person:
    """Give somebody an authenticator app."""
    TOTP.activate(person, SECRET)
    return person


def with_recovery_codes(person: Person) -> list[str]:
    """Give somebody recovery codes and return them."""
    return list(RecoveryCodes.activate(person).get_unused_codes())


def give_password(client: Client, person: Person, password: str = PASSWORD, **more: str) -> str:
    """Type the password; return where that leads, or an empty text when it was refused."""
    response = client.post("/inloggen/", {"login": person.email, "password": password, **more})
    return response.get("Location", "")


def give_code(client: Client, value: str) -> str:
    """Type a code in the second step; return where that leads, or an empty text when it was refused."""
    return client.post("/inloggen/tweede-stap/", {"code": value}).get("Location", "")


def app_of(person: Person) -> Authenticator:
    """The authenticator app of somebody as it lies in the database."""
    return Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
