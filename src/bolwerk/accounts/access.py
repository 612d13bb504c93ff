"""Who may open which address. Every view declares it here; a route that does not fails `make check`."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, wraps
from secrets import randbits
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.db.models import Exists, UUIDField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from bolwerk.accounts.models import Department, Grant, PeopleFile, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.rules.standing import Children, Held, Standing, above, below
from bolwerk.accounts.signin import second_factor
from bolwerk.accounts.signin.models import WayBack
from bolwerk.audit.actions import record_apart
from bolwerk.ui.once import asked_once, asking_once

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
_WHO, _DAY = object(), object()
AT_OR_ABOVE = """
    WITH RECURSIVE up(id, parent_id) AS (
        SELECT id, parent_id FROM accounts_department WHERE id = %s
        UNION SELECT above.id, above.parent_id FROM accounts_department AS above JOIN up ON above.id = up.parent_id
    ) SELECT id FROM up
"""


class Audience(StrEnum):
    """The three kinds of people a route may be open to."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed_in"
    ROLES = "roles"


@dataclass(frozen=True)
class Access:
    """What a route declares: its methods and to whom it opens. `per_object` says that rows decide further."""

    methods: frozenset[str]
    audience: Audience
    roles: frozenset[Role] = frozenset()
    per_object: bool = False


class SignedInRequest(HttpRequest):
    """A request of somebody who signed in, with the roles that hold today."""

    user: Person  # narrower than Django's: anonymous people never get here
    roles: frozenset[Role]


Answer = HttpResponseBase  # pages, and downloads that stream
View = Callable[Concatenate[R, P], Answer]


def _declare(view: Callable[..., Answer], access: Access) -> None:
    view.access = access  # type: ignore[attr-defined]  # read by the middleware, the tests and `bolwerk routes`


def declared_access(view: Callable[..., Any]) -> Access | None:
    """The access that a view declares, or None when nobody thought about it."""
    return cast(Access | None, getattr(view, "access", None))


def everybody(*methods: str) -> Callable[[View[HttpRequest, P]], View[HttpRequest, P]]:
    """Declare a page that needs no sign-in, such as the door itself."""

    def decorate(view: View[HttpRequest, P]) -> View[HttpRequest, P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
            return view(request, *args, **kwargs) if request.method in methods else HttpResponseNotAllowed(methods)

        _declare(guarded, Access(frozenset(methods), Audience.EVERYBODY))
        return guarded

    return decorate


def signed_in(
    *methods: str, roles: frozenset[Role] = frozenset(), per_object: bool = False
) -> Callable[[View[SignedInRequest, P]], View[HttpRequest, P]]:
    """Declare a page for people who signed in; with `roles`, for people who hold at least one of them today.

    Others get 404, and the trail says so. Anonymous people are sent to the door.
    """
    access = Access(frozenset(methods), Audience.ROLES if roles else Audience.SIGNED_IN, roles, per_object)

    def decorate(view: View[SignedInRequest, P]) -> View[HttpRequest, P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            with asking_once() if request.method == "GET" else nullcontext():
                mine = cast(SignedInRequest, request)
                mine.roles = roles_of(mine.user, on=timezone.localdate())
                if (first := second_factor.ask(mine)) is not None:
                    return first
                if roles and not roles & mine.roles:
                    deny(mine)
                return view(mine, *args, **kwargs)

        _declare(guarded, access)
        return guarded

    return decorate


def deny(request: SignedInRequest, *, subject: str = "") -> NoReturn:
    """Write the denial in the trail and answer 404: never 403, which would confirm that something exists."""
    route = request.resolver_match.view_name if request.resolver_match else ""
    record_apart("denied", subject=subject or f"urn:bolwerk:route:{route}", actor=request.user.urn, at=timezone.now())
    raise Http404


def standing_of(person: Person, *, on: date) -> Standing:
    """Every role that `person` holds on a day, and where. Asked once within one look at a page."""
    return asked_once(("standing", person.pk, on), lambda: _standing(person, on))


def _standing(person: Person, on: date) -> Standing:
    """Grants and, when one of them reaches below a department, the tree along with them: one query together.

    Rows with a role are grants; rows without one are departments, each with what lies right above it.
    """
    question, given = _question(connection.vendor)
    who, day = person.pk, connection.ops.adapt_datefield_value(on)
    prepared = {_WHO: Person._meta.pk.get_db_prep_value(who, connection), _DAY: day}
    with connection.cursor() as cursor:
        cursor.execute(question, [prepared.get(value, value) for value in given])
        rows = cursor.fetchall()
    roles = tuple(Held(Role(role), _uuid(department), bool(below)) for role, department, below, _ in rows if role)
    children = _children((UUID(str(pk)), _uuid(parent)) for role, pk, _, parent in rows if not role)
    return Standing(roles, lambda: asked_once("tree", lambda: children))


@cache
def _question(_vendor: str) -> tuple[str, tuple[object, ...]]:
    """The query of `_standing` in SQL, and what it is given: _WHO and _DAY stand for the person and the day.

    Put together once in a process: that takes many times as long as the answer, and every page asks it.
    """
    nobody, no_day = UUID(int=randbits(128)), date.min  # no row and no request has these
    grants = Grant.objects.filter(person_id=nobody).on(no_day)
    reaching = Exists(grants.filter(with_children=True, department__isnull=False))
    none = Cast(Value(None), UUIDField())
    held = grants.order_by().values_list("role", "department_id", "with_children", none)
    lying = Department.objects.order_by().filter(reaching).values_list(Value(""), "pk", Value(value=False), "parent_id")
    sql, given = held.union(lying, all=True).query.sql_with_params()
    stands_for = {
        Person._meta.pk.get_db_prep_value(nobody, connection): _WHO,
        connection.ops.adapt_datefield_value(no_day): _DAY,
    }
    return sql, tuple(stands_for.get(value, value) for value in given)


def _uuid(value: object) -> UUID | None:
    """An id as it comes from the database: text from the embedded one."""
    return None if value is None else UUID(str(value))


def tree() -> Children:
    """Which departments lie right below which. One query, however deep; asked once within one look at a page."""
    return asked_once("tree", _tree)


def _tree() -> Children:
    return _children(Department.objects.order_by().values_list("pk", "parent_id"))


def _children(rows: Iterable[tuple[UUID, UUID | None]]) -> Children:
    children: dict[UUID | None, list[UUID]] = {}
    for pk, parent in rows:
        children.setdefault(parent, []).append(pk)
    return children


def roles_of(person: Person, *, on: date) -> frozenset[Role]:
    """The roles `person` holds on a day, wherever they hold. Nobody has a role by having another."""
    return standing_of(person, on=on).roles


def with_descendants(roots: Iterable[UUID]) -> frozenset[UUID]:
    """The departments `roots` and all below them. One query, however deep the tree."""
    return below(roots, tree())


def departments_of(person: Person, role: Role, *, on: date) -> frozenset[UUID] | None:
    """The departments for which `person` holds `role` on a day; None means the whole installation."""
    return standing_of(person, on=on).reach(role)


def at_or_above(department: UUID | None) -> RawSQL:
    """The same as `ancestors_of`, to look for inside a question: it costs none of its own."""
    return RawSQL(AT_OR_ABOVE, [Department._meta.pk.get_db_prep_value(department, connection)])  # noqa: S611  fixed text


def ancestors_of(department: UUID | None) -> list[UUID]:
    """The department itself and everything above it, from near to far. One query, however deep the tree."""
    return above(department, tree()) if department else []


def person_or_404(person_id: UUID) -> Person:
    """The person, or 404. For pages that are open to the functional administrator only."""
    return get_object_or_404(Person.objects.select_related("department"), pk=person_id)


def grant_or_404(person_id: UUID, grant_id: UUID) -> Grant:
    """A role of that person that was not taken back, or 404: nobody reaches it through another person."""
    running = Grant.objects.select_related("person", "department").filter(withdrawn_at=None)
    return get_object_or_404(running, pk=grant_id, person_id=person_id)


def way_back_or_404(person_id: UUID, way_back_id: UUID) -> WayBack:
    """What was asked for that person, done or not, or 404: nobody reaches it through another person."""
    return get_object_or_404(WayBack.objects.select_related("person"), pk=way_back_id, person_id=person_id)


def department_or_404(department_id: UUID) -> Department:
    """The department, or 404 when there is none or it was closed."""
    return get_object_or_404(Department, pk=department_id, closed_on=None)


def people_file_or_404(person: Person, file_id: UUID) -> PeopleFile:
    """A file that this very person uploaded and that was not used yet, or 404."""
    return get_object_or_404(PeopleFile, pk=file_id, by=person)
