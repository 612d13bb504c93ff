"""The product's addresses, and the bare signed-in page that the benchmark compares with."""

from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import include, path

from bolwerk.accounts.access import SignedInRequest, signed_in

BARE = Engine().from_string("<!doctype html><html lang='nl'><title>Bare</title><h1>{{ person.name }}</h1></html>")


@signed_in("GET")
def bare(request: SignedInRequest) -> HttpResponse:
    """Somebody is signed in, a template is rendered: the least that any page does."""
    return HttpResponse(BARE.render(Context({"person": request.user})))


urlpatterns = [path("bare/", bare), path("", include("bolwerk.config.urls"))]
