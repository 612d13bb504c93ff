"""The intervision methods of a circle: the list, and one of them to read, print or start with."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle import access
from bolwerk.circle.queries import methods as answers
from bolwerk.circle.queries.tabs import frame_of


@signed_in("GET", per_object=True)
def methods(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """Every method, with what it is good for."""
    circle = access.circle_or_404(request, circle_id)
    page = frame_of(circle, request.user) | {"methods": answers.methods()}
    return render(request, "circle/methods/list.html", page)


@signed_in("GET", per_object=True)
def method(request: SignedInRequest, circle_id: UUID, method_code: str) -> HttpResponse:
    """One method, phase by phase."""
    return _method(request, circle_id, method_code, "circle/methods/method.html")


@signed_in("GET", per_object=True)
def method_print(request: SignedInRequest, circle_id: UUID, method_code: str) -> HttpResponse:
    """One method on paper, for beside the screen."""
    return _method(request, circle_id, method_code, "circle/methods/print.html")


def _method(request: SignedInRequest, circle_id: UUID, method_code: str, template: str) -> HttpResponse:
    circle = access.circle_or_404(request, circle_id)
    found = answers.method_of(method_code)
    if found is None:
        raise Http404
    return render(request, template, frame_of(circle, request.user) | {"method": found})
