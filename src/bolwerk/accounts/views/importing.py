"""Reading people and departments in from a file: choose, see what would happen, do it."""

import csv
import io
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts import actions, queries
from bolwerk.accounts.access import SignedInRequest, people_file_or_404, signed_in
from bolwerk.accounts.forms.importing import FileForm
from bolwerk.accounts.rules import FileKind, Role
from bolwerk.accounts.rules.people_file import HEADINGS
from bolwerk.accounts.rules.sheets import SheetRefusedError
from bolwerk.accounts.signin.recent import ask_again

ADMINISTRATORS = frozenset({Role.FUNCTIONAL_ADMINISTRATOR})
SHOWN = 200  # rows of each sort in the preview; the counts are of all


@signed_in("GET", "POST", roles=ADMINISTRATORS)
def choose(request: SignedInRequest, kind: FileKind) -> HttpResponse:
    """Choose a file. A file that cannot be read stays out at once, with the reason."""
    if answer := ask_again(request):
        return answer
    form = FileForm(request.POST or None, request.FILES or None, kind=kind)
    if form.is_valid():
        at, today = timezone.now(), timezone.localdate()
        leavers_go = form.cleaned_data.get("leavers_go", False)
        try:
            queries.plan_of(form.cleaned_data["file"], kind=kind, leavers_go=leavers_go, actor=request.user, on=today)
        except SheetRefusedError as error:
            form.add_error("file", str(error))
        else:
            kept = actions.keep_file(
                content=form.cleaned_data["file"], kind=kind, leavers_go=leavers_go, by=request.user, at=at
            )
            return redirect("people_file", kept.pk)
    return render(request, "accounts/import_choose.html", {"form": form, "kind": kind, "headings": HEADINGS[kind]})


@signed_in("GET", "POST", roles=ADMINISTRATORS, per_object=True)
def preview(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    """What the file would change; with POST it does."""
    if answer := ask_again(request):
        return answer
    file = people_file_or_404(request.user, file_id)
    kind = FileKind(file.kind)
    if request.method == "POST":
        try:
            plan = actions.use_file(file=file, shown=request.POST.get("shown", "-"), at=timezone.now())
        except actions.FileHasProblemsError:
            messages.error(request, _("There are still problems in the file. Nothing was changed."))
        except actions.OutcomeChangedError:
            messages.error(
                request, _("Somebody changed things meanwhile. Nothing was changed: look at the new preview.")
            )
        else:
            messages.success(request, _("The file was read in: %(total)d changes.") % {"total": plan.total})
            return redirect("departments" if kind is FileKind.DEPARTMENTS else "people")
    plan = queries.plan_of(
        bytes(file.content), kind=kind, leavers_go=file.leavers_go, actor=request.user, on=timezone.localdate()
    )
    groups = [
        (_("New"), "added", plan.added),
        (_("Changed"), "changed", plan.changed),
        (_("Back again"), "returned", plan.returned),
        (_("Leaving: no sign-in and no roles any more"), "left", plan.left),
    ]
    context = {"file": file, "kind": kind, "plan": plan, "groups": groups, "shown": SHOWN}
    return render(request, "accounts/import_preview.html", context)


@signed_in("POST", roles=ADMINISTRATORS, per_object=True)
def forget(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    """Throw the file away without using it."""
    file = people_file_or_404(request.user, file_id)
    actions.forget_file(file=file, at=timezone.now())
    messages.info(request, _("The file was thrown away. Nothing was changed."))
    return redirect("departments" if file.kind == FileKind.DEPARTMENTS else "people")


@signed_in("GET", roles=ADMINISTRATORS)
def example(_request: SignedInRequest, kind: FileKind) -> HttpResponse:
    """An empty file with the right headings."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerow([heading for heading, _field in HEADINGS[kind]])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    name = "afdelingen" if kind is FileKind.DEPARTMENTS else "mensen"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-voorbeeld.csv"'
    return response
