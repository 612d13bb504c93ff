"""Every address of the house and what each role gets there, computed from what the views declare."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from bolwerk.accounts.access import Access, Audience, declared_access
from bolwerk.accounts.rules import Role

OPEN = "200"
TO_THE_DOOR = "302"
HIDDEN = "404"
BY_OBJECT = "by object"  # the route opens; which rows exist for this person is decided per row
ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Route:
    """One address: its name with namespace, its pattern, and the access its view declares (None: nobody thought)."""

    name: str
    path: str
    access: Access | None

    @property
    def methods(self) -> frozenset[str]:
        """The methods that the view answers."""
        return self.access.methods if self.access else frozenset()

    def gets(self, role: Role | None) -> str:
        """What somebody with only this role gets; None is somebody who did not sign in."""
        if self.access is None:
            return HIDDEN
        if self.access.audience is Audience.EVERYBODY:
            return OPEN
        if role is None:
            return TO_THE_DOOR
        if self.access.audience is Audience.ROLES and role not in self.access.roles:
            return HIDDEN
        return BY_OBJECT if self.access.per_object else OPEN

    def audience_text(self) -> str:
        """In words to whom the route opens."""
        if self.access is None:
            return "nobody: no declared access"
        words = {
            Audience.EVERYBODY: "everybody",
            Audience.SIGNED_IN: "signed in",
            Audience.ROLES: ", ".join(sorted(role.value for role in self.access.roles)),
        }[self.access.audience]
        return f"{words} (by object)" if self.access.per_object else words

    def table(self) -> dict[str, str]:
        """What everybody gets: anonymous first, then every role by its code."""
        return {ANONYMOUS: self.gets(None)} | {role.value: self.gets(role) for role in Role}


def _walk(entries: list[URLPattern | URLResolver], path: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for entry in entries:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, here, (*spaces, *([entry.namespace] if entry.namespace else [])))
        else:
            yield Route(":".join((*spaces, entry.name or "")), here, declared_access(entry.callback))


def all_routes() -> list[Route]:
    """Every route of the installation, by path."""
    return sorted(_walk(get_resolver().url_patterns, "", ()), key=lambda route: (route.path, route.name))


def undeclared_routes() -> list[Route]:
    """Routes whose view declares no access: there may be none."""
    return [route for route in all_routes() if route.access is None]
