"""Where somebody stands on a day: which roles, and where each holds. Pure: no database, no clock."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from bolwerk.accounts.rules import Role

Children = Mapping[UUID | None, Sequence[UUID]]  # the departments right below each department; None: at the top


@dataclass(frozen=True)
class Held:
    """A role that holds: everywhere (no department), or for a department with or without its children."""

    role: Role
    department: UUID | None = None
    with_children: bool = True


def below(roots: Iterable[UUID], children: Children) -> frozenset[UUID]:
    """The departments `roots` and all below them. A ring in the tree is walked once."""
    found: set[UUID] = set()
    waiting = list(roots)
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting.extend(children.get(pk, ()))
    return frozenset(found)


def above(department: UUID, children: Children) -> list[UUID]:
    """The department itself and everything above it, from near to far. A ring in the tree is walked once."""
    parents = {child: parent for parent, those in children.items() for child in those}
    chain: list[UUID] = []
    here: UUID | None = department
    while here is not None and here not in chain:
        chain.append(here)
        here = parents.get(here)
    return chain


@dataclass(frozen=True)
class Standing:
    """The roles of one person on one day. `tree` is asked for only when a role holds below a department."""

    held: tuple[Held, ...]
    tree: Callable[[], Children]

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles, wherever they hold. Nobody has a role by having another."""
        return frozenset(held.role for held in self.held)

    def reach(self, role: Role) -> frozenset[UUID] | None:
        """The departments for which `role` holds; None means the whole installation."""
        mine = [held for held in self.held if held.role == role]
        if any(held.department is None for held in mine):
            return None
        alone = frozenset(held.department for held in mine if held.department and not held.with_children)
        roots = [held.department for held in mine if held.department and held.with_children]
        return alone | (below(roots, self.tree()) if roots else frozenset())
