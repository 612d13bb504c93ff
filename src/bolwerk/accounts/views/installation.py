"""The look of the municipality, and the page to change it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts import actions, queries
from bolwerk.accounts.access import SignedInRequest, everybody, signed_in
from bolwerk.accounts.forms.begin import ChangeInstallationForm
from bolwerk.accounts.rules import Role

A_YEAR = "public, max-age=31536000, immutable"  # the address changes with the content


@everybody("GET")
def logo(_request: HttpRequest) -> HttpResponse:
    """The logo of the municipality."""
    found = queries.logo()
    if found is None:
        raise Http404
    data, media_type = found
    return HttpResponse(data, content_type=media_type, headers={"Cache-Control": A_YEAR})


@everybody("GET")
def look(_request: HttpRequest) -> HttpResponse:
    """The token file of the municipality."""
    identity = queries.installation()
    file = queries.look_file(identity.look) if identity else None
    if file is None:
        raise Http404
    return HttpResponse(file.read_bytes(), content_type="text/css; charset=utf-8", headers={"Cache-Control": A_YEAR})


@signed_in("GET", "POST", roles=frozenset({Role.FUNCTIONAL_ADMINISTRATOR}))
def change(request: SignedInRequest) -> HttpResponse:
    """Change name, logo and look."""
    identity = queries.installation()
    initial = {"name": identity.name, "look": identity.look} if identity else {}
    form = ChangeInstallationForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        actions.change_installation(
            name=data["name"],
            look=data["look"],
            logo=data["logo"],
            keep_logo=not data["logo"] and not data["remove_logo"],
            by=request.user.urn,
            at=timezone.now(),
        )
        messages.success(request, _("The name and look of the municipality were changed."))
        return redirect("installation_change")
    return render(request, "accounts/installation.html", {"form": form, "identity": identity})
