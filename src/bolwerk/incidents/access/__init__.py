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
from bolwerk.incidents.access.perpetrators import (
    REQUEST_ROLES,
    STORE_ROLES,
    about_person,
    perpetrator_or_404,
    perpetrator_to_answer_for,
)
from bolwerk.incidents.access.police import (
    POLICE_ROLES,
    police_or_404,
    police_report_or_404,
    policed_incidents,
    told_of_police,
)
from bolwerk.incidents.access.response import (
    RESPONSE_ROLES,
    decides,
    hats_for,
    measure_or_404,
    measures_to_decide,
    objection_or_404,
    response_or_404,
)

__all__ = [
    "FIGURE_ROLES",
    "HANDLER_ROLES",
    "IMPORT_ROLES",
    "POLICE_ROLES",
    "REQUEST_ROLES",
    "RESPONSE_ROLES",
    "SETTING_ROLES",
    "STORE_ROLES",
    "about_person",
    "decides",
    "handled_incidents",
    "hats_for",
    "hats_of",
    "incident_to_handle",
    "incidents_for",
    "may_handle",
    "measure_or_404",
    "measures_to_decide",
    "objection_or_404",
    "own_incident",
    "own_incidents",
    "perpetrator_or_404",
    "perpetrator_to_answer_for",
    "police_or_404",
    "police_report_or_404",
    "policed_incidents",
    "register_file_or_404",
    "response_or_404",
    "told_of_police",
]
