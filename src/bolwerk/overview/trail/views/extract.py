"""An extract about a person, for whoever answers people who ask what was done with their data."""

from datetime import timedelta

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.accounts.signin.recent import ask_again
from bolwerk.audit.actions.reading import note_extract
from bolwerk.overview.trail import queries
from bolwerk.overview.trail.access import EXTRACTORS
from bolwerk.overview.trail.forms import ExtractForm
from bolwerk.processing.queries import urn_of
from bolwerk.ui.exports import csv_download

A_YEAR = timedelta(days=365)


@signed_in("GET", "POST", roles=EXTRACTORS)
def extract(request: SignedInRequest) -> HttpResponseBase:
    """Ask about whom and why, write that down, and show the extract: as a page to print, or as a file.

    It is the answer to the form and has no address of its own: about whom it is stands nowhere but in the log.
    """
    if answer := ask_again(request):
        return answer
    now, today = timezone.now(), timezone.localdate()
    form = ExtractForm(request.POST or None, initial={"since": today - A_YEAR, "until": today})
    tabs = queries.tabs(request.roles)
    if request.method != "POST" or not form.is_valid():
        return render(request, "overview/trail/extract_form.html", {"form": form, "tabs": tabs})
    wish = form.wish()
    rows = queries.extract_of(wish)
    note_extract(
        person=wish.about.person.urn if wish.about.person else urn_of(wish.about.identity),
        by=request.user.urn,
        rows=len(rows),
        reason=form.cleaned_data["reason"],
        with_names=wish.with_names,
        at=now,
    )
    if request.POST.get("as") == "csv":
        return csv_download(queries.SPEC_OF_EXTRACT, rows)
    page = {"wish": wish, "rows": rows, "form": form, "now": now, "cut": len(rows) == queries.MOST}
    page["activities"] = queries.activities_in(rows)
    return render(request, "overview/trail/extract.html", page)
