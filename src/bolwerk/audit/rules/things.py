"""The names by which the trail knows what belongs to no app: the system itself, and parts of the trail."""

SYSTEM = "urn:bolwerk:system"  # the actor of what happens by itself: a clock, a command
HEAD = "urn:bolwerk:audit:head"  # the last line, as it is anchored
CHAIN = "urn:bolwerk:audit:chain"  # all lines together, as they are verified
TRAIL = "urn:bolwerk:audit:trail"  # the lines, as people read them
PROCESSING = "urn:bolwerk:audit:processing"  # the processing log beside the trail, as it leaves the house
PEER = "urn:bolwerk:audit:peer:"  # before the name of an installation whose anchors are kept here
OWN = "own"  # the filter of the pages on which people see who looked at what they sent


def app_of(urn: str) -> str:
    """The app that a URN belongs to: "incidents" of urn:bolwerk:incidents:…; empty for a foreign one."""
    parts = urn.split(":")
    return parts[2] if len(parts) > 2 and parts[:2] == ["urn", "bolwerk"] else ""
