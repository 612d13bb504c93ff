"""Settings of the learning circle: what travels between installations, and when figures may be pooled."""

from pathlib import Path

_rooms = Path(__file__).resolve().parent.parent
_own = _rooms / "circle" / "content" / "schemas"

# What can travel in a signed bundle (ADR 35): kind -> its JSON Schema, whether it stands in the public feed, and the
# fields in which an address or a number of somebody to call may stand. A part that sends something new adds it here.
BUNDLE_KINDS: dict[str, tuple[Path, bool, frozenset[str]]] = {
    "card": (_own / "card.json", True, frozenset({"contact"})),
    "lesson": (_own / "lesson.json", True, frozenset()),
    "handout": (_own / "handout.json", True, frozenset()),
    "question": (_own / "question.json", True, frozenset()),
    "case": (_own / "case.json", False, frozenset()),
    "adoption": (_own / "adoption.json", False, frozenset()),
    "benchmark": (_rooms / "incidents" / "content" / "schemas" / "benchmark.json", False, frozenset()),
    "pool": (_own / "pool.json", False, frozenset()),
}
# Of those kinds: the list in which files travel, and the fields in which names are meant to stand (of the author of a
# source, of a municipality). Everywhere else a name is refused, when it leaves and when it comes in.
BUNDLE_FILES: dict[str, str] = {"card": "materials"}
BUNDLE_NAMED: dict[str, frozenset[str]] = {
    "card": frozenset({"card.sources", "card.provenance", "card.code", "card.themes", "contact"}),
    "lesson": frozenset({"by"}),
    "adoption": frozenset({"municipality", "card", "title"}),
    "benchmark": frozenset({"municipality", "title"}),
    "pool": frozenset({"circle", "title"}),
}
# What this house can contribute to a pooled benchmark: kind of bundle -> (year=) -> the aggregates, or None. Each must
# have passed the gate for small numbers in its own room.
BUNDLE_AGGREGATES: dict[str, str] = {"benchmark": "bolwerk.incidents.queries.benchmark_of"}
BUNDLE_YEARS: dict[str, str] = {"benchmark": "bolwerk.incidents.queries.whole_years"}  # () -> the years it has, whole

EXCHANGE_SECONDS = 20  # how long a feed may take to answer
EXCHANGE_AT_ONCE = 50  # bundles that come in with one look at a feed; the rest with the next

# When figures of members may be shown together: bolwerk.circle.rules.pooling.PoolPolicy says what each means and its
# source. Never fewer than five.
POOL_POLICY: dict[str, int] = {"least": 5, "p_percent": 10}
POOL_KINDS = "bolwerk.incidents.rules.Kind"  # the kinds of which figures are pooled
