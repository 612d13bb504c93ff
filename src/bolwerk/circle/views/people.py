"""Who takes part: municipalities join and leave, people are invited, accept the house rules, and leave."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle import access, actions
from bolwerk.circle.forms.circles import AcceptForm, InviteForm, LeaveForm, MemberForm, PlaceForm
from bolwerk.circle.queries import circles as answers
from bolwerk.circle.queries.tabs import frame_of
from bolwerk.circle.tasks import send_invitation


@signed_in("GET", "POST", per_object=True)
def people(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """Everybody in the circle, by municipality. Post, for who leads it: a municipality joins."""
    mine = access.circle_or_404(request, circle_id)
    today = timezone.localdate()
    page = frame_of(mine, request.user)
    form = MemberForm(request.POST or None, initial={"joined_on": max(today, mine.starts_on)})
    if request.method == "POST":
        access.led_circle_or_404(request, circle_id)
        if form.is_valid():
            data = form.cleaned_data
            given = {"name": data["name"], "on": data["joined_on"]}
            try:
                member = actions.add_member(circle=mine, **given, by=request.user, at=timezone.now())
            except actions.CircleError as error:
                form.show(error)
            else:
                return redirect("circle:invite", mine.pk, member.pk)
    page |= {"form": form, "tables": answers.tables_of(mine, on=today)}
    return render(request, "circle/people/people.html", page)


@signed_in("GET", "POST", per_object=True)
def end_member(request: SignedInRequest, circle_id: UUID, member_id: UUID) -> HttpResponse:
    """A municipality leaves from a day on."""
    mine = access.led_circle_or_404(request, circle_id)
    member = access.member_or_404(request, mine, member_id)
    form = LeaveForm(request.POST or None, initial={"left_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["left_on"]
        try:
            actions.end_member(member=member, on=day, by=request.user, at=timezone.now())
        except actions.CircleError as error:
            form.show(error)
        else:
            return redirect("circle:people", mine.pk)
    page = frame_of(mine, request.user) | {"form": form, "member": member}
    return render(request, "circle/people/end_member.html", page)


@signed_in("GET", "POST", per_object=True)
def place(request: SignedInRequest, circle_id: UUID, member_id: UUID) -> HttpResponse:
    """Say where a municipality stands on the map of who uses what."""
    mine = access.led_circle_or_404(request, circle_id)
    member = access.member_or_404(request, mine, member_id)
    there = member.municipality
    start = f"{there.latitude}, {there.longitude}" if there.latitude is not None else ""
    form = PlaceForm(request.POST or None, initial={"place": start})
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data["place"]
        actions.place_municipality(member=member, place=found, by=request.user, at=timezone.now())
        return redirect("circle:people", mine.pk)
    page = frame_of(mine, request.user) | {"form": form, "member": member}
    return render(request, "circle/people/place.html", page)


@signed_in("GET", "POST", per_object=True)
def invite(request: SignedInRequest, circle_id: UUID, member_id: UUID) -> HttpResponse:
    """Invite somebody for a municipality. The personal link goes by mail, or is shown once to hand over."""
    mine = access.led_circle_or_404(request, circle_id)
    member = access.member_or_404(request, mine, member_id)
    form = InviteForm(request.POST or None)
    mails = settings.MAIL_SERVER is not None
    page = frame_of(mine, request.user) | {"form": form, "member": member, "mails": mails}
    if request.method == "POST" and form.is_valid():
        invited = actions.Invited(**form.cleaned_data)
        try:
            row, link = actions.invite(member=member, invited=invited, by=request.user, at=timezone.now())
        except actions.CircleError as error:
            form.show(error)
        else:
            unseen = row.person is not None and answers.is_elsewhere(row.person, by=request.user)
            by_mail = unseen or (mails and "by_hand" not in request.POST)
            if by_mail and row.person and answers.is_new(row.person):
                send_invitation.enqueue(participant=str(row.pk))
            address = "" if by_mail else settings.BOLWERK_BASE_URL + reverse("circle:invitation", args=[link])
            return render(request, "circle/people/invited.html", page | {"invited": row, "address": address})
    return render(request, "circle/people/invite.html", page)


@signed_in("GET", "POST", per_object=True)
def take_out(request: SignedInRequest, circle_id: UUID, participant_id: UUID) -> HttpResponse:
    """Take back an invitation, or end somebody's part in the circle."""
    mine = access.led_circle_or_404(request, circle_id)
    participant = access.participant_or_404(request, mine, participant_id)
    if request.method == "POST":
        actions.end_participation(participant=participant, by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s is not in the circle any more.") % {"name": participant.name})
        return redirect("circle:people", mine.pk)
    page = frame_of(mine, request.user) | {"participant": participant}
    return render(request, "circle/people/take_out.html", page)


@signed_in("GET", "POST", per_object=True)
def rules(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """Read the house rules, and accept them: from then on I am in."""
    participant = access.own_invitation_or_404(request, circle_id)
    circle = participant.member.circle
    form = AcceptForm(request.POST or None, initial={"version": circle.rules_version})
    if request.method == "POST" and form.is_valid():
        given = {"version": form.cleaned_data["version"], "by": request.user, "at": timezone.now()}
        try:
            actions.accept_rules(participant=participant, **given)
        except actions.CircleError as error:
            messages.error(request, str(error.text))
            return redirect("circle:rules", circle.pk)
        messages.success(request, _("Welcome to the circle."))
        return redirect("circle:circle", circle.pk)
    accepted = participant.accepted_version == circle.rules_version
    page = {"form": form, "circle": circle, "participant": participant, "accepted": accepted}
    return render(request, "circle/people/rules.html", page)


@signed_in("GET", "POST", per_object=True)
def leave(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """I leave the circle, or do not take up the invitation."""
    participant = access.own_invitation_or_404(request, circle_id)
    if request.method == "POST":
        actions.end_participation(participant=participant, by=request.user, at=timezone.now())
        messages.success(
            request, _("You left the circle. What you brought stays, under the name of your municipality.")
        )
        return redirect("circle:circles")
    page = {"circle": participant.member.circle, "participant": participant}
    return render(request, "circle/people/leave.html", page)
