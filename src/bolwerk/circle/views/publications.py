"""The yield of a circle as a document."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle import access
from bolwerk.circle.access import publications as reach
from bolwerk.circle.actions import publications as actions
from bolwerk.circle.forms.publications import ChooseForm, EditionForm, ItemForm
from bolwerk.circle.queries import choosing
from bolwerk.circle.queries import publications as queries
from bolwerk.circle.queries.library import library
from bolwerk.circle.queries.tabs import frame_of
from bolwerk.circle.rules.publications import NotToPublishError

FIND_LIMIT = 100


@signed_in("GET", "POST", per_object=True)
def publication(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """The editions of a circle; whoever leads it begins the next."""
    if request.method == "POST":
        circle = access.led_circle_or_404(request, circle_id)
        edition = actions.begin_edition(circle=circle, title=circle.name, by=request.user, at=timezone.now())
        return redirect("circle:edition", circle.pk, edition.pk)
    circle = access.circle_or_404(request, circle_id)
    frame = frame_of(circle, request.user)
    rows = queries.all_editions(reach.editions_of(circle, leads=frame["leads"]))
    return render(request, "circle/publication/list.html", frame | {"editions": rows})


@signed_in("GET", "POST", per_object=True)
def edition(request: SignedInRequest, circle_id: UUID, edition_id: UUID) -> HttpResponse:
    """An edition: what is in it; while it is being made also its words."""
    row = reach.edition_or_404(request, circle_id, edition_id)
    page = frame_of(row.circle, request.user) | {"edition": row, "chapters": queries.chapters(row)}
    if row.published_at or not page["leads"]:
        return render(request, "circle/publication/edition.html", page)
    form = EditionForm(request.POST or None, initial={name: getattr(row, name) for name in EditionForm.Meta.fields})
    if request.method == "POST" and form.is_valid():
        actions.word_edition(edition=row, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("circle:edition", circle_id, edition_id)
    page |= {"form": form, "refusal": queries.refusal_of(row)}
    return render(request, "circle/publication/make.html", page)


@signed_in("GET", "POST", per_object=True)
def choose_items(request: SignedInRequest, circle_id: UUID, edition_id: UUID) -> HttpResponse:
    """Choose lessons, quotes and cards instead of typing them. What is searched for stands in no address."""
    row = reach.open_edition_or_404(request, circle_id, edition_id)
    find = str(request.POST.get("find", "")).strip()[:FIND_LIMIT]
    groups = choosing.choices(row, library(), find=find)
    form = ChooseForm(request.POST or None)
    ticked = choosing.chosen(groups, request.POST.getlist("source"))
    if request.POST.get("how") == "put" and form.is_valid() and ticked:
        try:
            words = [form.words(one) for one in ticked]
            actions.put_in_all(edition=row, words=words, by=request.user, at=timezone.now())
        except NotToPublishError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, ngettext("%(n)d is in.", "%(n)d are in.", len(ticked)) % {"n": len(ticked)})
            return redirect("circle:edition", circle_id, edition_id)
    elif request.POST.get("how") == "put" and not ticked:
        messages.warning(request, _("Tick what you want to put in."))
    page = frame_of(row.circle, request.user) | {"form": form, "edition": row, "groups": groups, "find": find}
    page["ticked"] = {one.source for one in ticked}
    return render(request, "circle/publication/choose.html", page)


@signed_in("GET", "POST", per_object=True)
def add_item(request: SignedInRequest, circle_id: UUID, edition_id: UUID) -> HttpResponse:
    """Write something for an edition."""
    row = reach.open_edition_or_404(request, circle_id, edition_id)
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.put_in(edition=row, words=form.words(), by=request.user, at=timezone.now())
        messages.success(request, _("It is in."))
        return redirect("circle:edition", circle_id, edition_id)
    page = frame_of(row.circle, request.user) | {"form": form, "edition": row}
    return render(request, "circle/publication/item.html", page)


@signed_in("GET", "POST", per_object=True)
def change_item(request: SignedInRequest, circle_id: UUID, edition_id: UUID, entry_id: UUID) -> HttpResponse:
    """Change something, move it up, or take it out."""
    item, now = reach.item_or_404(request, circle_id, edition_id, entry_id), timezone.now()
    form = ItemForm(request.POST or None, initial={name: getattr(item, name) for name in ItemForm.Meta.fields})
    if request.method == "POST":
        how = request.POST.get("how")
        if how == "up":
            actions.move_up(item=item, by=request.user, at=now)
            return redirect("circle:edition", circle_id, edition_id)
        if how == "out":
            actions.take_out_item(item=item, by=request.user, at=now)
            messages.success(request, _("It is out of this edition."))
            return redirect("circle:edition", circle_id, edition_id)
        if form.is_valid():
            actions.change_item(item=item, words=form.words(source=item.source), by=request.user, at=now)
            messages.success(request, _("Saved."))
            return redirect("circle:edition", circle_id, edition_id)
    page = frame_of(item.edition.circle, request.user) | {"form": form, "edition": item.edition, "item": item}
    return render(request, "circle/publication/item.html", page)


@signed_in("POST", per_object=True)
def bring_out(request: SignedInRequest, circle_id: UUID, edition_id: UUID) -> HttpResponse:
    """Let it go out."""
    row = reach.open_edition_or_404(request, circle_id, edition_id)
    try:
        actions.bring_out(edition=row, by=request.user, at=timezone.now())
        messages.success(request, _("The edition is out. Send the PDF on, or put the website on your own site."))
    except NotToPublishError as error:
        messages.error(request, str(error))
    return redirect("circle:edition", circle_id, edition_id)


@signed_in("GET", per_object=True)
def edition_pdf(request: SignedInRequest, circle_id: UUID, edition_id: UUID) -> HttpResponse:
    """The edition as an accessible PDF."""
    row = reach.edition_or_404(request, circle_id, edition_id)
    return _file(queries.edition_pdf(row, at=timezone.now()), "application/pdf", f"uitgave-{row.number}.pdf")


@signed_in("GET", per_object=True)
def edition_site(request: SignedInRequest, circle_id: UUID, edition_id: UUID) -> HttpResponse:
    """The edition as a small website."""
    row = reach.edition_or_404(request, circle_id, edition_id)
    return _file(queries.edition_site(row, at=timezone.now()), "application/zip", f"uitgave-{row.number}.zip")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
