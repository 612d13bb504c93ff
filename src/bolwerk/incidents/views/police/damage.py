"""Items of damage: one is written down, or changed when something came back."""

from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, actions
from bolwerk.incidents.actions import police as steps
from bolwerk.incidents.forms.damage import DamageForm

CONFLICT = 409
PAGE = "incidents/police/step.html"


@signed_in("GET", "POST", roles=access.POLICE_ROLES, per_object=True)
def add(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Write down an item of damage."""
    found = access.police_or_404(request, incident_id)
    form = DamageForm(request.POST or None, initial={"seen": 0, "state": "claimed", "recovered": Decimal(0)})
    if request.method == "POST" and form.is_valid():
        steps.add_damage(incident=found, item=form.item(), by=request.user, at=timezone.now())
        return redirect("incidents:police", found.pk)
    page = {"incident": found, "form": form, "title": _("Damage"), "button": _("Save")}
    return render(request, PAGE, page)


@signed_in("GET", "POST", roles=access.POLICE_ROLES, per_object=True)
def change(request: SignedInRequest, incident_id: UUID, item_id: UUID) -> HttpResponse:
    """Change an item, as when something came back."""
    row = access.damage_or_404(request, incident_id, item_id)
    start: dict[str, object] = {name: getattr(row, name) for name in ("party", "loss", "way", "state")}
    start |= {"seen": row.version, "amount": Decimal(row.cents) / 100, "recovered": Decimal(row.recovered_cents) / 100}
    form = DamageForm(request.POST or None, initial=start)
    page = {"incident": row.incident, "form": form, "title": _("Damage"), "button": _("Save")}
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            steps.change_damage(row=row, item=form.item(), by=request.user, at=timezone.now(), seen=seen)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=row.version)
            return render(request, PAGE, page, status=CONFLICT)
        return redirect("incidents:police", incident_id)
    return render(request, PAGE, page)
