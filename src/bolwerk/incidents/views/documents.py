"""Letters about an incident, and files that go with it: begun here, written and kept in the pages of documents."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.documents.actions import begin_letter
from bolwerk.documents.queries import letters_of, scanner_is_on
from bolwerk.incidents import access, actions, queries
from bolwerk.incidents.forms import FileForm, LetterChoiceForm
from bolwerk.incidents.views.photos import tell_refused

ROLES = frozenset(access.HANDLER_ROLES)


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def letter(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Choose which letter or report to make of an incident."""
    found = access.incident_to_handle(request, incident_id)
    form = LetterChoiceForm(request.POST or None, templates=queries.letters_of_incident())
    if request.method == "POST" and form.is_valid():
        template, now = form.template(), timezone.now()
        facts = queries.letter_facts(found, by=request.user, at=now, language=template.language)
        begun = begin_letter(subject=found.urn, template=template, facts=facts, by=request.user, at=now)
        return redirect("documents:letter", begun.pk)
    page = {"incident": found, "form": form, "unfinished": letters_of(found.urn)}
    return render(request, "incidents/letter.html", page)


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def file(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Put files with an incident: a letter that was signed, a note of the police, a photo."""
    found = access.incident_to_handle(request, incident_id)
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        refused = actions.add_files(
            incident=found, uploads=form.cleaned_data["papers"], by=request.user, at=timezone.now()
        )
        tell_refused(request, refused, words=_("File %(number)d was not put in. %(why)s"))
        return redirect("incidents:incident", found.pk)
    note = None if scanner_is_on() else _("Nothing is scanned for viruses here: no virus scanner is connected.")
    page = {"incident": found, "form": form, "title": _("Put in a file"), "button": _("Put in"), "note": note}
    return render(request, "incidents/step.html", page)
