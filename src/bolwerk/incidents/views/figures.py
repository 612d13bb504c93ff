"""The page of figures, and the same figures as a file. What is hidden there was hidden by the gate, once."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import actions, queries
from bolwerk.incidents.access import FIGURE_ROLES
from bolwerk.ui.exports import csv_download


@signed_in("GET", roles=FIGURE_ROLES)
def latest(request: SignedInRequest) -> HttpResponse:
    """Lead to the latest year with figures; without any, say when they come."""
    years = queries.years_with_figures()
    if years:
        return redirect("incidents:figures_of", years[0])
    return render(request, "incidents/figures_none.html")


@signed_in("GET", roles=FIGURE_ROLES)
def figures(request: SignedInRequest, year: int) -> HttpResponse:
    """Show what was published of a year: when, where, what, and how we count."""
    found = queries.figures_of(year)
    if found is None:
        raise Http404
    page = {"figures": found, "charts": queries.charts_of(found), "years": queries.years_with_figures()}
    return render(request, "incidents/figures.html", page)


@signed_in("GET", roles=FIGURE_ROLES)
def figures_file(request: SignedInRequest, year: int) -> HttpResponseBase:
    """Give every published cell of a year as a file."""
    found = queries.figures_of(year)
    if found is None:
        raise Http404
    rows = queries.file_rows(found)
    actions.record_figures_export(year=year, rows=len(rows), by=request.user, at=timezone.now())
    return csv_download(queries.FIGURES_FILE, rows)
