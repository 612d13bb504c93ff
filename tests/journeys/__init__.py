"""One file per story, in a real browser."""

import os

# Playwright keeps an event loop in this thread; the tests themselves are synchronous and run one at a time.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
