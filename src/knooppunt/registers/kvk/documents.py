"""JSON in a file: one object, a list, or JSON Lines → objects with their line."""

import json
from collections.abc import Iterator
from typing import IO, Any, BinaryIO

from knooppunt.registers.lines import text_lines
from knooppunt.registers.refusal import RefusedError

MAXIMUM_DOCUMENT = 512 * 1024 * 1024  # characters of one document that is not JSON Lines
_DECODER = json.JSONDecoder()
_BLANK = " \t\r\n"


def read_objects(stream: BinaryIO | IO[bytes], file: str) -> Iterator[tuple[int, Any]]:
    """Yield line number and value of every object. Raises RefusedError for what is not JSON."""
    lines = text_lines(stream, file)
    first = next((line for line in lines), "")
    if _is_whole(first):
        yield 1, _parse(first, file, 1)
        for number, line in enumerate(lines, start=2):
            if line.strip(_BLANK):
                yield number, _parse(line, file, number)
        return
    document = [first]
    size = len(first)
    for line in lines:
        size += len(line)
        if size > MAXIMUM_DOCUMENT:
            raise RefusedError(file, None, "is larger than 512 MiB; give it as JSON Lines")
        document.append(line)
    yield from _elements("".join(document), file)


def _is_whole(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _parse(line: str, file: str, number: int) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RefusedError(file, number, f"is not JSON ({_reason(error)})") from error


def _elements(document: str, file: str) -> Iterator[tuple[int, Any]]:
    """Yield the elements of a list, or the one value there is."""
    position = _skip(document, 0)
    if position == len(document):
        raise RefusedError(file, 1, "is empty")
    if document[position] != "[":
        yield _decode(document, position, file)[:2]
        return
    closing, position = "", _skip(document, position + 1)
    while closing != "]":
        if document[position : position + 1] == "]" and closing != ",":
            return
        line, value, position = _decode(document, position, file)
        yield line, value
        position = _skip(document, position)
        closing = document[position : position + 1]
        if closing not in {",", "]"}:
            raise RefusedError(file, _line(document, position), "is not JSON (the list is cut short or broken)")
        position = _skip(document, position + 1)


def _decode(document: str, position: int, file: str) -> tuple[int, Any, int]:
    line = _line(document, position)
    try:
        value, end = _DECODER.raw_decode(document, position)
    except (ValueError, RecursionError) as error:
        at = error.lineno if isinstance(error, json.JSONDecodeError) else line
        raise RefusedError(file, at, f"is not JSON ({_reason(error)})") from error
    return line, value, end


def _skip(document: str, position: int) -> int:
    while position < len(document) and document[position] in _BLANK:
        position += 1
    return position


def _line(document: str, position: int) -> int:
    return document.count("\n", 0, position) + 1


def _reason(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep or a number too long"
