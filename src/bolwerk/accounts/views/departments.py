"""The department tree, for the functional administrator."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts import actions, queries
from bolwerk.accounts.access import SignedInRequest, department_or_404, signed_in
from bolwerk.accounts.forms.departments import DepartmentForm, NewDepartmentForm
from bolwerk.accounts.rules import Role

ADMINISTRATORS = frozenset({Role.FUNCTIONAL_ADMINISTRATOR})


@signed_in("GET", roles=ADMINISTRATORS)
def departments(request: SignedInRequest) -> HttpResponse:
    """The whole tree."""
    return render(request, "accounts/departments.html", {"tree": queries.tree()})


@signed_in("GET", "POST", roles=ADMINISTRATORS)
def add(request: SignedInRequest) -> HttpResponse:
    """Add a department."""
    form = NewDepartmentForm(request.POST or None)
    if form.is_valid():
        added = actions.add_department(
            code=form.cleaned_data["code"],
            name=form.cleaned_data["name"],
            parent=form.cleaned_data["parent"],
            profile=form.profile(),
            by=request.user.urn,
            at=timezone.now(),
        )
        messages.success(request, _("%(name)s was added.") % {"name": added.name})
        return redirect("departments")
    return render(request, "accounts/department_form.html", {"form": form})


@signed_in("GET", "POST", roles=ADMINISTRATORS)
def change(request: SignedInRequest, department_id: UUID) -> HttpResponse:
    """Rename, move or describe a department."""
    shown = department_or_404(department_id)
    initial = {
        "name": shown.name,
        "parent": shown.parent_id,
        "contact_type": shown.contact_type,
        "risk_class": shown.risk_class,
        "vulnerable_processes": "\n".join(shown.vulnerable_processes),
    }
    form = DepartmentForm(request.POST or None, initial=initial, department=shown)
    if form.is_valid():
        try:
            actions.change_department(
                department=shown,
                name=form.cleaned_data["name"],
                parent=form.cleaned_data["parent"],
                profile=form.profile(),
                by=request.user.urn,
                at=timezone.now(),
            )
        except actions.CyclicTreeError:  # somebody else moved the other one meanwhile
            form.add_error("parent", _("A department cannot lie below itself."))
        else:
            messages.success(request, _("%(name)s was changed.") % {"name": form.cleaned_data["name"]})
            return redirect("departments")
    return render(request, "accounts/department_form.html", {"form": form, "department": shown})


@signed_in("GET", "POST", roles=ADMINISTRATORS)
def close(request: SignedInRequest, department_id: UUID) -> HttpResponse:
    """Close a department in which nobody works any more."""
    shown = department_or_404(department_id)
    if request.method == "POST":
        try:
            actions.close_department(department=shown, by=request.user.urn, at=timezone.now())
        except actions.DepartmentInUseError:
            text = _("%(name)s cannot be closed: people, roles or other departments are still in it. Move those first.")
            messages.error(request, text % {"name": shown.name})
            return redirect("department", shown.pk)
        messages.success(request, _("%(name)s was closed.") % {"name": shown.name})
        return redirect("departments")
    return render(request, "accounts/department_close.html", {"department": shown})
