"""Circles are founded, changed and closed; facilitators come and go."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.actions.roles import let_in, take_back_roles
from bolwerk.circle.actions.telling import tell_circle
from bolwerk.circle.models import Circle, Facilitator
from bolwerk.circle.rules.circles import CircleError, CirclePlan, check_plan


class ChangedMeanwhileError(Exception):
    """Somebody else changed this after this person opened it."""


@transaction.atomic
def found_circle(*, plan: CirclePlan, by: Person, at: datetime) -> Circle:
    """Found a circle; whoever founds it leads it. Raises CircleError."""
    check_plan(plan)
    circle = Circle.objects.create(
        name=plan.name,
        purpose=plan.purpose,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        house_rules=plan.house_rules,
        founded_by=by,
        founded_at=at,
    )
    Facilitator.objects.create(circle=circle, person=by, since=at)
    record("circle.circle.founded", subject=circle.urn, actor=by.urn, at=at)
    return circle


@transaction.atomic
def change_circle(*, circle: Circle, plan: CirclePlan, seen: int, by: Person, at: datetime) -> Circle:
    """Change a circle. New house rules are accepted anew by every participant, before they see more of the circle: each
    gets a neutral mail that there is news.

    Raises CircleError, ChangedMeanwhileError.
    """
    check_plan(plan)
    found = Circle.objects.select_for_update().get(pk=circle.pk)
    if found.version != seen:
        raise ChangedMeanwhileError
    new_rules = found.house_rules.strip() != plan.house_rules.strip()
    found.name, found.purpose, found.house_rules = plan.name, plan.purpose, plan.house_rules
    found.starts_on, found.ends_on = plan.starts_on, plan.ends_on
    found.rules_version += new_rules
    found.version += 1
    found.save()
    if new_rules:
        cause = f"{found.urn}:rules:{found.rules_version}"
        tell_circle(circle=found, path=f"/leerkring/{found.pk}/huisregels/", cause=cause, by=by, at=at)
    record("circle.circle.changed", subject=found.urn, actor=by.urn, at=at, new_rules=new_rules)
    return found


@transaction.atomic
def close_circle(*, circle: Circle, by: Person, at: datetime) -> None:
    """The circle is over: everything stays readable for who is in it, until its period of keeping ends."""
    if Circle.objects.filter(pk=circle.pk, closed_at=None).update(closed_at=at):
        record("circle.circle.closed", subject=circle.urn, actor=by.urn, at=at)


@transaction.atomic
def add_facilitator(*, circle: Circle, person: Person, by: Person, at: datetime) -> Facilitator:
    """Let somebody lead along. Twice is once."""
    row, is_new = Facilitator.objects.get_or_create(circle=circle, person=person, left_at=None, defaults={"since": at})
    if is_new:
        let_in(person=person, circle=circle, at=at)
        record("circle.facilitator.added", subject=circle.urn, actor=by.urn, at=at)
    return row


@transaction.atomic
def stop_leading(*, circle: Circle, by: Person, at: datetime) -> None:
    """Somebody stops leading a circle. Raises CircleError for the last one: a circle is never without."""
    Circle.objects.select_for_update().get(pk=circle.pk)  # two who leave at once must not both be the last but one
    leading = Facilitator.objects.filter(circle=circle, left_at=None)
    if not leading.exclude(person=by).filter(person__is_active=True).exists():
        raise CircleError(_("You are the only one who leads this circle. Let somebody lead along first."))
    leading.filter(person=by).update(left_at=at)
    take_back_roles(person=by, at=at)
    record("circle.facilitator.left", subject=circle.urn, actor=by.urn, at=at)
