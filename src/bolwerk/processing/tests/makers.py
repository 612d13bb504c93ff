"""Made-up people for the processing log. Citizen service numbers are of the range that is never given out."""

from datetime import UTC, datetime, timedelta

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PERIOD = {"since": AT - timedelta(days=1), "until": AT + timedelta(days=30)}
SANNE = "urn:bolwerk:accounts:person:00000000-0000-4000-8000-000000000001"
MO = "urn:bolwerk:accounts:person:00000000-0000-4000-8000-000000000002"
CITIZEN = "bsn:999990019"
READ, CARE = "incidents.incident.read", "incidents.care"
