"""What a log file may say: where it went wrong and what kind of error, never what somebody typed.

The message of an exception often repeats what somebody typed, and a traceback shows it. So a line has the names of
errors and of the places in our code; the trace id leads to the lines of the trail that belong to it.
"""

import logging
import traceback

from bolwerk.audit.middleware import current_trace_id


class Discreet(logging.Formatter):
    """Writes one line per event: moment, level, logger, trace id, and for an error its kind and its places."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. Line breaks in it are replaced: one event is one line (ASVS 5.0 16.4.1)."""
        error = record.exc_info[1] if record.exc_info else None
        said = _kind_and_places(error) if error else record.getMessage()
        line = f"{self.formatTime(record)} {record.levelname} {record.name} [{current_trace_id() or '-'}] {said}"
        return line.replace("\r", "\\r").replace("\n", "\\n")


def _kind_and_places(error: BaseException) -> str:
    places = (f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in traceback.extract_tb(error.__traceback__))
    return f"{type(error).__module__}.{type(error).__qualname__} in " + " < ".join(reversed(list(places)))
