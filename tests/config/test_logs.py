"""A log file never repeats what somebody typed."""

import logging
import sys

import pytest

from bolwerk.config.logs import Discreet

CANARY = "kanarie-4711"


def line_for(*, message: str, error: bool = False) -> str:
    """What the log says of an event."""
    info = None
    if error:
        try:
            raise ValueError(CANARY)
        except ValueError:
            info = sys.exc_info()
    return Discreet().format(logging.LogRecord("django.request", logging.ERROR, "x.py", 1, message, None, info))


def test_an_error_shows_its_kind_and_place_but_not_what_was_typed() -> None:
    line = line_for(message=f"Internal Server Error: /{CANARY}/", error=True)
    assert CANARY not in line
    assert "builtins.ValueError in line_for" in line


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_one_event_is_one_line(end: str) -> None:
    assert len(line_for(message=f"eerste{end}tweede").splitlines()) == 1
