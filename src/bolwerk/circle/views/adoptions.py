"""Taking cards over and telling what came of it; who uses what; what is looked for."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle.access import CIRCLE_ROLES
from bolwerk.circle.access import adoptions as access
from bolwerk.circle.access import cards as card_access
from bolwerk.circle.actions import adoptions as actions
from bolwerk.circle.forms.adoptions import AdoptionForm, MoveForm, PlanForm, ResultForm, WishForm
from bolwerk.circle.queries import adoptions as answers
from bolwerk.circle.queries import cards as card_answers
from bolwerk.circle.queries import library
from bolwerk.circle.rules.adoptions import AdoptionError, Move, State, Step, moves_from

ROLES = card_access.LIBRARY_ROLES
CONFLICT = 409
FIND_LIMIT = 200
SLUGS = {"begonnen": Move.START, "gestopt": Move.STOP, "opnieuw": Move.AGAIN}
MOVES = {move: slug for slug, move in SLUGS.items()}


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def take_over(request: SignedInRequest, card_id: UUID) -> HttpResponse:
    """Take a card over, with where it came from."""
    card = card_access.card_or_404(request, card_id)
    version = card_answers.version_shown(card_answers.written_versions(card), card)
    form = PlanForm(request.POST or None, initial={"shared": True})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.take_over(card=card, version=version, plan=form.plan(), by=request.user, at=timezone.now())
        except AdoptionError as error:
            form.show(error)
        else:
            messages.success(request, _("It is on your list. Everything of the card came along."))
            return redirect("circle:adoption", made.pk)
    page = {"card": card, "form": form, "title": _("We take this over"), "button": _("We take this over")}
    return render(request, "circle/cards/step.html", page | {"shown": card_answers.Shown(version.card_content)})


@signed_in("GET", roles=ROLES)
def adoptions(request: SignedInRequest) -> HttpResponse:
    """What the own municipality took over."""
    today = timezone.localdate()
    rows = [(row, answers.title_of(row)) for row in answers.own_list(request.user, on=today)]
    page = {"rows": rows, "home": card_access.home_of(request.user, on=today)}
    return render(request, "circle/adoptions/own.html", page)


@signed_in("GET", roles=ROLES, per_object=True)
def adoption(request: SignedInRequest, adoption_id: UUID) -> HttpResponse:
    """One of them: where it stands, what to do, and the card as it was taken over."""
    found = access.adoption_or_404(request, adoption_id)
    page = {
        "adoption": found,
        "shown": card_answers.Shown(found.card_content),
        "facts": answers.facts_of(found),
        "moves": [(MOVES[move], move.label) for move in moves_from(State(found.state))],
        "tone": answers.TONES[State(found.state)],
        "newer": found.card.current > found.number,
        "told": found.state != State.PLANNED,
        "maker": answers.maker_of(found) if CIRCLE_ROLES & request.roles else "",
    }
    return render(request, "circle/adoptions/adoption.html", page)


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def adoption_plan(request: SignedInRequest, adoption_id: UUID) -> HttpResponse:
    """Change how it is taken over."""
    found = access.adoption_or_404(request, adoption_id)
    start = {"planned_on": found.planned_on, "adapted": found.adapted, "shared": found.shared, "seen": found.version}
    form = PlanForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.change_plan(adoption=found, plan=form.plan(), by=request.user, at=timezone.now(), seen=seen)
        except actions.AdoptionChangedError:
            return _step(request, found, form, title=_("How we do it"), conflict=True)
        return redirect("circle:adoption", found.pk)
    return _step(request, found, form, title=_("How we do it"))


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def adoption_move(request: SignedInRequest, adoption_id: UUID, move: str) -> HttpResponse:
    """Start it, stop it or begin again."""
    found = access.adoption_or_404(request, adoption_id)
    if move not in SLUGS:
        raise Http404
    chosen, title = SLUGS[move], str(SLUGS[move].label)
    today = timezone.localdate()
    form = MoveForm(request.POST or None, initial={"seen": found.version}, move=chosen, today=today)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        step = Step(chosen, data["day"], data.get("why", ""))
        try:
            actions.move_adoption(adoption=found, step=step, by=request.user, at=timezone.now(), seen=data["seen"])
        except AdoptionError as error:
            form.show(error)
        except actions.AdoptionChangedError:
            return _step(request, found, form, title=title, conflict=True)
        else:
            return redirect("circle:adoption", found.pk)
    return _step(request, found, form, title=title)


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def adoption_result(request: SignedInRequest, adoption_id: UUID) -> HttpResponse:
    """Say what came of it."""
    found = access.adoption_or_404(request, adoption_id)
    start = {"seen": found.version, "outcome": found.outcome, "known_by": found.known_by, "words": found.result}
    form, title = ResultForm(request.POST or None, initial=start), _("What came of it?")
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.tell_result(adoption=found, result=form.result(), by=request.user, at=timezone.now(), seen=seen)
        except AdoptionError as error:
            form.show(error)
        except actions.AdoptionChangedError:
            return _step(request, found, form, title=title, conflict=True)
        else:
            messages.success(request, _("Thank you. Others can learn from it, if you show it."))
            return redirect("circle:adoption", found.pk)
    return _step(request, found, form, title=title)


def _step(
    request: SignedInRequest, adoption: object, form: AdoptionForm, *, title: str, conflict: bool = False
) -> HttpResponse:
    if conflict:
        form.show_conflict(version=adoption.version)  # type: ignore[attr-defined]  # an Adoption: views import no models
    page = {"adoption": adoption, "form": form, "title": title, "button": _("Save")}
    return render(request, "circle/adoptions/step.html", page, status=CONFLICT if conflict else 200)


@signed_in("GET", roles=ROLES)
def who_uses_what(request: SignedInRequest) -> HttpResponse:
    """Municipalities by cards, as far as they show it."""
    return render(request, "circle/adoptions/who.html", {"map": answers.who_uses_what(library.library())})


@signed_in("GET", "POST", roles=ROLES)
def wishes(request: SignedInRequest) -> HttpResponse:
    """What is looked for and not there yet; add to it."""
    form = WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.wish_for(words=data["words"], why=data["why"], by=request.user, at=timezone.now())
        messages.success(request, _("It is on the list. Others can join you now."))
        return redirect("circle:wishes")
    page = {
        "wishes": answers.wishes(request.user)[:50],
        "fulfilled": answers.fulfilled_wishes(request.user),
        "form": form,
    }
    return render(request, "circle/adoptions/wishes.html", page)


@signed_in("POST", roles=ROLES, per_object=True)
def second_wish(request: SignedInRequest, wish_id: UUID) -> HttpResponse:
    """Look for the same."""
    actions.second_wish(wish=access.open_wish_or_404(request, wish_id), by=request.user, at=timezone.now())
    return redirect("circle:wishes")


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def fulfil_wish(request: SignedInRequest, wish_id: UUID) -> HttpResponse:
    """Say which card is the answer. What is searched for stands in no address."""
    wish = access.open_wish_or_404(request, wish_id)
    find = str(request.POST.get("find", wish.words)).strip()[:FIND_LIMIT]
    found = answers.cards_for(find, library.library())
    chosen = next((key for key, _title, _problem in found if str(key) == request.POST.get("card")), None)
    if request.method == "POST" and request.POST.get("how") == "answer":
        if chosen:
            card = card_access.card_or_404(request, chosen)
            if actions.fulfil_wish(wish=wish, card=card, by=request.user, at=timezone.now()):
                messages.success(request, _("Thank you. Everybody who looked for it gets a mail that there is news."))
            return redirect("circle:wishes")
        messages.warning(request, _("Choose the card that is the answer."))
    page = {"wish": wish, "find": find, "found": found}
    return render(request, "circle/adoptions/fulfil.html", page)


@signed_in("POST", roles=ROLES, per_object=True)
def reopen_wish(request: SignedInRequest, wish_id: UUID) -> HttpResponse:
    """That card was not the answer."""
    wish = access.own_answered_wish_or_404(request, wish_id)
    actions.reopen_wish(wish=wish, by=request.user, at=timezone.now())
    messages.success(request, _("It is looked for again."))
    return redirect("circle:wishes")
