"""The words of sign-in in the trail. No e-mail address, no network address: a person's URN, or nothing."""

from datetime import datetime

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.audit.rules.chain import Fact

ANONYMOUS = "urn:bolwerk:anonymous"  # whoever has not signed in


def write(event: str, *, person: Person | None, at: datetime, by: str = "", **facts: Fact) -> None:
    """Add `accounts.signin.<event>` about `person`; None for an account that does not exist.

    What happens before somebody signed in is done by an anonymous actor, even when the account is known.
    """
    urn = person.urn if person else ANONYMOUS
    record(f"accounts.signin.{event}", subject=urn, actor=by or urn, at=at, reason="", **facts)
