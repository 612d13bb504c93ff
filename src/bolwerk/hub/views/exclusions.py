"""Exclusions: which addresses and streets a rule leaves out, why and until when."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.hub import access, actions, queries
from bolwerk.hub.forms import AddressForm, EndForm, LeaveOutForm, LookupForm
from bolwerk.ui.lists import list_page


@signed_in("GET", roles=access.ANALYSTS)
def exclusions(request: SignedInRequest) -> HttpResponse:
    """List what is left out."""
    page = list_page(queries.exclusions_spec(on=timezone.localdate()), request, queries.exclusions())
    actions.record_reading(what=actions.What.EXCLUSIONS, by=request.user, at=timezone.now(), shown=len(page.rows))
    return render(request, "hub/exclusions.html", {"page": page, "tabs": queries.tabs_of(request.roles)})


@signed_in("GET", "POST", roles=access.ANALYSTS, per_object=True)
def leave_out(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    """Leave the object of a finding out of its rule from now on."""
    now, today = timezone.now(), timezone.localdate()
    found = access.finding_or_404(request, finding_id, rules=queries.rules_on(today))
    form = LeaveOutForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        what = actions.LeftOut(found.rule, found.object_id, found.place, **form.cleaned_data)
        try:
            actions.add_exclusion(what=what, by=request.user, at=now, on=today)
        except actions.AlreadyLeftOutError:
            form.add_error(None, _("This rule leaves this object out already."))
        else:
            return redirect("hub:finding", found.pk)
    page = {"finding": found, "form": form, "title": queries.rule_title(found.rule)}
    return render(request, "hub/leave_out.html", page)


@signed_in("GET", "POST", roles=access.ANALYSTS)
def new_exclusion(request: SignedInRequest) -> HttpResponse:
    """Leave out an address that is looked up by postcode and house number."""
    now, today = timezone.now(), timezone.localdate()
    look = LookupForm(request.POST or None)
    places = _places(look) if look.is_valid() else []
    answered = request.POST if "rule" in request.POST or "reason" in request.POST else None
    form = AddressForm(answered, today=today, places=places) if places else None
    if form is not None and form.is_valid():
        data = dict(form.cleaned_data)
        what = actions.LeftOut(place=form.places[data["object_id"]], **data)
        try:
            actions.add_exclusion(what=what, by=request.user, at=now, on=today)
        except actions.AlreadyLeftOutError:
            form.add_error("object_id", _("This rule leaves this object out already."))
        else:
            return redirect("hub:exclusions")
    return render(request, "hub/new_exclusion.html", {"look": look, "form": form})


def _places(look: LookupForm) -> list[tuple[str, str]]:
    """The addresses at the place that was filled in; says so in the form when there are none."""
    try:
        found = queries.addresses_at(**look.cleaned_data)
    except queries.VaultNotReadyError:
        look.add_error(None, _("Addresses cannot be looked up: no BAG was read in yet, or the vault cannot be read."))
        return []
    if not found:
        look.add_error("number", _("There is no address with this postcode and house number in the BAG."))
    return [(one.object_id, one.place) for one in found]


@signed_in("GET", "POST", roles=access.ANALYSTS, per_object=True)
def end_exclusion(request: SignedInRequest, exclusion_id: UUID) -> HttpResponse:
    """Let a rule look at an object again."""
    found = access.exclusion_or_404(request, exclusion_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.end_exclusion(exclusion=found, reason=reason, by=request.user, at=timezone.now())
        return redirect("hub:exclusions")
    page = {"exclusion": found, "form": form, "title": queries.rule_title(found.rule)}
    return render(request, "hub/end_exclusion.html", page)
