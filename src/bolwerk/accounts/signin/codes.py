"""Codes of an authenticator app, each accepted once (RFC 6238, 5.2)."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

from bolwerk.accounts.models import Person

LAST_STEP = "last_step"


def step_of(secret: str, code: str) -> int | None:
    """The step of 30 seconds in which `secret` gives `code`, or None when no accepted step does."""
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return int(step)
    return None


@transaction.atomic
def use_code(person: Person, code: str) -> Authenticator | None:
    """Accept `code` from the authenticator app of `person`, once: a step that was used closes all steps before it.

    Two requests with the same code wait for each other on the row, so that only one wins.
    """
    app = Authenticator.objects.select_for_update().filter(user=person, type=Authenticator.Type.TOTP).first()
    if app is None:
        return None
    step = step_of(decrypt(app.data["secret"]), code)
    if step is None or step <= app.data.get(LAST_STEP, -1):
        return None
    app.data[LAST_STEP] = step
    app.save(update_fields=["data"])
    return app


@transaction.atomic
def close_step(person: Person, step: int) -> None:
    """The code with which an app was set up is used as well."""
    app = Authenticator.objects.select_for_update().get(user=person, type=Authenticator.Type.TOTP)
    app.data[LAST_STEP] = step
    app.save(update_fields=["data"])


def use_recovery_code(person: Person, code: str) -> Authenticator | None:
    """Accept a recovery code of `person`, once."""
    row = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return row if row is not None and row.wrap().validate_code(code) else None
