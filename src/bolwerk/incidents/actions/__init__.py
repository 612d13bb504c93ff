"""Every change to an incident: atomic, by the rules, written down in the trail."""

from bolwerk.incidents.actions.admitting import admit
from bolwerk.incidents.actions.answering import give_feedback
from bolwerk.incidents.actions.correcting import Told, correct, told_in, withdraw
from bolwerk.incidents.actions.handling import NotAHandlerError, assign, change_status
from bolwerk.incidents.actions.importing import (
    FileHasProblemsError,
    OutcomeChangedError,
    forget_old_files,
    forget_register_file,
    keep_register_file,
    read_in,
    say_codes,
    say_columns,
)
from bolwerk.incidents.actions.kiosks import (
    CodeUsedError,
    complete_at_kiosk,
    make_kiosk,
    report_at_kiosk,
    revoke_kiosk,
    use_code,
)
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.actions.photos import (
    Refused,
    add_files,
    add_photos,
    add_voice,
    bind_photos,
    keep_photos_waiting,
    keep_voice_waiting,
)
from bolwerk.incidents.actions.publishing import publish_due_figures, publish_figures
from bolwerk.incidents.actions.reading import (
    record_export,
    record_figures_export,
    record_looking_back,
    record_reading,
    record_search,
    record_whole_export,
)
from bolwerk.incidents.actions.reporting import Arrival, Sending, add_details, report, report_sealed
from bolwerk.incidents.actions.sealed import renew_sealing_key, sealing_key
from bolwerk.incidents.actions.setting import set_term
from bolwerk.incidents.actions.sorting import sort

__all__ = [
    "Arrival",
    "ChangedMeanwhileError",
    "CodeUsedError",
    "FileHasProblemsError",
    "NotAHandlerError",
    "OutcomeChangedError",
    "Refused",
    "Sending",
    "Told",
    "add_details",
    "add_files",
    "add_photos",
    "add_voice",
    "admit",
    "assign",
    "bind_photos",
    "change_status",
    "complete_at_kiosk",
    "correct",
    "forget_old_files",
    "forget_register_file",
    "give_feedback",
    "keep_photos_waiting",
    "keep_register_file",
    "keep_voice_waiting",
    "make_kiosk",
    "publish_due_figures",
    "publish_figures",
    "read_in",
    "record_export",
    "record_figures_export",
    "record_looking_back",
    "record_reading",
    "record_search",
    "record_whole_export",
    "renew_sealing_key",
    "report",
    "report_at_kiosk",
    "report_sealed",
    "revoke_kiosk",
    "say_codes",
    "say_columns",
    "sealing_key",
    "set_term",
    "sort",
    "told_in",
    "use_code",
    "withdraw",
]
