"""Who may look in the trail. It holds no content, so reading it shows what was done and never what was told."""

from bolwerk.accounts.rules import Role

READERS = frozenset({Role.PRIVACY_OFFICER, Role.AUDITOR})
EXTRACTORS = frozenset({Role.PRIVACY_OFFICER})  # answers people who ask what was done with their data
