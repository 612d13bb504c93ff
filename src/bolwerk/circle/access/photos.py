"""Who sees a photo of a session, and who what is to be prepared for it.

A photo is red: for who was there (on the list that was kept; before there is one, who was in the circle when the
session began) and who is on it. Only when everybody who can be recognised said yes, the whole circle sees it. A yes
that is taken back makes it red again at once.
"""

from datetime import date
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.models import Person
from bolwerk.circle.access.circles import circle_or_404, circles_led_by, circles_of, taking_part_on
from bolwerk.circle.models import Attended, Participant, Photo, Preparation, Recognised
from bolwerk.circle.rules.sessions import Consent


def photos_for(person: Person, *, on: date) -> QuerySet[Photo]:
    """The photos that this person sees, of every circle that this person is in."""
    here = circles_of(person, on=on).order_by().values("pk")
    mine = taking_part_on(on).filter(person=person).order_by().values("pk")
    on_it = Recognised.objects.filter(photo=OuterRef("pk"))
    not_yet = on_it.exclude(consent=Consent.GIVEN)
    since = Participant.objects.filter(
        pk__in=mine, member__circle=OuterRef("session__circle"), accepted_at__lte=OuterRef("session__starts_at")
    )
    on_list = Attended.objects.filter(session=OuterRef("session"), participant__in=mine)
    there = Exists(on_list) | (Q(session__attended_at=None) & Exists(since))
    leads = Q(session__circle__in=circles_led_by(person).order_by().values("pk"))
    seen = ~Exists(not_yet) | Exists(on_it.filter(participant__in=mine)) | there | leads | Q(by=person)
    return Photo.objects.filter(seen, session__circle__in=here)


def photos_with_rights(person: Person, *, on: date) -> QuerySet[Photo]:
    """The photos that this person sees, each with whether this person may take it away (`may_remove`)."""
    return photos_for(person, on=on).annotate(
        may_remove=Case(When(_removable(person, on=on), then=Value(value=True)), default=Value(value=False))
    )


def removable_photos(person: Person, *, on: date) -> QuerySet[Photo]:
    """The photos that this person takes away."""
    return photos_for(person, on=on).filter(_removable(person, on=on))


def _removable(person: Person, *, on: date) -> Q:
    """Whoever leads the circle, who added it, and everybody who can be recognised on it takes a photo away."""
    mine = taking_part_on(on).filter(person=person).order_by().values("pk")
    on_it = Recognised.objects.filter(photo=OuterRef("pk"), participant__in=mine)
    led = Q(session__circle__in=circles_led_by(person).order_by().values("pk"))
    return led | Q(by=person) | Q(Exists(on_it))


def photo_to_remove_or_404(request: SignedInRequest, circle_id: UUID, photo_id: UUID) -> Photo:
    """A photo that this person takes away, or 404."""
    circle = circle_or_404(request, circle_id)
    rows = removable_photos(request.user, on=timezone.localdate()).select_related("session")
    found = rows.filter(pk=photo_id, session__circle=circle).first()
    return found or deny(request, subject=f"urn:bolwerk:circle:photo:{photo_id}")


def own_recognised_or_404(request: SignedInRequest, circle_id: UUID, photo_id: UUID) -> Recognised:
    """The question to this very person about a photo, or 404."""
    circle = circle_or_404(request, circle_id)
    mine = taking_part_on(timezone.localdate()).filter(person=request.user, member__circle=circle)
    rows = Recognised.objects.filter(photo=photo_id, photo__session__circle=circle, participant__in=mine.values("pk"))
    found = rows.select_related("photo__session").first()
    return found or deny(request, subject=f"urn:bolwerk:circle:photo:{photo_id}")


def preparations_for(person: Person, *, on: date) -> QuerySet[Preparation]:
    """What this person is to prepare; whoever leads the circle sees all of it."""
    here = circles_of(person, on=on).order_by().values("pk")
    mine = taking_part_on(on).filter(person=person).order_by().values("pk")
    led = circles_led_by(person).order_by().values("pk")
    seen = Q(to=None) | Q(to__in=mine) | Q(session__circle__in=led)
    return Preparation.objects.filter(seen, session__circle__in=here)


def led_preparation_or_404(request: SignedInRequest, circle_id: UUID, preparation_id: UUID) -> Preparation:
    """Something to prepare in a circle that this person leads, or 404."""
    led = circles_led_by(request.user).filter(pk=circle_id).order_by().values("pk")
    rows = Preparation.objects.filter(pk=preparation_id, session__circle__in=led).select_related("session")
    return rows.first() or deny(request, subject=f"urn:bolwerk:circle:preparation:{preparation_id}")
