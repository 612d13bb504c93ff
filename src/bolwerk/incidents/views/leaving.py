"""What leaves Bolwerk in an open format."""

from django.http import Http404, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.accounts.rules import Role
from bolwerk.accounts.signin.recent import ask_again
from bolwerk.incidents import access, actions, queries
from bolwerk.incidents.forms import ExportForm

COORDINATOR = frozenset({Role.AGGRESSION_COORDINATOR})


@signed_in("GET", "POST", roles=COORDINATOR)
def everything(request: SignedInRequest) -> HttpResponseBase:
    """Ask why, write that down for everybody who is in it, and give every report as JSON."""
    if answer := ask_again(request):
        return answer
    now = timezone.now()
    rows = access.handled_incidents(request.user, on=timezone.localdate())
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.record_whole_export(rows=rows, reason=form.cleaned_data["reason"], by=request.user, at=now)
        return _download(StreamingHttpResponse(queries.reports_file(rows, at=now), "application/json"), "meldingen")
    return render(request, "incidents/everything.html", {"form": form, "count": rows.count()})


@signed_in("GET", roles=access.FIGURE_ROLES)
def schema(_request: SignedInRequest, name: str) -> HttpResponseBase:
    """The JSON Schema of a file that leaves."""
    return _download(JsonResponse(queries.schema(name), json_dumps_params={"indent": 1}), f"{name}.schema")


@signed_in("GET", roles=access.FIGURE_ROLES)
def benchmark(request: SignedInRequest, year: int) -> HttpResponseBase:
    """The figures of a year of the whole municipality, for a benchmark between municipalities."""
    found = queries.figures_of(year)
    if found is None:
        raise Http404
    bundle = queries.benchmark_file(found)
    actions.record_figures_export(year=year, rows=len(bundle["reports"]), by=request.user, at=timezone.now())
    return _download(JsonResponse(bundle, json_dumps_params={"indent": 1}), f"cijfers-{year}")


def _download(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response
