"""What the screens of the trail ask and show. Read-only."""

from bolwerk.overview.trail.queries.asking import GROUPS, Asked, asked, day_begins, initial_of, query_of, shortcuts
from bolwerk.overview.trail.queries.chain import story_of_checks
from bolwerk.overview.trail.queries.details import facts_of, links_of
from bolwerk.overview.trail.queries.doors import doors, tabs
from bolwerk.overview.trail.queries.extract import MOST, About, Extracted, Wish, activities_in, extract_of
from bolwerk.overview.trail.queries.own import looked_at
from bolwerk.overview.trail.queries.table import SPEC_OF_EXTRACT, SPEC_OF_FILE, tell_all

__all__ = [
    "GROUPS",
    "MOST",
    "SPEC_OF_EXTRACT",
    "SPEC_OF_FILE",
    "About",
    "Asked",
    "Extracted",
    "Wish",
    "activities_in",
    "asked",
    "day_begins",
    "doors",
    "extract_of",
    "facts_of",
    "initial_of",
    "links_of",
    "looked_at",
    "query_of",
    "shortcuts",
    "story_of_checks",
    "tabs",
    "tell_all",
]
