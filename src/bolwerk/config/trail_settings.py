"""Settings of the trail: who has which name, and where its head is anchored."""

from pathlib import Path

from bolwerk.config import environment

# What the apps tell the trail, which is below them all and therefore asks by address.
# NAME_OF: app -> (urns) -> names of those that are known; what has no name stays readable as a URN
# URN_NAMED: (text) -> the URN of what somebody names by its number, or None
# TRAIL_SAYINGS: event -> how it reads after the name of whoever did it; `make check` fails on an event without one
NAME_OF = {
    "accounts": "bolwerk.accounts.queries.names.names_of",
    "anonymous": "bolwerk.accounts.queries.names.names_at_the_door",
    "route": "bolwerk.accounts.queries.names.names_at_the_door",
    "deadlines": "bolwerk.deadlines.queries.names.names_of",
    "incidents": "bolwerk.incidents.queries.names_of",
    "documents": "bolwerk.documents.queries.names.names_of",
    "vault": "bolwerk.vault.queries.names.names_of",
    "hub": "bolwerk.hub.queries.names_of",
    "circle": "bolwerk.circle.queries.names.names_of",
    "overview": "bolwerk.overview.safety.queries.sayings.names_of",
}
URN_NAMED = ["bolwerk.incidents.queries.urn_named"]
TRAIL_SAYINGS = [
    "bolwerk.incidents.queries.sayings.SAYINGS",
    "bolwerk.hub.queries.sayings.SAYINGS",
    "bolwerk.circle.queries.sayings.SAYINGS",
    "bolwerk.overview.safety.queries.sayings.SAYINGS",
    "bolwerk.deadlines.queries.sayings.SAYINGS",
    "bolwerk.documents.queries.sayings.SAYINGS",
    "bolwerk.vault.queries.sayings.SAYINGS",
    "bolwerk.accounts.queries.sayings.SAYINGS",
    "bolwerk.audit.queries.sayings.SAYINGS",
]

# Packages that bring processing activities (AVG article 30) in content/activities.<language>.yaml.
PROCESSING_ACTIVITIES = ["bolwerk.incidents"]

AUDIT_ANCHOR_FILE = environment.read("BOLWERK_ANCHOR_FILE")
AUDIT_ANCHOR_MAIL = environment.read("BOLWERK_ANCHOR_MAIL")
AUDIT_ANCHOR_URL = environment.read("BOLWERK_ANCHOR_URL")
AUDIT_ANCHOR_SECRET = environment.read_secret(Path(environment.read("BOLWERK_ANCHOR_SECRET_FILE")))
AUDIT_ANCHOR_PEERS = environment.read_secret(Path(environment.read("BOLWERK_ANCHOR_PEERS_FILE")))
