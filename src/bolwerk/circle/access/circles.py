"""Which circles exist for somebody: those they lead, and those whose house rules they accepted."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.circle.models import Circle, Facilitator, Member, Participant

LEADERS = frozenset({Role.CIRCLE_FACILITATOR})
CIRCLE_ROLES = LEADERS | {Role.CIRCLE_MEMBER}


def circles_led_by(person: Person) -> QuerySet[Circle]:
    """The circles that this person leads now."""
    leading = Facilitator.objects.filter(circle=OuterRef("pk"), person=person, left_at=None)
    return Circle.objects.filter(Exists(leading))


def circles_of(person: Person, *, on: date) -> QuerySet[Circle]:
    """The circles that this person leads or takes part in on a day, house rules accepted as they are now."""
    leading = Facilitator.objects.filter(circle=OuterRef("pk"), person=person, left_at=None)
    taking_part = taking_part_on(on).filter(
        member__circle=OuterRef("pk"), person=person, accepted_version=F("member__circle__rules_version")
    )
    return Circle.objects.filter(Q(Exists(leading)) | Q(Exists(taking_part)))


def taking_part_on(on: date) -> QuerySet[Participant]:
    """Everybody who was not taken out, of municipalities that are members on that day."""
    still = Q(member__left_on=None) | Q(member__left_on__gt=on)
    return Participant.objects.filter(still, left_at=None, member__joined_on__lte=on)


def circle_or_404(request: SignedInRequest, circle_id: UUID) -> Circle:
    """A circle that this person is in, or 404."""
    found = circles_of(request.user, on=timezone.localdate()).filter(pk=circle_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:circle:{circle_id}")


def led_circle_or_404(request: SignedInRequest, circle_id: UUID) -> Circle:
    """A circle that this person leads, or 404."""
    found = circles_led_by(request.user).filter(pk=circle_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:circle:{circle_id}")


def own_participant(person: Person, circle: Circle, *, on: date) -> Participant | None:
    """As whom this person takes part in a circle, if so; for whoever leads it only, None."""
    return (
        taking_part_on(on).filter(member__circle=circle, person=person).select_related("member__municipality").first()
    )


def member_or_404(request: SignedInRequest, circle: Circle, member_id: UUID) -> Member:
    """A municipality of this circle, or 404."""
    found = Member.objects.filter(circle=circle, pk=member_id).select_related("circle", "municipality").first()
    return found or deny(request, subject=f"urn:bolwerk:circle:member:{member_id}")


def participant_or_404(request: SignedInRequest, circle: Circle, participant_id: UUID) -> Participant:
    """Somebody who takes part in this circle or was invited to it, or 404."""
    rows = Participant.objects.filter(member__circle=circle, left_at=None).select_related("member__circle")
    found = rows.filter(pk=participant_id).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:participant:{participant_id}")


def own_invitation_or_404(request: SignedInRequest, circle_id: UUID) -> Participant:
    """The row of this very person in a circle, whatever was accepted so far, or 404."""
    mine = taking_part_on(timezone.localdate()).filter(person=request.user, member__circle=circle_id)
    found = mine.select_related("member__circle", "member__municipality").first()
    return found or deny(request, subject=f"urn:bolwerk:circle:circle:{circle_id}")
