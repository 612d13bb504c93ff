"""Answers about incidents. Read-only."""

from bolwerk.incidents.queries.breakdowns import Broken, Part, breakdowns_of
from bolwerk.incidents.queries.documents import may_read_documents, may_remove_documents, people_in_documents
from bolwerk.incidents.queries.duties import CareStands, OpenDuty, duties_and_care, open_duties
from bolwerk.incidents.queries.figure_charts import chart_of, charts_of, quarter_name
from bolwerk.incidents.queries.figures import FILE as FIGURES_FILE
from bolwerk.incidents.queries.figures import (
    Figures,
    figures_of,
    figures_of_two,
    file_rows,
    whole_years,
    years_with_figures,
)
from bolwerk.incidents.queries.house import address_of, doors, sent_by
from bolwerk.incidents.queries.importing import (
    Question,
    layout_of,
    plan_of,
    proposed_columns,
    questions,
    sheet_of,
)
from bolwerk.incidents.queries.kinds import choices_of, choices_with, code_named, kinds, trouble_with_lists
from bolwerk.incidents.queries.leaving import benchmark_file, benchmark_of, reports_file, schema
from bolwerk.incidents.queries.letters import letter_facts, letters_of_incident
from bolwerk.incidents.queries.looks import looks_at, looks_at_own
from bolwerk.incidents.queries.names import names_of, subjects_of, urn_named
from bolwerk.incidents.queries.people import (
    handlers_for,
    is_manager,
    kept_away,
    nearby_colleagues,
    nobody_left,
    people_to_call,
    readers_of,
)
from bolwerk.incidents.queries.sealed import opened_report, sender_of
from bolwerk.incidents.queries.settings_in_words import SetTerm, other_terms, set_deciders, set_readers, set_terms
from bolwerk.incidents.queries.story import Moment, story_for_handlers, story_for_reporter
from bolwerk.incidents.queries.terms import TermInForce, terms_in_force
from bolwerk.incidents.queries.tracks import tabs_of
from bolwerk.incidents.queries.worklist import export_spec, worklist, worklist_spec
from bolwerk.incidents.rules import Breakdown, Timed
from bolwerk.incidents.rules.damage import DamageState
from bolwerk.incidents.rules.police import Vpt

CONFIRMED, RECOVERED = Vpt.CONFIRMED.value, DamageState.SETTLED.value  # as figures name them

__all__ = [
    "CONFIRMED",
    "FIGURES_FILE",
    "RECOVERED",
    "Breakdown",
    "Broken",
    "CareStands",
    "Figures",
    "Moment",
    "OpenDuty",
    "Part",
    "Question",
    "SetTerm",
    "TermInForce",
    "Timed",
    "address_of",
    "benchmark_file",
    "benchmark_of",
    "breakdowns_of",
    "chart_of",
    "charts_of",
    "choices_of",
    "choices_with",
    "code_named",
    "doors",
    "duties_and_care",
    "export_spec",
    "figures_of",
    "figures_of_two",
    "file_rows",
    "handlers_for",
    "is_manager",
    "kept_away",
    "kinds",
    "layout_of",
    "letter_facts",
    "letters_of_incident",
    "looks_at",
    "looks_at_own",
    "may_read_documents",
    "may_remove_documents",
    "names_of",
    "nearby_colleagues",
    "nobody_left",
    "open_duties",
    "opened_report",
    "other_terms",
    "people_in_documents",
    "people_to_call",
    "plan_of",
    "proposed_columns",
    "quarter_name",
    "questions",
    "readers_of",
    "reports_file",
    "schema",
    "sender_of",
    "sent_by",
    "set_deciders",
    "set_readers",
    "set_terms",
    "sheet_of",
    "story_for_handlers",
    "story_for_reporter",
    "subjects_of",
    "tabs_of",
    "terms_in_force",
    "trouble_with_lists",
    "urn_named",
    "whole_years",
    "worklist",
    "worklist_spec",
    "years_with_figures",
]
