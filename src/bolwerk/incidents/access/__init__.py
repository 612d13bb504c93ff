"""Who may see which incident, and which part of it."""

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
    "SETTING_ROLES",
    "handled_incidents",
    "hats_of",
    "incident_to_handle",
    "incidents_for",
    "may_handle",
    "own_incident",
    "own_incidents",
]
