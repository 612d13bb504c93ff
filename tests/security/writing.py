"""Seeing which tables something changes, from what it says to the database."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.apps import apps
from django.db import connections

LEFT_BEHIND = frozenset(
    apps.get_model(label)._meta.db_table
    for label in (
        *("audit.line", "audit.head", "processing.operation", "processing.subject"),
        *("sessions.session", "usersessions.usersession", "accounts.attempt"),
    )
)
"""What a request may leave behind: that it came, and who asked."""
CHANGING = re.compile(
    r"""(?<!FOR\ )(?<!KEY\ )(?<!DO\ )\b(?:INSERT(?:\ OR\ \w+)?\ INTO|UPDATE|DELETE\ FROM)\ "?(\w+)""", re.X
)


@contextmanager
def changed_tables() -> Iterator[set[str]]:
    """The tables in which rows come, go or are written anew within the block, also where that is undone in it."""
    changed: set[str] = set()

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        answer = execute(sql, params, many, context)
        if context["cursor"].rowcount:
            changed.update(set(CHANGING.findall(sql)) - LEFT_BEHIND)
        return answer

    with ExitStack() as listening:
        for connection in connections.all():
            listening.enter_context(connection.execute_wrapper(listen))
        yield changed
