"""How many full-time equivalents departments have: what rates are counted over."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from bolwerk.accounts import actions, queries
from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.accounts.forms.staffing import StaffingFileForm, StaffingForm, in_words, name_of
from bolwerk.accounts.rules import Role

COUNTERS = frozenset({Role.FUNCTIONAL_ADMINISTRATOR, Role.AGGRESSION_COORDINATOR})
FIRST_YEAR = 2000


@signed_in("GET", roles=COUNTERS)
def this_year(_request: SignedInRequest) -> HttpResponse:
    """Lead to the numbers of this year."""
    return redirect("staffing_of", timezone.localdate().year)


@signed_in("GET", "POST", roles=COUNTERS)
def staffing(request: SignedInRequest, year: int) -> HttpResponse:
    """Enter the numbers of a year; a file fills the form, and nothing is kept until it is saved."""
    today = timezone.localdate()
    if not FIRST_YEAR <= year <= today.year + 1:
        raise Http404
    rows = queries.staffing_of(year)
    start = {name_of(row.branch.department.code): in_words(row.own.fte if row.own else None) for row in rows}
    reads = request.method == "POST" and "read" in request.POST
    file = StaffingFileForm(
        request.POST if reads else None, request.FILES or None, codes=[row.branch.department.code for row in rows]
    )
    if reads and file.is_valid():
        start |= {name_of(code): in_words(fte) for code, fte in file.cleaned_data["file"].numbers.items()}
    saves = request.method == "POST" and not reads
    form = StaffingForm(request.POST if saves else None, initial=start | {"counted_on": today}, rows=rows)
    if saves and form.is_valid():
        changed = actions.set_staffing(
            year=year, numbers=form.numbers(), origin=form.origin(), by=request.user, at=timezone.now()
        )
        text = ngettext("Saved: %(n)d department changed.", "Saved: %(n)d departments changed.", changed)
        messages.success(request, text % {"n": changed})
        return redirect("staffing_of", year)
    page = {"form": form, "file": file, "year": year, "filled": reads and file.is_valid()}
    return render(request, "accounts/staffing.html", page | {"whole": queries.strengths_of(year)[""]})
