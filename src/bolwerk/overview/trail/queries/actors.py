"""Who did it, as a data subject may hear it: by role, or by name."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import roles_then
from bolwerk.accounts.queries.names import PERSON
from bolwerk.accounts.rules import Role
from bolwerk.audit.queries.words import Told


class Actors:
    """Names and roles in one extract."""

    def __init__(self, *, about: Person | None, with_names: bool) -> None:
        self.about = about.urn if about else ""
        self.with_names = with_names

    def rename(self, names: dict[str, str]) -> dict[str, str]:
        """The names that may stand in sentences: without names, everybody else is a colleague."""
        if self.with_names:
            return names
        return {urn: _("a colleague") if self._hidden(urn) else name for urn, name in names.items()}

    def who(self, lines: Iterable[Told]) -> list[str]:
        """Whoever did each of these, with the roles of then."""
        asked = list(lines)
        roles = roles_then((_key(told), told.line.at) for told in asked if told.line.actor.startswith(PERSON))
        return [self._who(told, roles) for told in asked]

    def _hidden(self, urn: str) -> bool:
        return urn.startswith(PERSON) and urn != self.about

    def _who(self, told: Told, roles: dict[tuple[UUID, datetime], list[Role]]) -> str:
        actor = told.line.actor
        if actor == self.about:
            return _("the person it is about")
        if not actor.startswith(PERSON):
            return told.who
        held = [str(role.label) for role in roles[_key(told), told.line.at] if role is not Role.EMPLOYEE]
        labels = ", ".join(held) or str(Role.EMPLOYEE.label)
        return f"{told.who} ({labels})" if self.with_names else labels


def _key(told: Told) -> UUID:
    return UUID(told.line.actor.removeprefix(PERSON))
