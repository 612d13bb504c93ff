"""Exchange with other installations: what came in, what leaves, and looking at each before it does."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import condition

from bolwerk.accounts.access import SignedInRequest, everybody, signed_in
from bolwerk.circle.access import exchange as access
from bolwerk.circle.actions import exchange as actions
from bolwerk.circle.forms.copies import copy_form
from bolwerk.circle.forms.exchange import BundleFileForm
from bolwerk.circle.queries import bundles as queries
from bolwerk.circle.queries import feed as feeds
from bolwerk.circle.queries.card_bundles import card_of_report
from bolwerk.circle.queries.exchange import (
    exchange_page,
    incoming_page,
    leaving_page,
    received_page,
)
from bolwerk.circle.rules.bundles import BundleRefusedError
from bolwerk.circle.rules.cards import CardError
from bolwerk.crypto.signing import fingerprint, own_signer

JSON = "application/json; charset=utf-8"
FEED_SECONDS = 300  # how long a copy of the list may be kept underway


@signed_in("GET", roles=access.EXCHANGERS)
def exchange(request: SignedInRequest) -> HttpResponse:
    """What waits, what came in, and what is offered to others."""
    signer = own_signer(at=timezone.now())
    own = {"public": signer.public, "fingerprint": fingerprint(signer.public)}
    waits, sends = access.incoming_for(request.user), access.issued_for(request.user)
    page = exchange_page(waits, sends) | {"own": own, "issues": bool(access.ISSUERS & request.roles)}
    return render(request, "circle/exchange/exchange.html", page)


@signed_in("GET", "POST", roles=access.EXCHANGERS)
def upload(request: SignedInRequest) -> HttpResponse:
    """Bring in a bundle from a file."""
    form = BundleFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.bring_in(data=form.cleaned_data["file"], by=request.user, at=timezone.now())
            return redirect("circle:incoming", row.pk)
        except BundleRefusedError as error:
            form.add_error("file", _("%(why)s Nothing was kept.") % {"why": error})
    return render(request, "circle/exchange/upload.html", {"form": form})


@signed_in("POST", roles=access.EXCHANGERS, per_object=True)
def fetch(request: SignedInRequest, key_id: UUID) -> HttpResponse:
    """Look at what another installation offers."""
    key = access.feed_or_404(request, key_id)
    try:
        looked = actions.look_at_feed(key=key, by=request.user, at=timezone.now())
    except actions.FeedUnreachableError as error:
        messages.error(request, str(error))
        return redirect("circle:exchange")
    for title, why in looked.refused:
        messages.warning(request, f"{title}: {why}")
    new = {"name": key.name, "count": len(looked.new)}
    said = _("New from %(name)s: %(count)d. Look at each before you take it in.") if looked.new else ""
    messages.success(request, (said or _("Nothing new from %(name)s.")) % new)
    return redirect("circle:exchange")


@signed_in("GET", "POST", roles=access.EXCHANGERS, per_object=True)
def incoming(request: SignedInRequest, incoming_id: UUID) -> HttpResponse:
    """Look at a bundle, and take it in."""
    row = access.incoming_or_404(request, incoming_id)
    if request.method == "POST":
        try:
            taken = actions.take_in(incoming=row, by=request.user, at=timezone.now())
        except BundleRefusedError as error:
            messages.error(request, str(error))
            return redirect("circle:exchange")
        messages.success(request, _("It is taken in, as a copy with its origin."))
        return _page_of(taken.kind, taken.base, taken.pk)
    return render(request, "circle/exchange/incoming.html", incoming_page(row))


def _page_of(kind: str, content: dict[str, Any], key: UUID) -> HttpResponse:
    """Where something that was taken in is read: a report stands with its card, figures are read together only."""
    if kind == "adoption" and (card := card_of_report(content)):
        return redirect("circle:card", card.pk)
    return redirect("circle:exchange") if kind in queries.NOT_READ else redirect("circle:received", key)


@signed_in("POST", roles=access.EXCHANGERS, per_object=True)
def drop(request: SignedInRequest, incoming_id: UUID) -> HttpResponse:
    """Do not take it in."""
    actions.drop(incoming=access.incoming_or_404(request, incoming_id), by=request.user, at=timezone.now())
    messages.success(request, _("It is gone. Nothing of it was taken in."))
    return redirect("circle:exchange")


CHOICES = {"theirs": actions.take_theirs, "own": actions.keep_own, "out": actions.take_out}


@signed_in("GET", "POST", roles=access.EXCHANGERS, per_object=True)
def received(request: SignedInRequest, received_id: UUID) -> HttpResponse:
    """A copy with its origin; when a newer version lies beside it, choose. A card can leave the library again."""
    row = access.received_or_404(request, received_id)
    if request.method == "POST":
        choose = CHOICES.get(request.POST.get("choice", ""), actions.keep_own)
        try:
            choose(row=row, by=request.user, at=timezone.now(), seen=_seen(request))
            messages.success(request, _("Saved."))
        except actions.CopyMovedError:
            messages.error(request, _("Somebody else changed this meanwhile. Look again."))
        except BundleRefusedError as error:
            messages.error(request, str(error))
        return redirect("circle:received", row.pk)
    return render(request, "circle/exchange/received.html", received_page(row))


def _seen(request: HttpRequest) -> int:
    """The version that was on the page; what is no number was on none."""
    given = str(request.POST.get("seen", ""))
    return int(given) if given.isdecimal() and len(given) < 10 else 0


@signed_in("GET", "POST", roles=access.EXCHANGERS, per_object=True)
def change(request: SignedInRequest, received_id: UUID) -> HttpResponse:
    """Change the own copy. What the origin says stays beside it."""
    row = access.changeable_or_404(request, received_id)
    form = copy_form(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.change_copy(row=row, content=form.changed(), by=request.user, at=timezone.now(), seen=seen)
            messages.success(request, _("Your copy is changed. The origin stays as it was."))
            return redirect("circle:received", row.pk)
        except actions.CopyMovedError:
            form.add_error(None, _("Somebody else changed this meanwhile. Copy your text and open the page anew."))
        except CardError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.text))
        except BundleRefusedError as error:
            field = error.where.rpartition(".")[2]
            form.add_error(field if field in form.fields else None, str(error.refusal.label))
    return render(request, "circle/exchange/change.html", {"form": form, "row": row})


@signed_in("GET", "POST", roles=access.EXCHANGERS, per_object=True)
def leaving(request: SignedInRequest, issued_id: UUID) -> HttpResponse:
    """Exactly what leaves, before it is signed; after that the file."""
    row, now = access.issued_or_404(request, issued_id), timezone.now()
    if request.method == "POST":
        row = actions.issue(row=row, by=request.user, at=now)
        messages.success(request, _("It is signed. Nothing else leaves than what you see here."))
        return redirect("circle:leaving", row.pk)
    return render(request, "circle/exchange/leaving.html", leaving_page(row, at=now))


@signed_in("GET", roles=access.EXCHANGERS, per_object=True)
def leaving_file(request: SignedInRequest, issued_id: UUID) -> HttpResponse:
    """The signed file, to send on."""
    row = access.issued_or_404(request, issued_id)
    if row.issued_at is None:
        raise Http404
    return _file(row.data.encode(), row.file_name)


@signed_in("POST", roles=access.ISSUERS, per_object=True)
def withdraw(request: SignedInRequest, issued_id: UUID) -> HttpResponse:
    """Take an item out of what is offered."""
    actions.withdraw(row=access.issued_or_404(request, issued_id), by=request.user, at=timezone.now())
    messages.success(request, _("It is not offered any more. Who took it over before keeps it."))
    return redirect("circle:exchange")


def _digest(_request: HttpRequest) -> str:
    return f'"{feeds.feed_digest(at=timezone.now())}"'


def _file_digest(_request: HttpRequest, file: str) -> str | None:
    data = feeds.feed_file(file)
    return f'"{queries.digest(data)}"' if data else None


@everybody("GET")
@condition(etag_func=_digest)
def feed(_request: HttpRequest) -> HttpResponse:
    """The list of what this installation offers to everybody."""
    return _public(feeds.feed_index(at=timezone.now()))


@everybody("GET")
@condition(etag_func=_file_digest)
def feed_file(_request: HttpRequest, file: str) -> HttpResponse:
    """One bundle of what is offered."""
    data = feeds.feed_file(file)
    if data is None:
        raise Http404
    return _public(data)


@everybody("GET")
def schema(_request: HttpRequest, name: str) -> HttpResponse:
    """The JSON Schema of a kind of bundle."""
    found = queries.schema_text(name)
    if found is None:
        raise Http404
    return _public(found)


def _public(data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type=JSON)
    answer.headers["Cache-Control"] = f"public, max-age={FEED_SECONDS}"
    return answer


def _file(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=JSON)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
