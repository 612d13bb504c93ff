"""Pages of whoever watches over how long things are kept: the rules, what must stay, and proof of what went."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.accounts.rules import Role
from bolwerk.audit.queries.names import urn_named
from bolwerk.vault import actions
from bolwerk.vault.access import hold_in_force
from bolwerk.vault.forms.retention import HoldForm, PeriodsForm
from bolwerk.vault.queries import retention as queries

ROLES = frozenset({Role.PRIVACY_OFFICER, Role.FUNCTIONAL_ADMINISTRATOR})


@signed_in("GET", roles=ROLES)
def rules(request: SignedInRequest) -> HttpResponse:
    """Every kind of record by room: how long it is kept; and what goes within thirty days."""
    name, _results = queries.selection_list()
    due = queries.what_is_due(at=timezone.now())
    page = {"rooms": queries.by_room(due), "going": [one for one in due if one.is_soon], "list": name}
    return render(request, "retention/rules.html", page)


@signed_in("GET", "POST", roles=ROLES)
def periods(request: SignedInRequest, kind: str) -> HttpResponse:
    """One kind of record: its rule, what is due, and the municipality's own periods. Says first what would go."""
    now = timezone.now()
    try:
        due = queries.due_of(kind, at=now)
    except queries.UnknownKindError as error:
        raise Http404 from error
    current = due.in_force
    if request.method == "POST" and "default" in request.POST:
        actions.reset_term(kind=kind, by=request.user, at=now)
        return redirect("retention:rules")
    form = PeriodsForm(request.POST or None, personal=current.rule.personal, record=current.rule.record)
    page = {"form": form, "current": current, "due": due, "list": queries.selection_list()[0], "going": {}}
    if request.method == "POST" and form.is_valid():
        chosen = {"personal": form.period("personal"), "keep": form.period("record")}
        page["going"] = queries.would_go(current, at=now, **chosen)
        if not page["going"] or "sure" in request.POST:
            source = form.cleaned_data["source"]
            actions.set_term(kind=kind, source=source, by=request.user, at=now, **chosen)
            return redirect("retention:rules")
    return render(request, "retention/periods.html", page)


@signed_in("GET", "POST", roles=ROLES)
def holds(request: SignedInRequest) -> HttpResponse:
    """What must stay, and letting something stay."""
    now, form = timezone.now(), HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        subject = urn_named(form.cleaned_data["number"]) or ""
        try:
            actions.place_hold(subject=subject, reason=form.cleaned_data["reason"], by=request.user, at=now)
        except actions.NothingToHoldError:
            form.add_error("number", _("There is nothing with this number that is kept for a period."))
        except actions.AlreadyHeldError:
            form.add_error("number", _("This stays already."))
        else:
            messages.success(request, _("It stays until somebody lets it go."))
            return redirect("retention:holds")
    held = queries.holds_with_names()
    actions.note_holds(shown=len(held), by=request.user, at=now)
    return render(request, "retention/holds.html", {"form": form, "holds": held})


@signed_in("GET", "POST", roles=ROLES)
def lift(request: SignedInRequest, hold_id: UUID) -> HttpResponse:
    """Let something go its way again."""
    hold = hold_in_force(request, hold_id)
    if request.method == "POST":
        actions.lift_hold(hold=hold, by=request.user, at=timezone.now())
        messages.success(request, _("It goes when its period is over."))
        return redirect("retention:holds")
    return render(request, "retention/lift.html", {"hold": queries.with_name(hold)})


@signed_in("GET", roles=ROLES)
def proof(request: SignedInRequest) -> HttpResponse:
    """What went, when and by which rule."""
    return render(request, "retention/proof.html", {"lines": queries.proof_of_erasure()})
