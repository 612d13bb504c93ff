"""Photos of a session, with consent; what is to be prepared; the minutes as a PDF."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle.access.photos import led_preparation_or_404, own_recognised_or_404, photo_to_remove_or_404
from bolwerk.circle.access.sessions import led_session_or_404, session_or_404
from bolwerk.circle.actions import CircleError
from bolwerk.circle.actions import photos as actions
from bolwerk.circle.forms.photos import PhotoForm, PrepareForm
from bolwerk.circle.queries.circles import around_the_table
from bolwerk.circle.queries.minutes import minutes_pdf
from bolwerk.circle.queries.tabs import frame_of
from bolwerk.circle.rules.sessions import Consent
from bolwerk.documents.actions import FileRefusedError
from bolwerk.documents.rules.refusals import sentence

ANSWERS = {"goed": Consent.GIVEN, "niet": Consent.REFUSED}


@signed_in("GET", "POST", per_object=True)
def add_photo(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """Add a photo, and say who can be recognised on it."""
    one = session_or_404(request, circle_id, session_id)
    seats = around_the_table(one.circle, on=timezone.localdate())
    form = PhotoForm(request.POST or None, request.FILES or None, seats=seats)
    if request.method == "POST" and form.is_valid():
        upload, people = form.cleaned_data["photo"][0], form.people()
        try:
            actions.add_photo(session=one, upload=upload, on_it=people, by=request.user, at=timezone.now())
        except FileRefusedError as refusal:
            form.add_error("photo", sentence(refusal.reason))
        except CircleError as error:
            form.show(error)
        else:
            messages.success(request, _("It is there. Until everybody on it says yes, only who was there sees it."))
            return redirect("circle:session", circle_id, session_id)
    page = frame_of(one.circle, request.user) | {"session": one, "form": form, "title": _("Add a photo")}
    return render(request, "circle/sessions/file.html", page | {"button": _("Add the photo")})


@signed_in("POST", per_object=True)
def answer_photo(request: SignedInRequest, circle_id: UUID, photo_id: UUID, answer: str) -> HttpResponse:
    """I am on it: the whole circle may see it, or only who was there."""
    mine = own_recognised_or_404(request, circle_id, photo_id)
    if answer not in ANSWERS:
        raise Http404
    actions.answer_photo(recognised=mine, consent=ANSWERS[answer], by=request.user, at=timezone.now())
    return redirect("circle:session", circle_id, mine.photo.session_id)


@signed_in("POST", per_object=True)
def remove_photo(request: SignedInRequest, circle_id: UUID, photo_id: UUID) -> HttpResponse:
    """Take a photo away for good."""
    photo = photo_to_remove_or_404(request, circle_id, photo_id)
    session_id = photo.session_id
    actions.remove_photo(photo=photo, by=request.user, at=timezone.now())
    messages.success(request, _("The photo is gone."))
    return redirect("circle:session", circle_id, session_id)


@signed_in("GET", "POST", per_object=True)
def prepare(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """Say what is to be read or done before a session, by everybody or by one."""
    one = led_session_or_404(request, circle_id, session_id)
    seats = around_the_table(one.circle, on=timezone.localdate())
    form = PrepareForm(request.POST or None, request.FILES or None, seats=seats)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {"to": form.whom(), "words": data["words"], "uploads": data["attached"]}
        refused = actions.prepare(session=one, **given, by=request.user, at=timezone.now())
        for number, reason in refused.items():
            said = _("File %(number)d did not come along. %(why)s")
            messages.warning(request, said % {"number": number, "why": sentence(reason)})
        return redirect("circle:session", circle_id, session_id)
    page = frame_of(one.circle, request.user) | {"session": one, "form": form, "title": _("Something to prepare")}
    return render(request, "circle/sessions/file.html", page | {"button": _("Put it on the page")})


@signed_in("POST", per_object=True)
def remove_preparation(request: SignedInRequest, circle_id: UUID, preparation_id: UUID) -> HttpResponse:
    """It need not be prepared any more."""
    row = led_preparation_or_404(request, circle_id, preparation_id)
    session_id = row.session_id
    actions.remove_preparation(preparation=row, by=request.user, at=timezone.now())
    return redirect("circle:session", circle_id, session_id)


@signed_in("GET", per_object=True)
def minutes_file(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """The minutes as an accessible PDF."""
    one = session_or_404(request, circle_id, session_id)
    if not one.minutes:
        raise Http404
    answer = HttpResponse(minutes_pdf(one, at=timezone.now()), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="verslag.pdf"'
    return answer
