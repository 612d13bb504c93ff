"""A look ahead by area: the newest there is, and asking for one."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, deny, signed_in
from bolwerk.hub import access, actions, queries, tasks
from bolwerk.hub.forms import AreasFileForm, KnownOnForm, StudyForm
from bolwerk.hub.views import CONFLICT
from bolwerk.hub.views.taking_out import download
from knooppunt.findings.export import NoReasonError
from knooppunt.vault import VaultError


@signed_in("GET", roles=access.READERS)
def outlook(request: SignedInRequest, about: str = "") -> HttpResponse:
    """Show the newest look ahead about one thing, reports unless another is chosen; an area is the least it shows."""
    today = timezone.localdate()
    asked = KnownOnForm(request.GET, today=today)
    found = queries.studies(on=today, known_on=asked.day)
    chosen = next((one for one in found if one.about == about or not about), None)
    if about and chosen is None and not any(one.about == about for one in queries.studies(on=today)):
        deny(request)
    shown, used = int(chosen is not None), ",".join(asked.held)
    actions.record_reading(what=actions.What.OUTLOOK, by=request.user, at=timezone.now(), shown=shown, filters=used)
    registers = access.in_use(on=today) if chosen else frozenset()
    borders = queries.borders_drawn(registers, day=chosen.as_of, known_on=asked.day) if chosen else None
    page = {
        "maps": queries.maps_of_outlook(chosen, borders) if chosen else None,
        "outlook": queries.outlook_of(chosen) if chosen else None,
        "others": [(one, queries.study_title(one.about)) for one in found],
        "chosen": chosen,
        "asked": asked,
        "may_work": bool(access.ANALYSTS & request.roles) and asked.day is None,
        "tabs": queries.tabs_of(request.roles),
    }
    return render(request, "hub/outlook.html", page)


@signed_in("GET", "POST", roles=access.ANALYSTS)
def outlook_file(request: SignedInRequest, about: str) -> HttpResponse:
    """Ask why, write that down, and give the areas of the newest look ahead with their shapes."""
    found = next((one for one in queries.studies(on=timezone.localdate()) if one.about == about), None)
    if found is None:
        deny(request)
    form = AreasFileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            made = actions.take_out_areas(study=found, reason=reason, by=request.user, at=timezone.now())
        except NoReasonError:
            form.add_error("reason", _("Say it in a few words, not in one."))
        except VaultError:
            form.add_error(None, _("The vault cannot be read, so nothing was made."))
        else:
            return download(made)
    return render(request, "hub/outlook_file.html", {"form": form, "study": found, "title": queries.study_title(about)})


@signed_in("GET", "POST", roles=access.ANALYSTS)
def new_study(request: SignedInRequest) -> HttpResponse:
    """Ask for a look ahead."""
    now, today = timezone.now(), timezone.localdate()
    choices = queries.study_choices(on=today)
    form = StudyForm(request.POST or None, initial={"as_of": today}, today=today, choices=choices)
    page = {"form": form, "can": bool(choices), "look": queries.look_at_vault(), "job": queries.job_at_work()}
    if request.method == "POST" and form.is_valid():
        ask = partial(actions.ask_to_study, **form.cleaned_data, by=request.user, at=now, on=today)
        try:
            return redirect("hub:job", tasks.put_to_work(ask).pk)
        except actions.JobAtWorkError:
            form.add_error(None, _("Something else is being read or worked out. Wait until that is done."))
            return render(request, "hub/new_study.html", page, status=CONFLICT)
        except actions.NothingToStudyError:
            form.add_error("about", _("This was just switched off."))
    return render(request, "hub/new_study.html", page)
