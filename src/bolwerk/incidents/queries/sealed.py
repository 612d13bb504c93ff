"""Whose a sealed report is, and what is in it."""

from django.utils.crypto import salted_hmac

from bolwerk.accounts.models import Person
from bolwerk.incidents.models import SealingKey
from bolwerk.incidents.rules import NotReadableError, SealedReport, open_report


def sender_of(person: Person) -> str:
    """A mark of a person that tells nobody who it is: it stands on phones, outside and inside the seal."""
    return salted_hmac("bolwerk.incidents.sender", str(person.pk), algorithm="sha256").hexdigest()[:32]


def opened_report(sealed: bytes, *, public: str) -> SealedReport:
    """Open what a phone sealed to one of our keys, however old. Raises NotReadableError."""
    key = SealingKey.objects.filter(public=public).first()
    if key is None:
        raise NotReadableError
    return open_report(sealed, private=key.private)
