"""Handing out: a document leaves by a link of a few minutes, and can do nothing where it arrives."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.documents import access, actions, queries
from bolwerk.documents.cleaning.outcome import FileRefusedError
from bolwerk.documents.forms import RemoveForm
from bolwerk.documents.rules import Part
from bolwerk.documents.rules.handing_out import headers
from bolwerk.documents.rules.refusals import sentence
from bolwerk.vault.rules.ring import CannotOpenError

GONE = 410
CONFLICT = 409


@signed_in("GET", per_object=True)
def document(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """The lasting address of a document: asks who one is, and leads on to a link of a few minutes."""
    found = access.document_to_read(request, document_id)
    return redirect(access.link_to(request, found, Part.CONTENT))


@signed_in("GET", per_object=True)
def fetch(request: SignedInRequest, document_id: UUID, part: str, ticket: str) -> HttpResponse:
    """Hand out a part of a document, whole and checked before the first byte leaves."""
    if part not in Part.values:
        raise Http404
    wanted, at = Part(part), timezone.now()
    found = access.document_by_ticket(request, document_id, wanted, ticket)
    actions.record_reading(document=found, part=wanted, by=request.user, at=at)
    try:
        actions.look_again(document=found, at=at)
        content = b"".join(queries.read(found, wanted))
    except FileRefusedError as refusal:
        return _refused(request, sentence(refusal.reason))
    except (CannotOpenError, FileNotFoundError):
        return _refused(request, _("This document was damaged or is gone. Tell the functional administrator."))
    return HttpResponse(content, headers=headers(name=found.name, format_code=found.format, part=wanted))


@signed_in("GET", "POST", per_object=True)
def remove(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Take a photo or a file away, with a reason."""
    found = access.document_to_remove(request, document_id)
    back = access.subject_address(found.subject, request.user, on=timezone.localdate())
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.remove_document(document=found, reason=reason, by=request.user, at=timezone.now())
        except actions.HeldError:
            form.add_error(
                None, _("This record is held: nothing of it may go until the privacy officer lifts the hold.")
            )
            return render(
                request, "documents/remove.html", {"document": found, "form": form, "back": back}, status=CONFLICT
            )
        messages.success(request, _("It is gone. The log keeps that you took it away, and why."))
        return redirect(back)
    return render(request, "documents/remove.html", {"document": found, "form": form, "back": back})


def _refused(request: SignedInRequest, why: str) -> HttpResponse:
    return render(request, "documents/refused.html", {"why": why}, status=GONE)
