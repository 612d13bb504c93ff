"""Which cases exist for somebody. A draft exists for its author alone, whoever leads the circle."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.models import Installation, Person
from bolwerk.circle.access.cards import LIBRARY_ROLES, home_of
from bolwerk.circle.access.circles import circle_or_404, circles_led_by, own_participant, taking_part_on
from bolwerk.circle.models import (
    Attended,
    Case,
    CaseDraft,
    Circle,
    Facilitator,
    Intervision,
    Member,
    OwnWord,
    Participant,
    Present,
)
from bolwerk.circle.rules.cases import CaseState
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.intervision import OVER


def cases_for(person: Person, circle: Circle, *, on: date) -> QuerySet[Case]:
    """The cases of a circle for somebody who is in it. Red ones only for who was there when it was worked on.

    As long as a red case was not worked on and its session is not over, everybody in the circle can still be there.
    Who was there is known from its run; of a case without a run from the list of its session, and as long as there is
    none from who was in the circle then.
    """
    over = OuterRef("session__ended_at")
    took_part = taking_part_on(on).filter(member__circle=OuterRef("circle"), person=person, accepted_at__lte=over)
    on_list = Attended.objects.filter(session=OuterRef("session"), participant__person=person)
    led = Facilitator.objects.filter(circle=OuterRef("circle"), person=person, left_at=None, since__lte=over)
    runs = Intervision.objects.filter(case=OuterRef("pk"), state__in=OVER).exclude(began_at=None)
    present = Present.objects.filter(intervision__case=OuterRef("pk"), person=person)
    to_come = ~Q(state=CaseState.DONE) & (Q(session=None) | Q(session__ended_at=None))
    there = Q(Exists(on_list)) | (Q(session__attended_at=None) & Q(Exists(took_part)))
    at_its_session = ~Q(Exists(runs)) & (there | Q(Exists(led)))
    was_there = Q(author__person=person) | Q(Exists(present)) | at_its_session
    rows = Case.objects.filter(~Q(level=Level.RED) | to_come | was_there, circle=circle)
    return rows.select_related("circle", "member__municipality", "author__person", "session")


def case_or_404(request: SignedInRequest, circle_id: UUID, case_id: UUID) -> Case:
    """A case of a circle that this person is in, or 404."""
    circle = circle_or_404(request, circle_id)
    found = cases_for(request.user, circle, on=timezone.localdate()).filter(pk=case_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:case:{case_id}")


def own_case_or_404(request: SignedInRequest, circle_id: UUID, case_id: UUID) -> Case:
    """A case that this very person brought and can still bring for that municipality, or 404."""
    circle = circle_or_404(request, circle_id)
    me = own_participant(request.user, circle, on=timezone.localdate())
    mine = Case.objects.filter(circle=circle, author__person=request.user, member=me.member if me else None)
    found = mine.select_related("circle", "member__municipality", "author", "session").filter(pk=case_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:case:{case_id}")


def is_own(case: Case, person: Person) -> bool:
    """Whether this very person brought a case that is on the page already."""
    return case.author is not None and case.author.person_id == person.pk


def case_to_plan_or_404(request: SignedInRequest, circle_id: UUID, case_id: UUID) -> Case:
    """A case that somebody brought, or of a circle that they lead, or 404."""
    found = case_or_404(request, circle_id, case_id)
    leads = circles_led_by(request.user).filter(pk=circle_id).exists()
    return found if leads or is_own(found, request.user) else deny(request, subject=found.urn)


def own_seat_or_404(request: SignedInRequest, circle_id: UUID) -> Participant:
    """As whom this person takes part in a circle, or 404: who only leads it brings no cases."""
    circle = circle_or_404(request, circle_id)
    me = own_participant(request.user, circle, on=timezone.localdate())
    if me is None:
        deny(request, subject=circle.urn)
    me.member.circle = circle
    return me


@dataclass(frozen=True)
class Desk:
    """Where somebody writes a case: for a circle here (`me`), or at home for a circle elsewhere (ADR 34)."""

    person: Person
    me: Participant | None = None

    @property
    def circle(self) -> Circle | None:
        """The circle it is for, when it is here."""
        return self.me.member.circle if self.me else None

    @property
    def member(self) -> Member | None:
        """For which municipality of that circle; None at home."""
        return self.me.member if self.me else None


def writes_at_home(request: SignedInRequest) -> bool:
    """Whether this installation is somebody's home: not a host, and not of another municipality than theirs.

    What a guest would write "at home" here would lie at somebody else's.
    """
    if settings.HOST_MODE or not request.roles & LIBRARY_ROLES:
        return False
    home = home_of(request.user, on=timezone.localdate())
    here = Installation.objects.values_list("name", flat=True).first() or ""
    return home in ("", here.removeprefix("Gemeente "))


def desk_or_404(request: SignedInRequest, circle_id: UUID | None) -> Desk:
    """Where somebody writes, or 404. At home: whoever has something to do with circles and is at home here."""
    if circle_id is not None:
        return Desk(request.user, own_seat_or_404(request, circle_id))
    if not writes_at_home(request):
        deny(request)
    return Desk(request.user)


def drafts_at(desk: Desk) -> QuerySet[CaseDraft]:
    """What somebody is writing there."""
    mine = {"author": desk.me} if desk.me else {"at_home": desk.person}
    return CaseDraft.objects.filter(**mine).select_related("circle", "author__member__municipality", "case")


def draft_or_404(request: SignedInRequest, circle_id: UUID | None, draft_id: UUID) -> tuple[Desk, CaseDraft]:
    """A draft of this very person, or 404. Nobody else ever opens it."""
    desk = desk_or_404(request, circle_id)
    found = drafts_at(desk).filter(pk=draft_id).first()
    return desk, found or deny(request, subject=f"urn:bolwerk:circle:case_draft:{draft_id}")


def own_word_or_404(request: SignedInRequest, circle_id: UUID | None, word_id: UUID) -> OwnWord:
    """A word of the list of the own municipality, or 404."""
    desk = desk_or_404(request, circle_id)
    found = OwnWord.objects.filter(member=desk.member, pk=word_id).select_related("member__circle").first()
    return found or deny(request, subject=f"urn:bolwerk:circle:own_word:{word_id}")
