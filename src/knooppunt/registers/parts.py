"""Walking through JSON that may be anything: a part is an object, a list of objects, or a reason to refuse."""

from collections.abc import Iterator
from typing import Any

from knooppunt.registers.kvk.values import FactRefusedError

Json = dict[str, Any]


def part(whole: Json, name: str) -> Json:
    """An object inside an object; an empty one when it is not there. Raises FactRefusedError."""
    found = whole.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise FactRefusedError(f"{name} is not an object")
    return found


def parts(whole: Json, name: str) -> list[Json]:
    """A list of objects inside an object; an empty one when it is not there. Raises FactRefusedError."""
    found = whole.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise FactRefusedError(f"{name} is not a list of objects")
    return found


def embedded(found: Any) -> Iterator[Any]:
    """The objects of an answer to a search, where an API lays them in a list under `_embedded`; else what it is."""
    inside = found.get("_embedded") if isinstance(found, dict) and "identificatie" not in found else None
    lists = [one for one in inside.values() if isinstance(one, list)] if isinstance(inside, dict) else []
    if len(lists) == 1:
        yield from lists[0]
    else:
        yield found
