"""Which cases exist for somebody. A draft exists for its author alone, whoever leads the circle."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.models import Person
from bolwerk.circle.access.circles import circle_or_404, circles_led_by, own_participant, taking_part_on
from bolwerk.circle.models import Case, CaseDraft, Circle, Facilitator, OwnWord, Participant
from bolwerk.circle.rules.circles import Level


def cases_for(person: Person, circle: Circle, *, on: date) -> QuerySet[Case]:
    """The cases of a circle for somebody who is in it. Red ones only for who was there when it was worked on.

    As long as the session of a red case is not over, everybody in the circle can still be there.
    """
    over = OuterRef("session__ended_at")
    took_part = taking_part_on(on).filter(member__circle=OuterRef("circle"), person=person, accepted_at__lte=over)
    led = Facilitator.objects.filter(circle=OuterRef("circle"), person=person, left_at=None, since__lte=over)
    open_to_all = ~Q(level=Level.RED) | Q(session=None) | Q(session__ended_at=None)
    rows = Case.objects.filter(open_to_all | Q(Exists(took_part)) | Q(Exists(led)), circle=circle)
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


def drafts_of(me: Participant) -> QuerySet[CaseDraft]:
    """What somebody is writing in a circle."""
    return CaseDraft.objects.filter(author=me).select_related("circle", "author__member__municipality", "case")


def draft_or_404(request: SignedInRequest, circle_id: UUID, draft_id: UUID) -> CaseDraft:
    """A draft of this very person, or 404. Nobody else ever opens it."""
    me = own_seat_or_404(request, circle_id)
    found = drafts_of(me).filter(pk=draft_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:case_draft:{draft_id}")


def own_word_or_404(request: SignedInRequest, circle_id: UUID, word_id: UUID) -> OwnWord:
    """A word of the own municipality's list, or 404."""
    me = own_seat_or_404(request, circle_id)
    found = OwnWord.objects.filter(member=me.member, pk=word_id).select_related("member__circle").first()
    return found or deny(request, subject=f"urn:bolwerk:circle:own_word:{word_id}")
