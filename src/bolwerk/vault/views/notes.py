"""Sealed notes: the list, writing one, reading it, who reads along, and taking it away."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.vault import access, actions, queries
from bolwerk.vault.forms import NoteForm, ReaderForm
from bolwerk.vault.rules.ring import CannotOpenError
from bolwerk.vault.views.proving import ask_for_phrase, open_vault_of

PAGE_SIZE = 25


@signed_in("GET")
def notes(request: SignedInRequest) -> HttpResponse:
    """The notes sealed to me; with their subjects while my vault is open."""
    if not queries.has_vault(request.user):
        return redirect("vault:mine")
    page = Paginator(access.notes_for(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    vault = open_vault_of(request)
    rows = list(page.object_list)
    subjects = actions.read_subjects(notes=rows, vault=vault, at=timezone.now()) if vault and rows else {}
    names = queries.reader_names(rows)
    shown = [{"note": note, "subject": subjects.get(note, ""), "readers": names[note.pk]} for note in rows]
    return render(request, "vault/notes.html", {"page": page, "rows": shown, "is_open": vault is not None})


@signed_in("GET", "POST")
def write_note(request: SignedInRequest) -> HttpResponse:
    """Write a note and seal it; my vault need not be open for that."""
    if not queries.has_vault(request.user):
        return redirect("vault:mine")
    form = NoteForm(request.POST or None, author=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.seal_note(author=request.user, readers=form.readers(), words=form.words(), at=timezone.now())
        except actions.NoVaultError as without:
            names = ", ".join(person.name for person in without.people)
            form.add_error(None, _("%(names)s can no longer receive this.") % {"names": names})
        else:
            messages.success(request, _("The note is sealed. Only its readers can open it."))
            return redirect("vault:notes")
    return render(request, "vault/write_note.html", {"form": form, "people": _people(request)})


def _people(request: SignedInRequest) -> list[object]:
    return list(queries.people_with_a_vault(besides=request.user))


@signed_in("GET", per_object=True)
def note(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    """Read a note. My vault must be open; reading is a line in the trail."""
    found = access.note_to_read(request, note_id)
    vault = open_vault_of(request)
    if vault is None:
        return ask_for_phrase(request)
    try:
        words = actions.read_note(note=found, vault=vault, at=timezone.now())
    except CannotOpenError:
        return render(request, "vault/damaged.html", {"note": found}, status=500)
    page = {"note": found, "words": words, "readers": queries.readers_of(found.envelope)}
    return render(request, "vault/note.html", page)


@signed_in("GET", "POST", per_object=True)
def readers(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    """Who reads my note, and letting a colleague read along."""
    found = access.note_to_manage(request, note_id)
    form = ReaderForm(request.POST or None, author=request.user)
    if request.method == "POST" and form.is_valid():
        vault = open_vault_of(request)
        if vault is None:
            return ask_for_phrase(request)
        reader = form.cleaned_data["reader"]
        try:
            actions.let_read(note=found, reader=reader, vault=vault, at=timezone.now())
        except actions.NoVaultError:  # since the form was checked
            form.add_error("reader", _("%(names)s can no longer receive this.") % {"names": reader.name})
        else:
            messages.success(request, _("%(name)s can read this note from now on.") % {"name": reader.name})
            return redirect("vault:readers", found.pk)
    page = {"note": found, "form": form, "readers": queries.readers_of(found.envelope), "people": _people(request)}
    return render(request, "vault/readers.html", page)


@signed_in("GET", "POST", per_object=True)
def revoke(request: SignedInRequest, note_id: UUID, person_id: UUID) -> HttpResponse:
    """Take a reader away from my note: asks first, and says what that does and what it cannot do."""
    found = access.note_to_manage(request, note_id)
    reader = access.other_reader(request, found, person_id)
    if request.method != "POST":
        return render(request, "vault/revoke.html", {"note": found, "reader": reader})
    vault = open_vault_of(request)
    if vault is None:
        return ask_for_phrase(request)
    try:
        actions.revoke_reader(envelope=found.envelope, reader=reader, vault=vault, at=timezone.now())
    except actions.NotAReaderError:  # another window
        messages.info(request, _("%(name)s does not read this note any more.") % {"name": reader.name})
    else:
        messages.success(request, _("%(name)s can no longer open this note.") % {"name": reader.name})
    return redirect("vault:readers", found.pk)


@signed_in("GET", "POST", per_object=True)
def destroy(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    """Take a note away, for everybody and for good."""
    found = access.note_to_manage(request, note_id)
    if request.method != "POST":
        return render(request, "vault/destroy.html", {"note": found, "readers": queries.readers_of(found.envelope)})
    actions.destroy_note(note=found, by=request.user, at=timezone.now())
    messages.success(request, _("The note is destroyed."))
    return redirect("vault:notes")
