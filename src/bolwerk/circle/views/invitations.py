"""Personal links: how somebody comes in with one, and how whoever leads sends a new one when a passkey is lost."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, everybody, signed_in
from bolwerk.accounts.signin import first_way_in
from bolwerk.accounts.signin.oidc.homes import homes_of
from bolwerk.circle import access, actions
from bolwerk.circle.forms.circles import FirstPasswordForm
from bolwerk.circle.queries import circles as answers
from bolwerk.circle.queries.tabs import frame_of
from bolwerk.circle.rules.circles import digest
from bolwerk.circle.tasks import send_invitation

NOT_THERE = 404


@everybody("GET", "POST")
def invitation(request: HttpRequest, link: str) -> HttpResponse:
    """A personal link: who came here for the first time makes a passkey, chooses a password or signs in at home."""
    found = answers.invitation_at(digest(link), at=timezone.now())
    if found is None or found.person is None:
        return render(request, "circle/people/no_invitation.html", status=NOT_THERE)
    page: dict[str, object] = {"invited": found, "link": link, "to": answers.first_page(found)}
    if not answers.is_new(found.person):
        return render(request, "circle/people/invitation.html", page)
    try:
        answer = _taken_up(request, found.person, page)
    except actions.CircleError as error:
        messages.error(request, str(error.text))
        return render(request, "circle/people/invitation.html", page)
    if answer is not None:
        return answer
    page |= {"options": first_way_in.ask_for_passkey(request, found.person)}
    page |= {"homes": homes_of(str(found.member)), "is_new": True}
    return render(request, "circle/people/invitation.html", page)


def _taken_up(request: HttpRequest, person: answers.Guest, page: dict[str, object]) -> HttpResponse | None:
    """Come in by what was sent; None, with what to say about it in the page, when nothing was or it is not right."""
    by_passkey = "credential" in request.POST
    form = FirstPasswordForm(None if by_passkey else request.POST or None, person=person)
    passkey = first_way_in.FirstPasskeyForm(request.POST if by_passkey else None, user=person)
    page |= {"form": form, "trouble": by_passkey}
    to, now = str(page["to"]), timezone.now()
    if by_passkey and passkey.is_valid():
        credential = passkey.cleaned_data["credential"]
        kept = actions.begin_with_passkey(person=person, credential=credential, at=now)
        return first_way_in.come_in_with_passkey(request, kept, to=to)
    if not by_passkey and form.is_valid():
        began = actions.choose_first_password(person=person, password=form.cleaned_data["password"], at=now)
        return first_way_in.come_in_with_password(request, began, to=to)
    return None


@signed_in("GET", "POST", per_object=True)
def begin_anew(request: SignedInRequest, circle_id: UUID, participant_id: UUID) -> HttpResponse:
    """Somebody lost the passkey or the phone: what they signed in with goes, and a new personal link comes."""
    mine = access.led_circle_or_404(request, circle_id)
    participant = access.participant_or_404(request, mine, participant_id)
    mails = settings.MAIL_SERVER is not None
    may = participant.person is not None and answers.may_begin_anew(participant.person, by=request.user)
    page = frame_of(mine, request.user) | {"participant": participant, "mails": mails, "may": may}
    if request.method == "POST":
        try:
            link = actions.begin_anew(participant=participant, by=request.user, at=timezone.now())
        except actions.CircleError as error:
            messages.error(request, str(error.text))
        else:
            by_mail = mails and "by_hand" not in request.POST
            if by_mail:
                send_invitation.enqueue(participant=str(participant.pk))
            page["address"] = "" if by_mail else settings.BOLWERK_BASE_URL + reverse("circle:invitation", args=[link])
            page["done"] = True
    return render(request, "circle/people/begin_anew.html", page)
