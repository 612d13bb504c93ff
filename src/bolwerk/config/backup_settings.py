"""Settings of backups."""

from bolwerk.config import environment

KEYS_COPIED_ON = environment.read("BOLWERK_KEYS_COPIED_ON")  # `doctor` looks at it
BACKUP_DIR = environment.read("BOLWERK_BACKUP_DIR")
_keep = environment.read("BOLWERK_BACKUP_KEEP")
BACKUP_KEEP = max(1, int(_keep)) if _keep.isdecimal() else 14
