"""Answers about the response track. Read-only."""

from bolwerk.incidents.queries.response.areas import (
    areas_of,
    drawing_of,
    drawing_of_known,
    drawing_of_place,
    own_places,
    place_numbered,
    places,
    places_chosen,
    places_in_file,
)
from bolwerk.incidents.queries.response.ladder import decider_for, ladder, periods_in_force, proposal_for
from bolwerk.incidents.queries.response.letters import letters_for, measure_letter_facts
from bolwerk.incidents.queries.response.repeated import Repeated, named, repeated
from bolwerk.incidents.queries.response.store import (
    Candidate,
    candidates,
    earlier_incidents,
    extract_of,
    person_numbered,
    person_of,
)
from bolwerk.incidents.queries.response.track import (
    SLUGS,
    MeasureShown,
    events_now,
    gate_of,
    measures_of,
    readers_of_response,
    response_of,
    track_of,
)

__all__ = [
    "SLUGS",
    "Candidate",
    "MeasureShown",
    "Repeated",
    "areas_of",
    "candidates",
    "decider_for",
    "drawing_of",
    "drawing_of_known",
    "drawing_of_place",
    "earlier_incidents",
    "events_now",
    "extract_of",
    "gate_of",
    "ladder",
    "letters_for",
    "measure_letter_facts",
    "measures_of",
    "named",
    "own_places",
    "periods_in_force",
    "person_numbered",
    "person_of",
    "place_numbered",
    "places",
    "places_chosen",
    "places_in_file",
    "proposal_for",
    "readers_of_response",
    "repeated",
    "response_of",
    "track_of",
]
