"""Answers about people, departments, roles and the installation. Read-only."""

from bolwerk.accounts.queries.installation import Identity, installation, is_begun, logo, look_file, looks
from bolwerk.accounts.queries.roles import people_with

__all__ = ["Identity", "installation", "is_begun", "logo", "look_file", "looks", "people_with"]
