"""Exchange with other installations: trusting keys, sending, fetching, taking in."""

from bolwerk.circle.actions.exchange.copies import CopyMovedError, change_copy, keep_own, take_out, take_theirs
from bolwerk.circle.actions.exchange.fetching import FeedUnreachableError, Looked, look_at_feed
from bolwerk.circle.actions.exchange.issuing import Item, draft, issue, withdraw, write_feed
from bolwerk.circle.actions.exchange.keys import KeyKnownError, revoke_key, set_feed, trust_key
from bolwerk.circle.actions.exchange.receiving import bring_in, drop, take_in

__all__ = [
    "CopyMovedError",
    "FeedUnreachableError",
    "Item",
    "KeyKnownError",
    "Looked",
    "bring_in",
    "change_copy",
    "draft",
    "drop",
    "issue",
    "keep_own",
    "look_at_feed",
    "revoke_key",
    "set_feed",
    "take_in",
    "take_out",
    "take_theirs",
    "trust_key",
    "withdraw",
    "write_feed",
]
