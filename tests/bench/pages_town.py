"""Builds the town for the pages benchmark in BOLWERK_DIR and prints what a client needs as JSON.

A process of its own: the settings of the database are read once. Usage: `python -m tests.bench.pages_town 100000`.
"""

import json
import sys

import django

MOST_USED = 200  # employees who are busy at once (quality.md, `pages`)
EMPLOYEES = 10_000
LINES_PER_INCIDENT = 10


def build(count: int) -> dict[str, object]:
    """Fill the database; return cookies of the busy people and the number of queries per page."""
    from django.core.management import call_command  # after django.setup()
    from django.utils import timezone

    from tests.bench import large_town, pages_visitors

    at = timezone.now()
    call_command("migrate", verbosity=0)
    town = large_town.people(EMPLOYEES)
    large_town.incidents(count, town, at=at)
    large_town.trail(count * LINES_PER_INCIDENT, town, at=at)
    large_town.settle()
    coordinator = town[-1]
    paths = pages_visitors.paths(coordinator)
    visitors = [coordinator, *large_town.managers(town)][:MOST_USED]
    cookies = [pages_visitors.cookie(visitors[n % len(visitors)]) for n in range(MOST_USED)]
    return {"paths": paths, "cookies": cookies, "queries": pages_visitors.queries(coordinator, paths)}


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(build(int(sys.argv[1]))))
