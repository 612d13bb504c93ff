"""Handing out: a document leaves by a link of a few minutes, and can do nothing where it arrives."""

from hashlib import sha256
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
from bolwerk.documents.rules.ranges import NoSuchPieceError, piece_asked
from bolwerk.documents.rules.refusals import sentence
from bolwerk.vault.rules.ring import CannotOpenError

GONE = 410
CONFLICT = 409
PARTIAL, NO_SUCH_PIECE = 206, 416
HEARD, MOST_HEARD = "documents_heard", 40  # in the session: links of which a piece went out


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
    if not _goes_on(request, ticket):
        actions.record_reading(document=found, part=wanted, by=request.user, at=at)
    try:
        actions.look_again(document=found, at=at)
        content = b"".join(queries.read(found, wanted))
    except FileRefusedError as refusal:
        return _refused(request, sentence(refusal.reason))
    except (CannotOpenError, FileNotFoundError):
        return _refused(request, _("This document was damaged or is gone. Tell the functional administrator."))
    told = headers(name=found.name, format_code=found.format, part=wanted)
    return _piece(request, content, told | {"Accept-Ranges": "bytes", "ETag": f'"{found.pk.hex}.{part}"'})


def _goes_on(request: SignedInRequest, ticket: str) -> bool:
    """Whether this is a next piece of what this link already gave: a player asks many times, the trail has one line."""
    if "Range" not in request.headers:
        return False
    heard: list[str] = request.session.get(HEARD, [])
    digest = sha256(ticket.encode()).hexdigest()[:32]
    if digest in heard:
        return True
    request.session[HEARD] = [*heard, digest][-MOST_HEARD:]
    return False


def _piece(request: SignedInRequest, content: bytes, told: dict[str, str]) -> HttpResponse:
    """The whole, or the piece of it that a player asks for; of a file that never changes, so its tag is its id."""
    size, asked = len(content), request.headers.get("Range", "")
    if request.headers.get("If-Range", told["ETag"]) != told["ETag"]:
        asked = ""
    try:
        piece = piece_asked(asked, size=size)
    except NoSuchPieceError:
        return HttpResponse(
            status=NO_SUCH_PIECE, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"}
        )
    if piece is None:
        return HttpResponse(content, headers=told)
    where = f"bytes {piece.start}-{piece.stop - 1}/{size}"
    return HttpResponse(content[piece], status=PARTIAL, headers=told | {"Content-Range": where})


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
