"""Settings of the vault: what it cannot know by itself, because it stands below the rooms."""

# Every file that lies closed: () -> (path, place) of each. `bolwerk keys rotate` closes them anew.
PROTECTED_FILES: list[str] = ["bolwerk.documents.queries.closed_files"]
