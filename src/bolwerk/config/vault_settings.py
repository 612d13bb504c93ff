"""Settings of the vault: what it cannot know by itself, because it stands below the rooms."""

from django.utils.translation import gettext_lazy as _

# Every file that lies closed: () -> (path, place) of each. `bolwerk keys rotate` closes them anew.
PROTECTED_FILES: list[str] = ["bolwerk.documents.queries.closed_files"]

# Every index of a room made with the keys of the ring, as a vault.rules.rotation.KeyedIndex: rotation makes it anew.
KEYED_INDEXES = ["bolwerk.incidents.actions.response.index.PERSON_INDEX"]

# How the page of periods groups what is kept: the first part of a kind's code. What has no room stands last.
RETENTION_ROOMS = {
    "incidents": _("Safe at work"),
    "circle": _("Learning circle"),
    "hub": _("Information hub"),
}

# Every kind of record that is kept for a period: the address of a bolwerk.vault.rules.retention.Kind.
RETENTION = [
    "bolwerk.incidents.actions.retention.RETENTION",
    "bolwerk.incidents.actions.care.CARE_RETENTION",
    "bolwerk.incidents.actions.response.RESPONSE_RETENTION",
    "bolwerk.incidents.actions.police.POLICE_RETENTION",
    "bolwerk.incidents.actions.norms.NORM_RETENTION",
    "bolwerk.incidents.actions.norms.NORM_MEETING_RETENTION",
    "bolwerk.circle.actions.retention.CIRCLE_RETENTION",
    "bolwerk.circle.actions.case_retention.CASE_RETENTION",
    "bolwerk.circle.actions.case_retention.CASE_DRAFT_RETENTION",
    "bolwerk.circle.actions.case_retention.OWN_WORD_RETENTION",
    "bolwerk.circle.actions.invitation_retention.INVITATION_RETENTION",
    "bolwerk.circle.actions.edition_retention.EDITION_RETENTION",
    "bolwerk.circle.actions.exchange.retention.INCOMING_RETENTION",
    "bolwerk.circle.actions.exchange.retention.ISSUED_RETENTION",
    "bolwerk.circle.actions.exchange.retention.RECEIVED_RETENTION",
    "bolwerk.circle.actions.library_retention.CARD_RETENTION",
    "bolwerk.circle.actions.library_retention.ADOPTION_RETENTION",
    "bolwerk.circle.actions.library_retention.QUESTION_RETENTION",
    "bolwerk.circle.actions.run_retention.RUN_RETENTION",
    "bolwerk.hub.actions.retention.FINDING_RETENTION",
    "bolwerk.hub.actions.retention.RUN_RETENTION",
    "bolwerk.hub.actions.retention.EXCLUSION_RETENTION",
    "bolwerk.hub.actions.retention.JOB_RETENTION",
    "bolwerk.hub.actions.source_retention.ASSESSMENT_RETENTION",
    "bolwerk.hub.actions.source_retention.SWITCH_RETENTION",
    "bolwerk.hub.actions.yield_retention.WORKLIST_RETENTION",
    "bolwerk.hub.actions.yield_retention.STAGE_RETENTION",
    "bolwerk.hub.actions.yield_retention.STUDY_RETENTION",
    "bolwerk.vault.actions.people.RETENTION",
    "bolwerk.vault.actions.expiring.NOTE_RETENTION",
    "bolwerk.vault.actions.expiring.REQUEST_RETENTION",
    "bolwerk.documents.actions.removing.REMOVAL",
]
