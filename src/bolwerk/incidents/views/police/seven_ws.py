"""The seven questions of the police: answered at ease, and taken along as PDF or plain text."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.documents.actions import begin_letter
from bolwerk.documents.queries import documents_of, letters_of
from bolwerk.incidents import access, actions
from bolwerk.incidents.actions import police as steps
from bolwerk.incidents.actions.seven_ws import record_seven_ws_reading, write_seven_ws
from bolwerk.incidents.forms.seven_ws import PaperForm, SevenWsForm
from bolwerk.incidents.queries import police as answers
from bolwerk.incidents.queries.names import police_urn
from bolwerk.incidents.rules.police import Privacy
from bolwerk.incidents.rules.seven_ws import W

CONFLICT = 409


@signed_in("GET", "POST", per_object=True)
def seven_ws(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Answer the seven questions: whoever reported it, whom it happened to, or a handler."""
    found = access.seven_ws_or_404(request, incident_id)
    now, known = timezone.now(), answers.answers_of(found)
    handles = access.may_handle(access.hats_of(request.user, found, on=timezone.localdate()))
    back = "incidents:police" if handles else "incidents:own_incident"
    version = found.seven_ws.version if hasattr(found, "seven_ws") else 0
    start: dict[str, object] = {"seen": version} | {question.value: known.of(question) for question in W}
    form = SevenWsForm(request.POST or None, initial=start)
    page = {"incident": found, "form": form, "back": back}
    if request.method == "POST" and form.is_valid():
        data = {"answers": form.answers(), "seen": form.cleaned_data["seen"]}
        try:
            write_seven_ws(incident=found, by=request.user, at=now, **data)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=version)
            return render(request, "incidents/police/seven_ws.html", page, status=CONFLICT)
        return redirect(back, found.pk)
    record_seven_ws_reading(incident=found, by=request.user, at=now)
    return render(request, "incidents/police/seven_ws.html", page)


@signed_in("GET", "POST", roles=access.POLICE_ROLES, per_object=True)
def paper(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Take the answers along: as a PDF that is looked at first and kept, or as plain text."""
    found, now = access.police_or_404(request, incident_id), timezone.now()
    form = PaperForm(request.POST or None, initial={"privacy": Privacy.DOMICILE})
    if request.method == "POST" and form.is_valid():
        privacy, language = Privacy(form.cleaned_data["privacy"]), (get_language() or "nl")[:2]
        told: dict[str, Any] = {"privacy": privacy, "by": request.user, "at": now, "language": language}
        steps.record_police_export(incident=found, privacy=privacy, by=request.user, at=now)
        if "text" in request.POST:
            name = f'attachment; filename="politie-{found.reference}.txt"'
            text = answers.police_text(found, **told)
            return HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"Content-Disposition": name})
        template, facts = answers.paper_template(language), answers.police_paper(found, **told)
        letter = begin_letter(subject=police_urn(found), template=template, facts=facts, by=request.user, at=now)
        return redirect("documents:letter", letter.pk)
    urn = police_urn(found)
    page = {"incident": found, "form": form, "settings": answers.police_settings()}
    page |= {"documents": documents_of(urn), "unfinished": letters_of(urn)}
    return render(request, "incidents/police/paper.html", page | {"title": _("For the police")})
