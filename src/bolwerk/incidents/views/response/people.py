"""Pages of the store of persons: who a report is about, and a resident's requests. No list to leaf through."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access
from bolwerk.incidents.actions import response as steps
from bolwerk.incidents.forms.response import CorrectionForm, NewPersonForm, ReasonForm, WhyForm
from bolwerk.incidents.queries import response as answers

HANDLERS = frozenset(access.HANDLER_ROLES)
WHO = access.REQUEST_ROLES | access.STORE_ROLES


def _search(request: SignedInRequest, form: ReasonForm, about: str) -> list[answers.Candidate]:
    """The candidates, after the search and its reason stand in the trail."""
    found = answers.candidates(form.cleaned_data["words"])
    people = [one.perpetrator for one in found]
    reason = form.cleaned_data["reason"]
    steps.record_person_search(reason=reason, found=people, by=request.user, at=timezone.now(), about=about)
    return found


@signed_in("GET", "POST", roles=HANDLERS, per_object=True)
def person(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Search who a report is about, choose somebody, or put somebody new in the store."""
    found = access.incident_to_handle(request, incident_id)
    act = request.POST.get("act", "")
    search = ReasonForm(request.POST if act in {"search", "choose"} else None)
    new = NewPersonForm(request.POST if act == "new" else None)
    page: dict[str, Any] = {"incident": found, "search": search, "new": new}
    if act == "new" and new.is_valid():
        data = new.cleaned_data
        known = {"name": data["name"], "address": data["address"], "traits": data["traits"]}
        made = steps.add_person(employee=data["colleague"], by=request.user, at=timezone.now(), **known)
        return _link(request, found, made.pk)
    if act in {"search", "choose"} and search.is_valid():
        page["candidates"] = _search(request, search, found.urn)
        chosen = request.POST.get("chosen", "")
        keys = {str(one.perpetrator.pk): one.perpetrator.pk for one in page["candidates"]}
        if act == "choose" and chosen in keys:  # only somebody whom this very search showed
            return _link(request, found, keys[chosen])
    return render(request, "incidents/response/person.html", page)


def _link(request: SignedInRequest, incident: Any, key: UUID) -> HttpResponse:
    perpetrator = access.perpetrator_or_404(request, key)
    steps.link_person(incident=incident, perpetrator=perpetrator, by=request.user, at=timezone.now())
    if perpetrator.employee_id == request.user.pk:
        return redirect("overview:my_day")  # from now on this incident does not exist for this person
    return redirect("incidents:response", incident.pk)


@signed_in("GET", "POST", roles=HANDLERS, per_object=True)
def earlier(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Show which earlier incidents are about the same person, after the reason stands in the trail."""
    found = access.incident_to_handle(request, incident_id)
    known = answers.person_of(found)
    form = WhyForm(request.POST or None)
    page: dict[str, Any] = {"incident": found, "form": form, "known": known}
    if request.method == "POST" and form.is_valid() and known:
        reason, now = form.cleaned_data["reason"], timezone.now()
        steps.record_person_search(reason=reason, found=[known], by=request.user, at=now, about=found.urn)
        page["kept"] = [row for row in answers.extract_of(known)[0] if row.number != found.reference]
    return render(request, "incidents/response/earlier.html", page)


@signed_in("GET", "POST", roles=WHO)
def requests(request: SignedInRequest) -> HttpResponse:
    """Search for a resident who asks what is kept. The reason is logged; there is no list without one."""
    form = ReasonForm(request.POST or None)
    page: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        page["candidates"] = _search(request, form, steps.STORE)
    return render(request, "incidents/response/requests.html", page)


@signed_in("GET", "POST", roles=access.STORE_ROLES)
def repeated(request: SignedInRequest) -> HttpResponse:
    """How many people are in several reports; who they are shows after the reason stands in the trail."""
    now, form = timezone.now(), WhyForm(request.POST or None)
    found = answers.repeated(request.user, at=now)
    page: dict[str, Any] = {"form": form, "count": len(found), "reports": sum(one.reports for one in found)}
    if request.method == "POST" and form.is_valid():
        page["shown"] = answers.named(found)
        people = [one.known for one in page["shown"]]
        steps.record_person_search(reason=form.cleaned_data["reason"], found=people, by=request.user, at=now)
    return render(request, "incidents/response/repeated.html", page)


@signed_in("GET", "POST", roles=WHO, per_object=True)
def known(request: SignedInRequest, perpetrator_id: UUID) -> HttpResponse:
    """Everything that is kept of one person, to answer a request; correct it, note an objection, merge or undo."""
    found = access.perpetrator_to_answer_for(request, perpetrator_id)
    now = timezone.now()
    start = {name: getattr(found, name) for name in ("name", "address", "traits", "objection")}
    form = CorrectionForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in start}
        why = form.cleaned_data["why"]
        steps.correct_person(perpetrator=found, values=values, why=why, by=request.user, at=now)
        return redirect("incidents:known_person", found.pk)
    steps.record_extract(perpetrator=found, by=request.user, at=now)
    kept, changes = answers.extract_of(found)
    page = {"person": found, "form": form, "kept": kept, "changes": changes, "merged": found.merged.all()}
    page["may_merge"] = bool(access.STORE_ROLES & request.roles)
    return render(request, "incidents/response/known.html", page)


@signed_in("POST", roles=access.STORE_ROLES, per_object=True)
def merge(request: SignedInRequest, perpetrator_id: UUID) -> HttpResponse:
    """Merge this row into the one with a number, or undo that. Both rows stay."""
    found = access.perpetrator_to_answer_for(request, perpetrator_id)
    why, now = request.POST.get("why", "").strip()[:400] or _("No reason was given."), timezone.now()
    try:
        if "undo" in request.POST:
            steps.undo_merge(perpetrator=found, why=why, by=request.user, at=now)
        else:
            into = answers.person_numbered(request.POST.get("number", ""))
            if into is None:
                raise steps.SamePersonError
            steps.merge_persons(perpetrator=found, into=into, why=why, by=request.user, at=now)
    except steps.SamePersonError:
        return redirect(f"{request.path.removesuffix('samen/')}?fout=1")
    return redirect("incidents:known_person", found.pk)
