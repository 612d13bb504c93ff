"""Municipalities join and leave; people are invited, accept the house rules, and leave."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import add_person
from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.actions.roles import let_in, take_back_roles
from bolwerk.circle.models import CaseDraft, Circle, Member, Municipality, OwnWord, Participant
from bolwerk.circle.queries.circles import is_elsewhere, is_new
from bolwerk.circle.rules.circles import INVITATION_LASTS, CircleError, digest, new_link
from bolwerk.deadlines.actions import queue_mail
from bolwerk.deadlines.models import Message

INVITATIONS_PATH = "/leerkring/"  # mail leads to the list of circles, where an invitation waits: it names none


@dataclass(frozen=True)
class Invited:
    """Whom a facilitator invites."""

    name: str
    email: str
    is_deputy: bool = False


@transaction.atomic
def add_member(*, circle: Circle, name: str, on: date, by: Person, at: datetime) -> Member:
    """A municipality joins from a day on. Raises CircleError when it is in the circle already."""
    municipality = _municipality(name)
    if Member.objects.filter(circle=circle, municipality=municipality, left_on=None).exists():
        raise CircleError(_("This municipality is in the circle already."), field="name")
    member = Member.objects.create(circle=circle, municipality=municipality, joined_on=on)
    record("circle.member.joined", subject=circle.urn, actor=by.urn, at=at)
    return member


def _municipality(name: str) -> Municipality:
    known = Municipality.objects.filter(name__iexact=name.strip()).first()
    return known or Municipality.objects.create(name=name.strip())


@transaction.atomic
def end_member(*, member: Member, on: date, by: Person, at: datetime) -> None:
    """A municipality leaves: from that day its people see nothing of the circle. What they brought stays.

    What they were still writing, and their own list, go when that day is here: nobody could open them any more.
    Raises CircleError for a day before it joined.
    """
    if on < member.joined_on:
        raise CircleError(_("This municipality joined later than that. Choose a later day."), field="left_on")
    if Member.objects.filter(pk=member.pk, left_on=None).update(left_on=on):
        if on <= timezone.localdate(at):
            CaseDraft.objects.filter(author__member=member).delete()
            OwnWord.objects.filter(member=member).delete()
        record("circle.member.left", subject=member.circle.urn, actor=by.urn, at=at)


@transaction.atomic
def invite(*, member: Member, invited: Invited, by: Person, at: datetime) -> tuple[Participant, str]:
    """Invite somebody for a municipality; return the row and the secret part of the personal link, shown once.

    Somebody without an account gets one that has no password yet, and needs the link. Whoever signs in already gets a
    neutral mail that there is news. Somebody who is in a circle of others gets the link by mail only: whoever leads one
    circle must get into no other one with it. Invited again, the same person gets a new link; the old one is dead.
    Raises CircleError for who takes part already.
    """
    person = Person.objects.filter(email=invited.email.lower()).first()
    if person is None:
        person = add_person(email=invited.email, name=invited.name, department=None, by=by.urn, at=at)
    if not person.is_active:
        raise CircleError(_("This address belongs to an account that was ended. Ask the administrator."), field="email")
    circle, link = member.circle, new_link()
    mine = Participant.objects.filter(member__circle=circle, person=person, left_at=None)
    row = mine.select_for_update(of=("self",)).first() or Participant(member=member, person=person)
    if row.accepted_at is not None:
        raise CircleError(_("This person is in the circle already."), field="email")
    row.member, row.name, row.email, row.is_deputy = member, invited.name, person.email, invited.is_deputy
    row.invited_at, row.invitation_digest, row.invitation_ends_at = at, digest(link), at + INVITATION_LASTS
    row.save()
    if is_elsewhere(person, by=by):  # an earlier link, which whoever leads there may know, must not lead to here
        Participant.objects.filter(person=person).exclude(pk=row.pk).update(invitation_digest="")
    if not is_new(person):
        cause = f"{row.urn}:invited:{at.isoformat()}"
        queue_mail(person=person, kind=Message.Kind.NEWS, path=INVITATIONS_PATH, cause=cause, at=at)
    record("circle.participant.invited", subject=circle.urn, actor=by.urn, at=at, participant=str(row.pk))
    return row, link


@transaction.atomic
def accept_rules(*, participant: Participant, version: int, by: Person, at: datetime) -> Participant:
    """Somebody accepts the house rules as they read them, and is in. Raises CircleError when they changed meanwhile."""
    row = Participant.objects.select_for_update(of=("self",)).select_related("member__circle").get(pk=participant.pk)
    circle = row.member.circle
    if circle.rules_version != version:
        raise CircleError(_("The house rules were changed a moment ago. Read them again."))
    row.accepted_version, row.accepted_at, row.invitation_digest = version, at, ""
    row.save()
    let_in(person=by, circle=circle, at=at)
    record("circle.rules.accepted", subject=circle.urn, actor=by.urn, at=at, version=version)
    return row


@transaction.atomic
def end_participation(*, participant: Participant, by: Person, at: datetime) -> None:
    """Somebody leaves, or an invitation is taken back. What was brought stays with the municipality's name.

    Drafts of cases go at once: only their author could open them.
    """
    if Participant.objects.filter(pk=participant.pk, left_at=None).update(left_at=at, invitation_digest=""):
        CaseDraft.objects.filter(author=participant).delete()
        record("circle.participant.left", subject=participant.member.circle.urn, actor=by.urn, at=at)
        if participant.person:
            take_back_roles(person=participant.person, at=at)


@transaction.atomic
def place_municipality(*, member: Member, place: tuple[float, float] | None, by: Person, at: datetime) -> None:
    """Say where a municipality stands on the map (longitude, latitude in WGS 84), or take it off."""
    longitude, latitude = place or (None, None)
    Municipality.objects.filter(pk=member.municipality_id).update(longitude=longitude, latitude=latitude)
    record("circle.municipality.placed", subject=member.circle.urn, actor=by.urn, at=at)
