"""Letters: look at it as it will be, change it, keep it, or take it along to adapt it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.documents import access, actions, queries
from bolwerk.documents.cleaning.formats import WORD
from bolwerk.documents.forms import LetterForm, ReportForm
from bolwerk.documents.rules import Kind
from bolwerk.documents.rules.handing_out import SANDBOX
from bolwerk.documents.rules.refusals import sentence

CONFLICT = 409


@signed_in("GET", per_object=True)
def letter(request: SignedInRequest, letter_id: UUID) -> HttpResponse:
    """Show a letter as it will be, page by page, with what one can do."""
    found = access.letter_to_write(request, letter_id)
    actions.record_letter_reading(letter=found, by=request.user, at=timezone.now())
    page = {
        "letter": found,
        "pages": range(1, len(queries.pages_of(found)) + 1),
        "shown": queries.digest_of(queries.pdf_of(found)),
        "unprintable": queries.unprintable_in(found),
        "back": access.subject_address(found.subject, request.user, on=timezone.localdate()),
    }
    return render(request, "documents/letter.html", page)


@signed_in("GET", per_object=True)
def page(request: SignedInRequest, letter_id: UUID, number: int) -> HttpResponse:
    """A picture of one page of a letter that is being written."""
    found = access.letter_to_write(request, letter_id)
    pages = queries.pages_of(found)
    if not 1 <= number <= len(pages):
        raise Http404
    headers = {"Content-Type": "image/png", "Content-Disposition": "inline", "Content-Security-Policy": SANDBOX}
    return HttpResponse(pages[number - 1], headers=headers)


@signed_in("GET", "POST", per_object=True)
def write(request: SignedInRequest, letter_id: UUID) -> HttpResponse:
    """Change a letter."""
    found = access.letter_to_write(request, letter_id)
    form_class = LetterForm if found.kind == Kind.LETTER else ReportForm
    form = form_class(request.POST or None, initial={**found.values, "seen": found.version})
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.write_letter(letter=found, values=form.values(), by=request.user, at=timezone.now(), seen=seen)
        except actions.LetterChangedError:
            form.add_error(None, _("A colleague changed this letter meanwhile. What you typed is still here."))
            form.data = {**request.POST.dict(), "seen": found.version}
            return render(request, "documents/write.html", {"letter": found, "form": form}, status=CONFLICT)
        return redirect("documents:letter", found.pk)
    return render(request, "documents/write.html", {"letter": found, "form": form})


@signed_in("POST", per_object=True)
def keep(request: SignedInRequest, letter_id: UUID) -> HttpResponse:
    """Keep exactly the PDF that was shown."""
    found = access.letter_to_write(request, letter_id)
    try:
        actions.keep_letter(letter=found, shown=request.POST.get("shown", ""), by=request.user, at=timezone.now())
    except actions.LetterChangedError:
        messages.error(request, _("The letter was changed meanwhile. Nothing was kept: look at it again."))
        return redirect("documents:letter", found.pk)
    except actions.FileRefusedError as refusal:
        messages.error(request, sentence(refusal.reason))
        return redirect("documents:letter", found.pk)
    messages.success(request, _("It is kept, exactly as you saw it."))
    return redirect(access.subject_address(found.subject, request.user, on=timezone.localdate()))


@signed_in("POST", per_object=True)
def drop(request: SignedInRequest, letter_id: UUID) -> HttpResponse:
    """Throw a letter away that was not kept."""
    found = access.letter_to_write(request, letter_id)
    actions.drop_letter(letter=found, by=request.user, at=timezone.now())
    messages.success(request, _("What you were writing was thrown away."))
    return redirect(access.subject_address(found.subject, request.user, on=timezone.localdate()))


@signed_in("POST", per_object=True)
def editable(request: SignedInRequest, letter_id: UUID) -> HttpResponse:
    """Take a letter along as a Word file. Reports stay as they are."""
    found = access.letter_to_write(request, letter_id)
    if found.kind != Kind.LETTER:
        raise Http404
    content = actions.take_along(letter=found, by=request.user, at=timezone.now())
    headers = {
        "Content-Type": WORD,
        "Content-Disposition": f'attachment; filename="{found.template}.docx"',
        "Content-Security-Policy": SANDBOX,
    }
    return HttpResponse(content, headers=headers)
