"""What holds here for reports to the police."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents.access import SETTING_ROLES
from bolwerk.incidents.actions import police as steps
from bolwerk.incidents.forms.police import PoliceSettingForm
from bolwerk.incidents.queries import police as answers


@signed_in("GET", "POST", roles=SETTING_ROLES)
def setting(request: SignedInRequest) -> HttpResponse:
    """Set the address of the organisation, whom the police can call, and the term of the reminder."""
    now_in_force = answers.police_settings()
    start: dict[str, object] = {"address": now_in_force.address, "contact": now_in_force.contact}
    start |= {"amount": now_in_force.term.amount, "unit": now_in_force.term.unit.value}
    start |= {"source": now_in_force.source}
    form = PoliceSettingForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("address", "contact")}
        steps.set_police(term=form.term(), by=request.user, at=timezone.now(), **data)
        return redirect("incidents:police_setting")
    return render(request, "incidents/police/setting.html", {"form": form, "current": now_in_force})
