"""A circle of sixty people of twelve municipalities around one case: `python -m tests.bench.circle_town`."""

import json
import os
from typing import Any

PEOPLE, MEMBERS = 60, 12
METHOD = "balint"


def build() -> dict[str, Any]:
    """Build it through the real actions; return the addresses and the sessions of who is in it."""
    from datetime import timedelta

    from django.utils import timezone

    from bolwerk.accounts.actions import add_person, give_role, name_installation
    from bolwerk.accounts.rules import Role
    from bolwerk.audit.actions import SYSTEM
    from bolwerk.circle.actions import Invited, accept_rules, add_member, found_circle, invite
    from bolwerk.circle.actions.contributions import join_run
    from bolwerk.circle.actions.intervision import RunPlan, plan_run, start_run
    from bolwerk.circle.models import Case
    from bolwerk.circle.rules.circles import CirclePlan
    from tests.bench.pages_visitors import cookie

    at = timezone.now()
    name_installation(name="Zilverdam", by=SYSTEM, at=at)
    leader = add_person(email="leider@zilverdam.example", name="Vera", department=None, by=SYSTEM, at=at)
    give_role(person=leader, role=Role.CIRCLE_FACILITATOR, by=SYSTEM, at=at)
    day = timezone.localdate(at)
    plan = CirclePlan("Kring", "Leren", day, day + timedelta(days=365), "Wat hier gezegd wordt, blijft hier.")
    circle = found_circle(plan=plan, by=leader, at=at)
    members = [add_member(circle=circle, name=f"Gemeente {n}", on=day, by=leader, at=at) for n in range(MEMBERS)]
    seats = []
    for number in range(PEOPLE):
        invited = Invited(f"Deelnemer {number}", f"d{number}@gemeente.example")
        seat, _link = invite(member=members[number % MEMBERS], invited=invited, by=leader, at=at)
        assert seat.person
        accept_rules(participant=seat, version=circle.rules_version, by=seat.person, at=at)
        seats.append(seat)
    case = Case.objects.create(
        circle=circle,
        member=seats[0].member,
        author=seats[0],
        title="Een raadslid belt de balie",
        situation="Iemand belt elke week. " * 40,
        question="Hoe zeg je nee?",
        shared_at=at,
        moved_at=at,
    )
    run = plan_run(circle=circle, plan=RunPlan(METHOD, case), by=leader, at=at)
    for seat in seats:
        assert seat.person
        join_run(run=run, by=seat.person, at=at)
    run = start_run(run=run, seen=run.version, by=leader, at=at)
    return {
        "place": f"/leerkring/{circle.pk}/intervisie/{run.pk}/",
        "version": run.version,
        "phases": len(run.kept["nl"]["phases"]),
        "leader": cookie(leader),
        "phones": [cookie(seat.person) for seat in seats if seat.person],
    }


def main() -> None:
    """Make the tables, build, and say what there is."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(build()))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolwerk.config.settings")
    main()
