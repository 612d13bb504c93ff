"""What the trail says of this room, after the name of whoever did it. Never what was said in a circle."""

from bolwerk.audit.rules.words import Saying
from bolwerk.circle.queries.sayings_cards import CARD_SAYINGS
from bolwerk.circle.queries.sayings_cases import CASES
from bolwerk.circle.queries.sayings_circles import CIRCLES
from bolwerk.circle.queries.sayings_exchange import SAYINGS_EXCHANGE
from bolwerk.circle.queries.sayings_runs import RUN_SAYINGS
from bolwerk.circle.queries.sayings_sessions import SESSIONS

SAYINGS: dict[str, Saying] = {**CARD_SAYINGS, **CASES, **CIRCLES, **SAYINGS_EXCHANGE, **RUN_SAYINGS, **SESSIONS}
