"""An ingest in a process of its own, to be killed half-way."""

import sys

from knooppunt.ingest import ingest
from knooppunt.tests.deliveries import NOON

if __name__ == "__main__":
    sys.stdout.write("started\n")
    sys.stdout.flush()
    ingest("bag", sys.argv[1], vault=sys.argv[2], at=NOON)
