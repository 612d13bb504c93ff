"""Who may see which incident, and which part of it."""

from bolwerk.incidents.access.importing import IMPORT_ROLES, register_file_or_404
from bolwerk.incidents.access.incidents import (
    FIGURE_ROLES,
    HANDLER_ROLES,
    SETTING_ROLES,
    handled_incidents,
    hats_of,
    incident_to_handle,
    incidents_for,
    may_handle,
    own_incident,
    own_incidents,
)

__all__ = [
    "FIGURE_ROLES",
    "HANDLER_ROLES",
    "IMPORT_ROLES",
    "SETTING_ROLES",
    "handled_incidents",
    "hats_of",
    "incident_to_handle",
    "incidents_for",
    "may_handle",
    "own_incident",
    "own_incidents",
    "register_file_or_404",
]
