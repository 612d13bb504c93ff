"""The figures of a team, for who leads it and for who looks over all teams."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents.queries import years_with_figures
from bolwerk.overview.safety import access, actions, queries
from bolwerk.ui.content import content_language


@signed_in("GET", roles=access.SEERS)
def teams(request: SignedInRequest) -> HttpResponse:
    """Choose a team; whoever has one only goes there at once."""
    found = queries.tree_of(access.teams_for(request.user, on=timezone.localdate()))
    if len(found) == 1:
        return redirect("safety:team", found[0].department.pk)
    return render(request, "overview/safety/teams.html", {"teams": found})


@signed_in("GET", roles=access.SEERS, per_object=True)
def latest(request: SignedInRequest, department_id: UUID) -> HttpResponse:
    """Lead to the latest year with figures; without any, say when they come."""
    department = access.team_or_404(request, department_id)
    years = years_with_figures()
    if years:
        return redirect("safety:team_of", department.pk, years[0])
    return render(request, "overview/safety/team_none.html", {"department": department})


@signed_in("GET", roles=access.SEERS, per_object=True)
def team(request: SignedInRequest, department_id: UUID, year: int) -> HttpResponse:
    """Show what is published of a team in a year, with rates and what stands beside them."""
    department = access.team_or_404(request, department_id)
    found = queries.team_figures(department, year=year)
    if found is None:
        raise Http404
    page = {"team": found, "charts": queries.charts_of_team(found), "years": years_with_figures()}
    page |= {"sentences": queries.sentences_of(found), "timed": queries.timed_rows(found.parts.get(queries.CLOCK))}
    return render(request, "overview/safety/team.html", page)


@signed_in("GET", roles=access.SEERS, per_object=True)
def half_year(request: SignedInRequest, department_id: UUID, year: int) -> HttpResponse:
    """Give the half-yearly report of a team as a PDF, in the language of the page."""
    department = access.team_or_404(request, department_id)
    found = queries.team_figures(department, year=year)
    if found is None:
        raise Http404
    now, language = timezone.now(), content_language()
    actions.record_half_year(department=department.urn, year=year, by=request.user, at=now)
    pdf = queries.half_year_pdf(found, language=language, at=now)
    name = f"halfjaarbericht-{department.code}-{year}.pdf"
    return HttpResponse(pdf, "application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})
