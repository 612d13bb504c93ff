"""People and their roles, for the functional administrator."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.accounts import actions, queries
from bolwerk.accounts.access import SignedInRequest, grant_or_404, person_or_404, signed_in
from bolwerk.accounts.forms.people import PersonForm, ReasonForm, RoleForm
from bolwerk.accounts.rules import Role
from bolwerk.accounts.signin import ways_back
from bolwerk.accounts.signin.recent import ask_again
from bolwerk.ui.lists import Column, Filter, ListSpec, list_page

ADMINISTRATORS = frozenset({Role.FUNCTIONAL_ADMINISTRATOR})


def _with_role(rows: Any, code: str) -> Any:
    return queries.with_role(rows, Role(code), on=timezone.localdate())


PEOPLE = ListSpec(
    name="people",
    columns=(
        Column(
            "name",
            gettext_lazy("Name"),
            lambda p: p.name,
            sort=("name",),
            href=lambda p: reverse("person", args=[p.pk]),
        ),
        Column("email", gettext_lazy("E-mail address"), lambda p: p.email, sort=("email",), kind="quiet"),
        Column(
            "department", gettext_lazy("Department"), lambda p: p.department or "", sort=("department__name", "name")
        ),
        Column("joined", gettext_lazy("Since"), lambda p: p.joined_on, sort=("joined_on",), kind="short"),
    ),
    filters=(
        Filter(
            "department",
            gettext_lazy("Department"),
            queries.department_choices,
            lambda rows, pk: rows.filter(department_id=pk),
        ),
        Filter("role", gettext_lazy("Role"), Role.choices, _with_role),
        Filter("state", gettext_lazy("State"), [("left", gettext_lazy("Has left"))], lambda rows, _left: rows),
    ),
    search=queries.named_like,
    sort="name",
)


@signed_in("GET", roles=ADMINISTRATORS)
def people(request: SignedInRequest) -> HttpResponseBase:
    """Everybody, with search and filters; the file can be changed and read in again."""
    at = timezone.now()
    page = list_page(PEOPLE, request, queries.people(left=request.GET.get("state") == "left"))
    if page.wants_csv:
        if answer := ask_again(request):
            return answer
        return actions.export_people(rows=page.found, by=request.user.urn, at=at)
    actions.note_listing(rows=page.count, searched=bool(page.words), by=request.user.urn, at=at)
    return render(request, "accounts/people.html", {"page": page, "waiting": ways_back.waiting()})


@signed_in("GET", roles=ADMINISTRATORS)
def person(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """One person: who it is, and which roles it has and had."""
    shown = person_or_404(person_id)
    actions.note_reading(person=shown, by=request.user.urn, at=timezone.now())
    grants = queries.grants_of(shown)
    context = {
        "person": shown,
        "running": [grant for grant in grants if grant.withdrawn_at is None],
        "taken_back": [grant for grant in grants if grant.withdrawn_at is not None],
        "today": timezone.localdate(),
        "way_back": ways_back.running_of(shown),
    }
    return render(request, "accounts/person.html", context)


@signed_in("GET", "POST", roles=ADMINISTRATORS)
def add_person(request: SignedInRequest) -> HttpResponse:
    """Add somebody by hand, as an employee."""
    if answer := ask_again(request):
        return answer
    form = PersonForm(request.POST or None)
    if form.is_valid():
        added = actions.add_employee(
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            department=form.cleaned_data["department"],
            by=request.user.urn,
            at=timezone.now(),
        )
        messages.success(request, _("%(name)s was added, with the role of employee.") % {"name": added.name})
        if actions.welcome(person=added):
            messages.info(request, _("A mail is on its way, with a link to choose a password."))
        return redirect("person", added.pk)
    return render(request, "accounts/person_form.html", {"form": form})


@signed_in("GET", "POST", roles=ADMINISTRATORS)
def change_person(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Change the name, the sign-in name or the department."""
    if answer := ask_again(request):
        return answer
    shown = person_or_404(person_id)
    initial = {"name": shown.name, "email": shown.email, "department": shown.department_id}
    form = PersonForm(request.POST or None, initial=initial, person=shown)
    if form.is_valid():
        actions.change_person(person=shown, by=request.user.urn, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The details were changed."))
        return redirect("person", shown.pk)
    return render(request, "accounts/person_form.html", {"form": form, "person": shown})


@signed_in("GET", "POST", roles=ADMINISTRATORS)
def give_role(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Give somebody else a role."""
    if answer := ask_again(request):
        return answer
    shown = person_or_404(person_id)
    form = RoleForm(request.POST or None, on=timezone.localdate())
    if form.is_valid() and shown.is_active:
        data = form.cleaned_data
        try:
            actions.give_role_within(
                person=shown,
                role=data["role"],
                reach=form.reach(),
                by=request.user.urn,
                at=timezone.now(),
                reason=data["reason"],
            )
        except actions.OwnRoleError:
            form.add_error(None, _("You cannot give a role to yourself. Ask another administrator to do it."))
        else:
            messages.success(request, _("The role was given. It counts from the next click."))
            return redirect("person", shown.pk)
    return render(request, "accounts/role_give.html", {"form": form, "person": shown})


@signed_in("GET", "POST", roles=ADMINISTRATORS)
def withdraw_role(request: SignedInRequest, person_id: UUID, grant_id: UUID) -> HttpResponse:
    """Take a role back."""
    if answer := ask_again(request):
        return answer
    grant = grant_or_404(person_id, grant_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            actions.withdraw_role(
                grant=grant, by=request.user.urn, at=timezone.now(), reason=form.cleaned_data["reason"]
            )
        except actions.LastAdministratorError:
            form.add_error(None, _("This is the last functional administrator. First give somebody else that role."))
        else:
            messages.success(request, _("The role was taken back. That counts from the next click."))
            return redirect("person", person_id)
    return render(request, "accounts/role_withdraw.html", {"form": form, "grant": grant, "person": grant.person})


@signed_in("GET", "POST", roles=ADMINISTRATORS)
def deactivate(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Somebody leaves: sessions and roles end, the name stays readable in what was done."""
    if answer := ask_again(request):
        return answer
    shown = person_or_404(person_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            actions.deactivate_person(
                person=shown, by=request.user.urn, at=timezone.now(), reason=form.cleaned_data["reason"]
            )
        except actions.LastAdministratorError:
            form.add_error(None, _("This is the last functional administrator. First give somebody else that role."))
        else:
            messages.success(request, _("%(name)s can no longer sign in.") % {"name": shown.name})
            return redirect("person", shown.pk)
    return render(request, "accounts/person_deactivate.html", {"form": form, "person": shown})


@signed_in("POST", roles=ADMINISTRATORS)
def reactivate(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Somebody came back, as an employee."""
    if answer := ask_again(request):
        return answer
    shown = person_or_404(person_id)
    actions.reactivate_person(person=shown, by=request.user.urn, at=timezone.now())
    messages.success(request, _("%(name)s can sign in again, as an employee.") % {"name": shown.name})
    return redirect("person", shown.pk)


@signed_in("GET", roles=ADMINISTRATORS)
def roles(request: SignedInRequest) -> HttpResponse:
    """Who may what: every role, what it opens and who has it."""
    overview = queries.who_may_what(on=timezone.localdate())
    return render(request, "accounts/roles.html", {"overview": overview})
