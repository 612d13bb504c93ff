"""Builds the town for the pages benchmark in BOLWERK_DIR and prints what a client needs as JSON.

A process of its own: the settings of the database are read once. Usage: `python -m tests.bench.pages_town 100000`.
"""

import json
import sys

import django

EMPLOYEES = 10_000
LINES_PER_INCIDENT = 10


def build(count: int) -> dict[str, object]:
    """Fill the database; return who clicks where, and the most queries that each page costs anybody among them."""
    from django.core.management import call_command  # after django.setup()
    from django.utils import timezone

    from bolwerk.accounts.actions import name_installation
    from bolwerk.audit.actions import SYSTEM
    from tests.bench import large_town, pages_visitors

    at = timezone.now()
    call_command("migrate", verbosity=0)
    name_installation(name="Zilverdam", by=SYSTEM, at=at)  # pages of a house without a name ask for it each time
    town = large_town.people(EMPLOYEES)
    large_town.incidents(count, town, at=at)
    large_town.trail(count * LINES_PER_INCIDENT, town, at=at)
    large_town.settle()
    busy = large_town.handlers(town)
    of_each_kind = [
        pages_visitors.queries(person, pages_visitors.pages(person)) for person in (busy[0], *busy[-30::10])
    ]
    return {
        "visitors": [
            {"cookie": pages_visitors.cookie(person), "pages": pages_visitors.pages(person)} for person in busy
        ],
        "queries": {page: max(found[page] for found in of_each_kind) for page in of_each_kind[0]},
    }


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(build(int(sys.argv[1]))))
