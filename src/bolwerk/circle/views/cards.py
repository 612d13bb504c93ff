"""The library: searching, reading, comparing and printing cards, and who can be called about them."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle.access import CIRCLE_ROLES
from bolwerk.circle.access import cards as access
from bolwerk.circle.actions import cards as actions
from bolwerk.circle.forms.cards import CallForm
from bolwerk.circle.queries import adoptions, library
from bolwerk.circle.queries import card_bundles as bundles
from bolwerk.circle.queries import cards as answers
from bolwerk.circle.queries.outcomes import outcomes_of
from bolwerk.documents.queries import documents_of
from bolwerk.ui.lists import address_with, keep_search, searched_words

ROLES = access.LIBRARY_ROLES
GIVEN = ("theme", "group", "evidence", "cost", "hours", "size", "found", "page")


@signed_in("GET", "POST", roles=ROLES)
def cards(request: SignedInRequest) -> HttpResponse:
    """Search in the library. What is searched for stays in the session: it never stands in an address."""
    path = reverse("circle:cards")
    if request.method == "POST":
        words, given = request.POST.get("words", "").strip(), {name: request.POST.get(name, "") for name in GIVEN[:6]}
        key = uuid4().hex if words else ""
        if words:
            keep_search(request, key=key, words=words)
        return redirect(address_with(path, given, found=key))
    given = {name: request.GET.get(name, "") for name in GIVEN}
    words = searched_words(request, given["found"])
    shelf = library.library()
    page = {
        "results": library.search(shelf, words=words, given=given, path=path),
        "words": words,
        "without_words": address_with(path, given, found="", page=""),
        "used": adoptions.times_adopted(),
        "drafts": answers.drafts_of(request.user, on=timezone.localdate()),
        "most": library.MOST_COMPARED,
    }
    return render(request, "circle/cards/list.html", page)


@signed_in("GET", roles=ROLES, per_object=True)
def card(request: SignedInRequest, card_id: UUID) -> HttpResponse:
    """Read one card."""
    today = timezone.localdate()
    found = access.card_or_404(request, card_id)
    versions = answers.written_versions(found)
    row = answers.version_shown(versions, found)
    own, adopters = adoptions.adopters_of(found, request.user, on=today)
    page = {
        "card": found,
        "version": row,
        "versions": [one for one in versions if one.published_at],
        "shown": answers.Shown(row.card_content),
        "writes": access.may_write(found, request.user, on=today),
        "callers": answers.callers_of(found, request.user, on=today),
        "takes_part": answers.own_participations(request.user, on=today),
        "documents": documents_of(found.urn),
        "sends": access.may_send(found, request.user, on=today),
        "copy": bundles.copy_of(found) if found.origin == "bundle" else None,
        "exchanges": bool(CIRCLE_ROLES & request.roles),
        "reports": [] if found.origin == "bundle" else bundles.reports_on(found),
        "adopters": adopters,
        "outcomes": outcomes_of([found.pk]).get(found.pk),
        "own": own,
    }
    return render(request, "circle/cards/card.html", page)


@signed_in("GET", roles=ROLES, per_object=True)
def card_print(request: SignedInRequest, card_id: UUID) -> HttpResponse:
    """The same on paper."""
    found = access.card_or_404(request, card_id)
    row = answers.version_shown(answers.written_versions(found), found)
    page = {"card": found, "version": row, "shown": answers.Shown(row.card_content)}
    return render(request, "circle/cards/print.html", page)


@signed_in("GET", roles=ROLES, per_object=True)
def card_version(request: SignedInRequest, card_id: UUID, number: int) -> HttpResponse:
    """Read an earlier version: they stay for ever."""
    found = access.card_or_404(request, card_id)
    row = access.version_or_404(request, found, number)
    page = {"card": found, "version": row, "shown": answers.Shown(row.card_content), "earlier": True}
    return render(request, "circle/cards/card.html", page)


@signed_in("GET", roles=ROLES)
def compare(request: SignedInRequest) -> HttpResponse:
    """Two to four cards side by side; on a phone one below the other."""
    chosen = answers.compared(library.library(), request.GET.getlist("card")[:20])
    if not 2 <= len(chosen) <= library.MOST_COMPARED:
        messages.warning(request, _("Choose two to four cards to compare."))
        return redirect("circle:cards")
    told = outcomes_of([key for key, _shown in chosen])
    page = {"chosen": [(key, shown, told.get(key)) for key, shown in chosen]}
    return render(request, "circle/cards/compare.html", page)


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def call(request: SignedInRequest, card_id: UUID) -> HttpResponse:
    """Say that the others of a circle may call about a card."""
    found = access.card_or_404(request, card_id)
    parts = {str(one.pk): one for one in answers.own_participations(request.user, on=timezone.localdate())}
    if not parts:
        messages.warning(request, _("Only who takes part in a circle can be called: the circle sees it, nobody else."))
        return redirect("circle:card", found.pk)
    names = [(key, one.member.circle.name) for key, one in parts.items()]
    form = CallForm(request.POST or None, participations=names)
    if request.method == "POST" and form.is_valid():
        part, words = parts[form.cleaned_data["participation"]], form.cleaned_data["words"]
        actions.offer_to_be_called(card=found, participant=part, words=words, by=request.user, at=timezone.now())
        messages.success(request, _("Your circle can find you now. You can take it back at any time."))
        return redirect("circle:card", found.pk)
    title, button = _("Who can I call? Me"), _("Put me with this card")
    return render(request, "circle/cards/step.html", {"card": found, "form": form, "title": title, "button": button})


@signed_in("POST", roles=ROLES, per_object=True)
def no_calls(request: SignedInRequest, card_id: UUID) -> HttpResponse:
    """Take that back."""
    found = access.card_or_404(request, card_id)
    actions.stop_being_called(card=found, by=request.user, at=timezone.now())
    messages.success(request, _("Your name and number are gone from this card."))
    return redirect("circle:card", found.pk)
