"""The lines of the trail: a list with filters, one line in full, and a file."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.accounts.signin.recent import ask_again
from bolwerk.audit.actions.reading import note_export, note_opening, note_reading
from bolwerk.audit.queries.chain import state_of_chain
from bolwerk.audit.queries.lines import count_up_to, every_line, line_with, part_of, same_trace
from bolwerk.audit.queries.words import tell
from bolwerk.overview.trail import queries
from bolwerk.overview.trail.access import READERS
from bolwerk.overview.trail.forms import FilterForm, ReasonForm
from bolwerk.ui.exports import EXPORT_LIMIT, csv_download
from bolwerk.ui.lists import address_with

LONGEST_NUMBER = 18  # digits of a line number that a database can hold


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


@signed_in("GET", "POST", roles=READERS)
def lines(request: SignedInRequest) -> HttpResponse:
    """List the lines, newest first. The filter is sent as a form, because a name must not stand in an address."""
    form = FilterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(address_with(request.path, queries.query_of(form.cleaned_data)))
    asked = queries.asked(request.GET.dict(), path=request.path)
    place = {name: _number(request.GET.get(name, "")) for name in ("before", "after")}
    part = part_of(asked.wanted, **place)
    note_reading(
        by=request.user.urn, shown=len(part.lines), filters=asked.filters, about=asked.about, at=timezone.now()
    )
    page = {
        "asked": asked,
        "form": form if form.is_bound else FilterForm(initial=queries.initial_of(asked)),
        "lines": tell(part.lines),
        "newer": address_with(request.path, asked.query, after=part.lines[0].sequence) if part.newer else "",
        "older": address_with(request.path, asked.query, before=part.lines[-1].sequence) if part.older else "",
        "shortcuts": queries.shortcuts(asked, path=request.path),
        "state": state_of_chain(),
        "tabs": queries.tabs(request.roles),
    }
    return render(request, "overview/trail/lines.html", page)


@signed_in("GET", roles=READERS)
def line(request: SignedInRequest, sequence: int) -> HttpResponse:
    """One line with all that it holds, and what happened in the same request."""
    found = line_with(sequence) if sequence < 10**LONGEST_NUMBER else None
    if found is None:
        raise Http404
    note_opening(line=sequence, by=request.user.urn, at=timezone.now())
    told, *together = tell([found, *same_trace(found)])
    page = {"told": told, "together": together, "facts": queries.facts_of(told), "links": queries.links_of(told)}
    return render(request, "overview/trail/line.html", page)


@signed_in("GET", "POST", roles=READERS)
def export(request: SignedInRequest) -> HttpResponseBase:
    """Ask why, write that down, and give the lines as filtered in the address."""
    if answer := ask_again(request):
        return answer
    asked = queries.asked(request.GET.dict(), path=reverse("trail:lines"))
    rows = count_up_to(asked.wanted, most=EXPORT_LIMIT)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        noted = note_export(
            by=request.user.urn,
            rows=rows,
            reason=form.cleaned_data["reason"],
            filters=asked.filters,
            about=asked.about,
            at=timezone.now(),
        )
        wanted = every_line(asked.wanted, most=EXPORT_LIMIT, before=noted)
        return csv_download(queries.SPEC_OF_FILE, queries.tell_all(wanted))
    page = {"asked": asked, "rows": rows, "limit": rows == EXPORT_LIMIT, "form": form}
    return render(request, "overview/trail/export.html", page)
