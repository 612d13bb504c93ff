"""Writing a card: begin, draft, translate, files, publish, withdraw."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle.access import cards as access
from bolwerk.circle.actions import cards as actions
from bolwerk.circle.forms.cards import CardForm, MaterialsForm, TextForm, start_of
from bolwerk.circle.queries import cards as answers
from bolwerk.circle.queries import library
from bolwerk.circle.rules.cards import CardError, read_text
from bolwerk.documents.queries import documents_of
from bolwerk.documents.rules.refusals import sentence

ROLES = access.LIBRARY_ROLES
CONFLICT = 409


@signed_in("GET", "POST", roles=ROLES)
def new_card(request: SignedInRequest) -> HttpResponse:
    """Begin a card."""
    form = CardForm(request.POST or None, themes=library.theme_choices())
    page = {"form": form, "title": _("Write a card"), "button": _("Keep as a draft")}
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin_card(content=form.content(start=None), by=request.user, at=timezone.now())
        except CardError as error:
            form.show(error)
        else:
            return redirect("circle:card_draft", made.pk)
    return render(request, "circle/cards/step.html", page)


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def card_draft(request: SignedInRequest, card_id: UUID) -> HttpResponse:
    """What is being written: read it through, and publish it."""
    found = access.card_to_write_or_404(request, card_id)
    draft = answers.draft_of(found)
    if draft is None:
        return redirect("circle:card", found.pk)
    if request.method == "POST":
        try:
            actions.publish_card(card=found, by=request.user, at=timezone.now())
        except CardError as error:
            messages.error(request, str(error.text))
        else:
            messages.success(request, _("Your card is in the library. Thank you: others can begin with it now."))
            return redirect("circle:card", found.pk)
    page = {"card": found, "version": draft, "shown": answers.Shown(draft.card_content), "draft": True}
    return render(request, "circle/cards/card.html", page | {"documents": documents_of(found.urn), "writes": True})


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def write_card(request: SignedInRequest, card_id: UUID) -> HttpResponse:
    """Write in a card; a published one gets a new version."""
    found = access.card_to_write_or_404(request, card_id)
    draft = answers.draft_of(found)
    start = (draft or answers.version_shown(answers.written_versions(found), found)).card_content
    seen = draft.version if draft else 0
    initial = start_of(start, start.language) | {"seen": seen}
    form = CardForm(request.POST or None, initial=initial, themes=library.theme_choices())
    page = {"card": found, "title": _("Write in this card"), "button": _("Keep as a draft")}
    return _written(request, found, form, page, lambda: form.content(start=start))


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def translate_card(request: SignedInRequest, card_id: UUID) -> HttpResponse:
    """Give the words of a card in its other language."""
    found = access.card_to_write_or_404(request, card_id)
    draft = answers.draft_of(found)
    start = (draft or answers.version_shown(answers.written_versions(found), found)).card_content
    other = "en" if start.language == "nl" else "nl"
    initial = start_of(start, other) | {"seen": draft.version if draft else 0}
    form = TextForm(request.POST or None, initial=initial)
    title = _("This card in English") if other == "en" else _("This card in Dutch")
    page = {"card": found, "title": title, "button": _("Keep as a draft")}
    return _written(
        request, found, form, page, lambda: replace(start, texts={**start.texts, other: read_text(form.text())})
    )


def _written(
    request: SignedInRequest, card: object, form: TextForm, page: dict[str, object], content: Callable[[], object]
) -> HttpResponse:
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            now = timezone.now()
            actions.write_card(card=card, content=content(), by=request.user, at=now, seen=seen)  # type: ignore[arg-type]  # see below
        except CardError as error:
            form.show(error)
        except actions.CardChangedError:
            draft = answers.draft_of(card)  # type: ignore[arg-type]  # a card: views do not import models
            form.show_conflict(version=draft.version if draft else 0)
            status = CONFLICT
        else:
            return redirect("circle:card_draft", card.pk)  # type: ignore[attr-defined]  # a card has one
    return render(request, "circle/cards/step.html", page | {"form": form}, status=status)


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def card_files(request: SignedInRequest, card_id: UUID) -> HttpResponse:
    """Add files to a card; one that is too large is refused before it fills anything."""
    found = access.card_to_write_or_404(request, card_id)
    form = MaterialsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = form.cleaned_data["materials"]
        refused = actions.add_materials(card=found, uploads=files, by=request.user, at=timezone.now())
        for number, reason in refused.items():
            said = _("File %(number)d did not come along. %(why)s")
            messages.warning(request, said % {"number": number, "why": sentence(reason)})
        return redirect("circle:card_files" if refused else "circle:card", found.pk)
    page = {
        "card": found,
        "form": form,
        "title": _("Add files"),
        "button": _("Add files"),
        "documents": documents_of(found.urn),
    }
    return render(request, "circle/cards/step.html", page)


@signed_in("GET", "POST", roles=ROLES, per_object=True)
def withdraw_card(request: SignedInRequest, card_id: UUID) -> HttpResponse:
    """Take a card out of the library."""
    found = access.card_to_write_or_404(request, card_id)
    if request.method == "POST":
        actions.withdraw_card(card=found, by=request.user, at=timezone.now())
        messages.success(request, _("The card is out of the library. Who took it over keeps the copy."))
        return redirect("circle:cards")
    shown = answers.Shown(answers.version_shown(answers.written_versions(found), found).card_content)
    return render(request, "circle/cards/withdraw.html", {"card": found, "shown": shown})
