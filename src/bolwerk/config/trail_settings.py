"""Settings of the trail: who has which name, and where its head is anchored."""

from pathlib import Path

from bolwerk.config import environment

# Who or what a URN names, by app: (urns) -> names of those that are known. The trail is below them all, so it asks by
# address; what has no name here stays readable as a URN.
NAME_OF = {"accounts": "bolwerk.accounts.queries.names.names_of"}

AUDIT_ANCHOR_FILE = environment.read("BOLWERK_ANCHOR_FILE")
AUDIT_ANCHOR_MAIL = environment.read("BOLWERK_ANCHOR_MAIL")
AUDIT_ANCHOR_URL = environment.read("BOLWERK_ANCHOR_URL")
AUDIT_ANCHOR_SECRET = environment.read_secret(Path(environment.read("BOLWERK_ANCHOR_SECRET_FILE")))
AUDIT_ANCHOR_PEERS = environment.read_secret(Path(environment.read("BOLWERK_ANCHOR_PEERS_FILE")))
