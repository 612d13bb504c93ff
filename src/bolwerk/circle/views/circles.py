"""Circles: the list, founding one, its page, changing it, and who leads it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle import access, actions
from bolwerk.circle.access.cases import writes_at_home
from bolwerk.circle.forms.circles import CircleForm, FacilitatorForm
from bolwerk.circle.queries import circles as answers
from bolwerk.circle.queries import sessions as meetings
from bolwerk.circle.queries.tabs import frame_of

CONFLICT = 409


@signed_in("GET", per_object=True)
def circles(request: SignedInRequest) -> HttpResponse:
    """My circles, and the invitations that wait for me."""
    today = timezone.localdate()
    page = {
        "circles": meetings.with_next(answers.my_circles(request.user, on=today)),
        "waiting": answers.waiting_for(request.user, on=today),
        "founds": bool(request.roles & access.LEADERS),
        "writes_at_home": writes_at_home(request),
        "today": today,
    }
    return render(request, "circle/circles/list.html", page)


@signed_in("GET", "POST", roles=access.LEADERS)
def found(request: SignedInRequest) -> HttpResponse:
    """Found a circle."""
    today = timezone.localdate()
    usual = {"house_rules": answers.default_house_rules(), "starts_on": today}
    form = CircleForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            circle = actions.found_circle(plan=form.plan(), by=request.user, at=timezone.now())
        except actions.CircleError as error:
            form.show(error)
        else:
            messages.success(request, _("Your circle is there. Invite the first municipality."))
            return redirect("circle:people", circle.pk)
    return render(request, "circle/circles/form.html", {"form": form})


@signed_in("GET", per_object=True)
def circle(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """The circle: why it is there, who leads it, what comes next."""
    mine = access.circle_or_404(request, circle_id)
    today = timezone.localdate()
    page = frame_of(mine, request.user) | {
        "leaders": answers.leaders_of(mine),
        "tables": answers.tables_of(mine, on=today),
        "participant": (me := access.own_participant(request.user, mine, on=today)),
        "next": meetings.next_session(mine),
        "asked_back": meetings.asked_back(mine, me),
    }
    return render(request, "circle/circles/circle.html", page)


@signed_in("GET", "POST", per_object=True)
def change(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """Change what the circle is for, its period or its house rules."""
    mine = access.led_circle_or_404(request, circle_id)
    now = answers.plan_of(mine)
    form = CircleForm(request.POST or None, initial={**vars(now), "seen": mine.version})
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            actions.change_circle(circle=mine, plan=form.plan(), seen=seen, by=request.user, at=timezone.now())
        except actions.CircleError as error:
            form.show(error)
        except actions.ChangedMeanwhileError:
            form.add_error(
                None, _("Somebody else changed this circle a moment ago. Open it again to see how it is now.")
            )
            status = CONFLICT
        else:
            messages.success(request, _("The circle is changed."))
            return redirect("circle:circle", mine.pk)
    return render(request, "circle/circles/form.html", frame_of(mine, request.user) | {"form": form}, status=status)


@signed_in("GET", "POST", per_object=True)
def close(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """End a circle."""
    mine = access.led_circle_or_404(request, circle_id)
    if request.method == "POST":
        actions.close_circle(circle=mine, by=request.user, at=timezone.now())
        messages.success(request, _("The circle is closed. Everybody in it can still read what it brought."))
        return redirect("circle:circle", mine.pk)
    return render(request, "circle/circles/close.html", frame_of(mine, request.user))


@signed_in("GET", "POST", per_object=True)
def leaders(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """Who leads this circle; let somebody lead along."""
    mine = access.led_circle_or_404(request, circle_id)
    form = FacilitatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.person:
        actions.add_facilitator(circle=mine, person=form.person, by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s leads along from now on.") % {"name": form.person})
        return redirect("circle:leaders", mine.pk)
    page = frame_of(mine, request.user) | {"form": form, "leaders": answers.leaders_of(mine)}
    return render(request, "circle/circles/leaders.html", page)


@signed_in("POST", per_object=True)
def stop_leading(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """I stop leading this circle."""
    mine = access.led_circle_or_404(request, circle_id)
    try:
        actions.stop_leading(circle=mine, by=request.user, at=timezone.now())
    except actions.CircleError as error:
        messages.error(request, str(error.text))
        return redirect("circle:leaders", mine.pk)
    messages.success(request, _("You do not lead this circle any more."))
    return redirect("circle:circles")
