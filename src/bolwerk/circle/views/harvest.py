"""What a session brings: writing down, consent, promises, the three questions, the minutes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle import access
from bolwerk.circle.access.sessions import led_session_or_404, own_words_or_404, session_or_404
from bolwerk.circle.actions import CircleError
from bolwerk.circle.actions import harvest as steps
from bolwerk.circle.forms.sessions import AttendanceForm, MinutesForm, PromiseForm, SheetForm, WordsForm
from bolwerk.circle.queries import circles as people
from bolwerk.circle.queries import sessions as answers
from bolwerk.circle.queries.tabs import frame_of
from bolwerk.circle.rules.sessions import Consent, Kept

CONSENTS = {"goed": Consent.GIVEN, "niet": Consent.REFUSED}


@signed_in("GET", "POST", per_object=True)
def capture(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """Write down a lesson, a quote or a promise."""
    one = session_or_404(request, circle_id, session_id)
    today = timezone.localdate()
    me = access.own_participant(request.user, one.circle, on=today)
    around = people.around_the_table(one.circle, on=today)
    form = WordsForm(request.POST or None, people=around, initial={"kind": request.GET.get("wat"), "of": me})
    if request.method == "POST" and form.is_valid():
        try:
            steps.capture(session=one, words=form.words(), by=request.user, at=timezone.now())
        except CircleError as error:
            form.show(error)
        else:
            messages.success(request, _("It is written down."))
            return redirect("circle:session", circle_id, session_id)
    page = frame_of(one.circle, request.user) | {"session": one, "form": form}
    return render(request, "circle/sessions/capture.html", page)


@signed_in("GET", "POST", per_object=True)
def attendance(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """Write down who was there."""
    one, now = led_session_or_404(request, circle_id, session_id), timezone.now()
    everybody, there = answers.to_tick(one, on=timezone.localdate())
    roles = {"notes_by": one.notes_by_id, "time_by": one.time_by_id}
    form = AttendanceForm(request.POST or None, people=everybody, there=there, initial=roles)
    if request.method == "POST" and form.is_valid():
        try:
            steps.keep_attendance(session=one, present=form.present(), by=request.user, at=now)
        except CircleError as error:
            form.show(error)
        else:
            messages.success(request, _("It is written down who was there. Red items are for them."))
            return redirect("circle:session", circle_id, session_id)
    page = frame_of(one.circle, request.user) | {"session": one, "form": form}
    return render(request, "circle/sessions/attendance.html", page)


@signed_in("POST", per_object=True)
def consent(request: SignedInRequest, circle_id: UUID, harvest_id: UUID, answer: str) -> HttpResponse:
    """Let my own words go outside the circle, or not."""
    circle = access.circle_or_404(request, circle_id)
    me = access.own_participant(request.user, circle, on=timezone.localdate())
    quote = own_words_or_404(request, circle, harvest_id, me)
    if answer not in CONSENTS:
        raise Http404
    steps.answer_consent(quote=quote, consent=CONSENTS[answer], by=request.user, at=timezone.now())
    messages.success(request, _("Your answer is kept. You can change it at any time."))
    return redirect("circle:session", circle_id, quote.session_id)


@signed_in("GET", "POST", per_object=True)
def promise(request: SignedInRequest, circle_id: UUID, harvest_id: UUID) -> HttpResponse:
    """Tell what became of my promise."""
    circle = access.circle_or_404(request, circle_id)
    me = access.own_participant(request.user, circle, on=timezone.localdate())
    mine = own_words_or_404(request, circle, harvest_id, me)
    form = PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept, how = Kept(form.cleaned_data["kept"]), form.cleaned_data["how"]
        steps.tell_promise(promise=mine, kept=kept, how=how, by=request.user, at=timezone.now())
        messages.success(request, _("Thank you for telling."))
        return redirect("circle:session", circle_id, mine.session_id)
    page = frame_of(circle, request.user) | {"promise": mine, "form": form}
    return render(request, "circle/sessions/promise.html", page)


@signed_in("GET", "POST", per_object=True)
def rate(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """Answer the three questions, without a name; who leads sees what was answered."""
    one = session_or_404(request, circle_id, session_id)
    me = access.own_participant(request.user, one.circle, on=timezone.localdate())
    form = SheetForm(request.POST or None)
    if request.method == "POST" and me and form.is_valid():
        try:
            steps.rate_session(session=one, sheet=form.sheet(), participant=me)
        except CircleError as error:
            form.show(error)
        else:
            messages.success(request, _("Thank you. Nobody sees that these answers are yours."))
            return redirect("circle:session", circle_id, session_id)
    page = frame_of(one.circle, request.user)
    page |= {"session": one, "form": form, "me": me, "has_rated": answers.has_rated(one, me)}
    page |= {"rated": answers.rated(one) if page["leads"] or one.rating_closed_at else None}
    return render(request, "circle/sessions/rate.html", page)


@signed_in("POST", per_object=True)
def close_rating(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """Nobody answers any more: the figures are made, once."""
    one = led_session_or_404(request, circle_id, session_id)
    steps.close_rating(session=one, by=request.user, at=timezone.now())
    return redirect("circle:rate", circle_id, session_id)


@signed_in("GET", "POST", per_object=True)
def minutes(request: SignedInRequest, circle_id: UUID, session_id: UUID) -> HttpResponse:
    """Write the minutes, beginning with what was written down."""
    one = led_session_or_404(request, circle_id, session_id)
    form = MinutesForm(request.POST or None, initial={"text": one.minutes or answers.minutes_draft(one)})
    if request.method == "POST" and form.is_valid():
        steps.write_minutes(session=one, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
        messages.success(request, _("The minutes are kept. Everybody in the circle can read them."))
        return redirect("circle:session", circle_id, session_id)
    page = frame_of(one.circle, request.user) | {"session": one, "form": form}
    return render(request, "circle/sessions/minutes.html", page)
