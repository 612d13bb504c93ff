"""The circles of somebody, what waits for them, and who takes part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.signin.ways_in import has_way_in
from bolwerk.circle.access import circles_led_by, circles_of, taking_part_on
from bolwerk.circle.models import Circle, Facilitator, Member, Participant
from bolwerk.circle.rules.circles import CirclePlan
from bolwerk.ui.content import content_file, content_language, read_yaml

# Who needs a personal link: whoever did not come in yet, or begins anew (actions/ways_in.py).
WAITS = Q(accepted_at=None) | ~Q(invitation_digest="")
Guest = Person  # for views, which know no models
HERE = Path(__file__).resolve().parents[1] / "content"


def default_house_rules() -> str:
    """The house rules with which a new circle begins, in the reader's language or the municipality's own."""
    name = f"house_rules.{content_language()}.yaml"
    found = read_yaml(content_file(HERE, name).read_text(encoding="utf-8"))
    return str(found["text"]).strip()


def plan_of(circle: Circle) -> CirclePlan:
    """What a circle is now, to change it."""
    return CirclePlan(circle.name, circle.purpose, circle.starts_on, circle.ends_on, circle.house_rules)


def my_circles(person: Person, *, on: date) -> list[Circle]:
    """The circles that this person is in, running ones first."""
    return sorted(circles_of(person, on=on), key=lambda one: (one.closed_at is not None, one.ends_on < on, one.name))


def waiting_for(person: Person, *, on: date) -> list[Participant]:
    """Circles whose house rules wait for this person: invited, or the rules are new."""
    mine = taking_part_on(on).filter(person=person).select_related("member__circle", "member__municipality")
    led = set(circles_led_by(person).values_list("pk", flat=True))
    return [
        row
        for row in mine
        if row.accepted_version != row.member.circle.rules_version and row.member.circle_id not in led
    ]


@dataclass(frozen=True)
class Seat:
    """Somebody's place in a circle, and how far they are."""

    participant: Participant
    state: str  # invited, reads (the new rules), in


@dataclass(frozen=True)
class Table:
    """A municipality at the table, with its people."""

    member: Member
    gone: bool
    seats: Sequence[Seat]


def tables_of(circle: Circle, *, on: date) -> list[Table]:
    """Every municipality of a circle with its people; those that left come last, without people."""
    members = list(circle.members.select_related("municipality"))
    rows = Participant.objects.filter(member__circle=circle, left_at=None).order_by("is_deputy", "invited_at")
    seats: dict[object, list[Seat]] = {}
    for row in rows:
        seats.setdefault(row.member_id, []).append(Seat(row, _state(row, circle)))
    tables = [Table(one, gone := _gone(one, on), [] if gone else seats.get(one.pk, [])) for one in members]
    return sorted(tables, key=lambda table: (table.gone, str(table.member)))


def _gone(member: Member, on: date) -> bool:
    return member.left_on is not None and member.left_on <= on


def _state(row: Participant, circle: Circle) -> str:
    if row.accepted_version is None:
        return "invited"
    return "in" if row.accepted_version == circle.rules_version else "reads"


def leaders_of(circle: Circle) -> list[Facilitator]:
    """Who leads a circle now."""
    return list(circle.facilitators.filter(left_at=None).select_related("person"))


def invitation_at(digested: str, *, at: datetime) -> Participant | None:
    """The invitation that a personal link opens now."""
    rows = Participant.objects.select_related("member__circle", "member__municipality", "person")
    open_now = rows.filter(invitation_digest=digested, invitation_ends_at__gt=at, left_at=None)
    return open_now.exclude(invitation_digest="").first()


def members_of(circle: Circle, *, on: date) -> QuerySet[Member]:
    """The municipalities that are in a circle on a day."""
    still = Q(left_on=None) | Q(left_on__gt=on)
    return circle.members.filter(still).select_related("municipality")


def around_the_table(circle: Circle, *, on: date) -> list[Participant]:
    """Everybody who takes part on a day and accepted house rules."""
    rows = taking_part_on(on).filter(member__circle=circle, accepted_at__isnull=False)
    return list(
        rows.select_related("member__municipality", "person").order_by("member__municipality__name", "invited_at")
    )


def is_for_circles_alone(person: Person) -> bool:
    """Whether somebody has an account here for circles and for nothing else: no other role, no department."""
    held = person.grants.filter(withdrawn_at=None).exclude(role=Role.CIRCLE_MEMBER)
    return person.department_id is None and not held.exists()


def is_new(person: Person) -> bool:
    """Whether somebody has an account for a circle alone, and cannot sign in yet.

    Colleagues who came in by a file, or who will come by single sign-on, have no password either. They have roles: a
    personal link of a circle, which whoever leads it may see, must never open their account.
    """
    return person.last_login is None and not has_way_in(person) and is_for_circles_alone(person)


def may_begin_anew(person: Person, *, by: Person) -> bool:
    """Whether `by` may take away what somebody signs in with and give them a new personal link: not oneself, and only
    an account for circles all of which `by` leads. Whoever leads one circle must get into no other one this way.
    """
    return person != by and is_for_circles_alone(person) and not is_elsewhere(person, by=by)


def is_elsewhere(person: Person, *, by: Person) -> bool:
    """Whether somebody is in, or invited to, a circle that `by` does not lead, or leads one: then nobody but the
    person sees a personal link, which goes by mail only.
    """
    mine = circles_led_by(by).values("pk")
    elsewhere = Participant.objects.filter(person=person, left_at=None).exclude(member__circle__in=mine)
    return elsewhere.exists() or Facilitator.objects.filter(person=person, left_at=None).exists()


def first_page(row: Participant) -> str:
    """Where somebody goes who came in with a personal link: to the circle, or to its house rules first."""
    is_in = row.accepted_version == row.member.circle.rules_version
    return reverse("circle:circle" if is_in else "circle:rules", args=[row.member.circle_id])


def waiting_invitation(participant_id: UUID) -> Participant | None:
    """An invitation that was neither taken up nor back, or a new beginning that waits."""
    rows = Participant.objects.select_related("member__circle__founded_by", "person")
    return rows.filter(WAITS, pk=participant_id, left_at=None).first()
