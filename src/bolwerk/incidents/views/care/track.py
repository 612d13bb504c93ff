"""The care track: the list of whoever looks after it, and that of one incident."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, queries
from bolwerk.incidents.actions import care as steps
from bolwerk.incidents.queries import care as answers
from bolwerk.ui.lists import list_page


@signed_in("GET", roles=access.CARE_ROLES)
def care_list(request: SignedInRequest) -> HttpResponse:
    """List the care that this person looks after, most urgent first."""
    now = timezone.now()
    page = list_page(answers.care_spec(at=now), request, answers.care_rows(request.user, on=timezone.localdate()))
    used = [one.filter.name for one in page.choices if one.chosen]
    shown = [row.thing for row in page.rows]
    steps.record_care_list(shown=shown, filters=",".join(used), by=request.user, at=now)
    return render(request, "incidents/care/list.html", {"page": page})


@signed_in("GET", roles=access.CARE_ROLES, per_object=True)
def care(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Show everybody who is concerned, with each moment: what is due, and what was agreed."""
    now, today = timezone.now(), timezone.localdate()
    found = access.care_or_404(request, incident_id)
    hats = access.care_hats_of(request.user, found, on=today)
    people = answers.care_of(found, hats=hats, at=now)
    concerned = [shown.concerned.person for shown in people]
    steps.record_care_reading(incident=found, people=concerned, by=request.user, at=now)
    page = {
        "incident": found,
        "tabs": queries.tabs_of(found, hats=hats),
        "people": people,
        "inspectorate": answers.inspectorate_case(found),
        "line": answers.inspectorate_line(),
        "readers": answers.readers_of_care(found, on=today),
    }
    return render(request, "incidents/care/track.html", page)
