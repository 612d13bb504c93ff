"""Reading in an older register: choose a file, say what is what, see what it brings, do it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.accounts.rules.sheets import SheetRefusedError
from bolwerk.accounts.signin.recent import ask_again
from bolwerk.incidents import access, actions, queries
from bolwerk.incidents.forms import CodesForm, ColumnsForm, RegisterFileForm
from bolwerk.incidents.rules import Field, Layout

SHOWN = 200  # rows and problems in the preview; the counts are of all


@signed_in("GET", "POST", roles=access.IMPORT_ROLES)
def choose(request: SignedInRequest) -> HttpResponse:
    """Choose a file. A file that cannot be read stays out at once, with the reason."""
    if answer := ask_again(request):
        return answer
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        content, register = form.cleaned_data["file"], form.cleaned_data["register"]
        try:
            queries.sheet_of(content)
        except SheetRefusedError as error:
            form.add_error("file", str(error))
        else:
            kept = actions.keep_register_file(content=content, register=register, by=request.user, at=timezone.now())
            return redirect("incidents:import_columns", kept.pk)
    return render(request, "incidents/importing/choose.html", {"form": form})


@signed_in("GET", "POST", roles=access.IMPORT_ROLES, per_object=True)
def columns(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    """Say which column is what."""
    if answer := ask_again(request):
        return answer
    file = access.register_file_or_404(request.user, file_id, at=timezone.now())
    sheet = queries.sheet_of(bytes(file.content))
    start = file.columns or {what.value: heading for what, heading in queries.proposed_columns(sheet).items()}
    form = ColumnsForm(request.POST or None, initial=start, headings=sheet.headings)
    if request.method == "POST" and form.is_valid():
        chosen = form.columns()
        try:
            queries.questions(sheet, Layout(chosen))
        except SheetRefusedError as error:
            form.add_error(Field.KIND.value, str(error))
        else:
            actions.say_columns(file=file, columns=chosen)
            return redirect("incidents:import_words", file.pk)
    page = {"form": form, "file": file, "first": sheet.lines[0].cells, "headings": sheet.headings}
    return render(request, "incidents/importing/columns.html", page)


@signed_in("GET", "POST", roles=access.IMPORT_ROLES, per_object=True)
def words(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    """Say what the words in the file mean here."""
    if answer := ask_again(request):
        return answer
    file = access.register_file_or_404(request.user, file_id, at=timezone.now())
    layout = queries.layout_of(file)
    if layout.missing():
        return redirect("incidents:import_columns", file.pk)
    asked = queries.questions(queries.sheet_of(bytes(file.content)), layout)
    form = CodesForm(request.POST or None, questions=asked)
    if request.method == "POST" and form.is_valid():
        actions.say_codes(file=file, codes=form.codes())
        return redirect("incidents:import_preview", file.pk)
    return render(request, "incidents/importing/words.html", {"form": form, "file": file})


@signed_in("GET", "POST", roles=access.IMPORT_ROLES, per_object=True)
def preview(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    """What the file would bring; with POST it does."""
    if answer := ask_again(request):
        return answer
    at = timezone.now()
    file = access.register_file_or_404(request.user, file_id, at=at)
    if queries.layout_of(file).missing():
        return redirect("incidents:import_columns", file.pk)
    if request.method == "POST":
        try:
            plan = actions.read_in(file=file, shown=request.POST.get("shown", ""), at=at)
        except actions.FileHasProblemsError:
            messages.error(request, _("There are still problems in the file. Nothing was read in."))
        except actions.OutcomeChangedError:
            messages.error(request, _("Something changed meanwhile. Nothing was read in: look at the new preview."))
        else:
            text = ngettext("%(n)s report was read in.", "%(n)s reports were read in.", len(plan.taken))
            messages.success(request, text % {"n": len(plan.taken)})
            return redirect("incidents:worklist")
    page = {"file": file, "plan": queries.plan_of(file, at=at), "shown": SHOWN}
    return render(request, "incidents/importing/preview.html", page)


@signed_in("POST", roles=access.IMPORT_ROLES, per_object=True)
def forget(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    """Throw the file away without reading it in."""
    file = access.register_file_or_404(request.user, file_id, at=timezone.now())
    actions.forget_register_file(file=file, at=timezone.now())
    messages.info(request, _("The file was thrown away. Nothing was read in."))
    return redirect("incidents:worklist")
