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
from bolwerk.incidents.forms.damage import DamageForm, LeaveForm
from bolwerk.incidents.queries import police as answers
from bolwerk.incidents.rules.damage import NothingOpenError
from bolwerk.ui.lists import list_page

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
    form = DamageForm(
        request.POST or None, initial=start, states=answers.damage_states(row, request.user, on=timezone.localdate())
    )
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


@signed_in("GET", "POST", roles=access.POLICE_ROLES, per_object=True)
def leave(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Choose that the track may end while damage is open."""
    found = access.police_or_404(request, incident_id)
    track = getattr(found, "police", None)
    form = LeaveForm(request.POST or None, initial={"seen": track.version if track else 0})
    page = {
        "incident": found,
        "form": form,
        "title": _("Close with damage open"),
        "button": _("Close with damage open"),
    }
    page["note"] = _("The track ends when the police are done as well. Without this choice open damage keeps it open.")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        told = {"because": data["because"], "seen": data["seen"]}
        try:
            steps.leave_damage(incident=found, by=request.user, at=timezone.now(), **told)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=track.version if track else 0)
            return render(request, PAGE, page, status=CONFLICT)
        except NothingOpenError:
            form.add_error(None, _("No damage is open here."))
        else:
            return redirect("incidents:police", incident_id)
    return render(request, PAGE, page)


@signed_in("GET", roles=access.POLICE_ROLES)
def damage_list(request: SignedInRequest) -> HttpResponse:
    """List all damage that this person follows, added up."""
    now, today = timezone.now(), timezone.localdate()
    rows = answers.damage_rows(request.user, on=today)
    page = list_page(answers.damage_spec(at=now), request, rows)
    used = [one.filter.name for one in page.choices if one.chosen]
    shown = [row.thing for row in page.rows]
    steps.record_damage_list(shown=shown, filters=",".join(used), by=request.user, at=now)
    headings = [_("Whose"), _("Claimed"), _("Came back"), _("Still open")]
    summed = [one.row for one in answers.damage_summed(rows)]
    return render(request, "incidents/police/damage_list.html", {"page": page, "headings": headings, "summed": summed})
