"""The municipality's own places: a list with a map, and one place to add, change or no longer offer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents.access import SETTING_ROLES
from bolwerk.incidents.actions import ChangedMeanwhileError
from bolwerk.incidents.actions import response as steps
from bolwerk.incidents.forms.places import PlaceForm
from bolwerk.incidents.queries import response as answers
from bolwerk.incidents.rules.places import corners_in_words

CONFLICT = 409
PAGE = "incidents/response/place.html"


@signed_in("GET", roles=SETTING_ROLES)
def places(request: SignedInRequest) -> HttpResponse:
    """List every place, with a map of those that can be chosen."""
    known = answers.places()
    page = {
        "own": answers.own_places(),
        "from_file": answers.places_in_file().areas.values(),
        "known": known.areas.values(),
        "drawing": answers.drawing_of_known(known),
    }
    return render(request, "incidents/response/places.html", page)


@signed_in("GET", "POST", roles=SETTING_ROLES)
def new_place(request: SignedInRequest) -> HttpResponse:
    """Add a place."""
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = steps.add_place(told=form.told(), by=request.user, at=timezone.now())
        messages.success(request, _("%(place)s can be chosen from now on.") % {"place": made.name})
        return redirect("incidents:places")
    return render(request, PAGE, {"form": form, "title": _("Add a place")})


@signed_in("GET", "POST", roles=SETTING_ROLES)
def place(request: SignedInRequest, place_id: UUID) -> HttpResponse:
    """Change a place, no longer offer it, or offer it again."""
    found = answers.place_numbered(place_id)
    if found is None:
        raise Http404
    start = {
        "seen": found.version,
        "name": found.name,
        "address": found.address,
        "points": corners_in_words(found.points),
        "radius": found.radius,
    }
    form = PlaceForm(request.POST or None, initial=start)
    page = {"form": form, "place": found, "title": found.name, "drawing": answers.drawing_of_place(found)}
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, page)
    by, now, seen = request.user, timezone.now(), form.cleaned_data["seen"] or 0
    try:
        if "offer" in request.POST:
            steps.offer_place(place=found, offered=request.POST["offer"] == "yes", by=by, at=now, seen=seen)
        else:
            steps.change_place(place=found, told=form.told(), by=by, at=now, seen=seen)
    except ChangedMeanwhileError:
        form.show_conflict(version=found.version)
        return render(request, PAGE, page, status=CONFLICT)
    messages.success(request, _("Saved. Measures that were proposed before keep the place as it was."))
    return redirect("incidents:places")
