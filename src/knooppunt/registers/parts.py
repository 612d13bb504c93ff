"""Walking through JSON that may be anything: a part is an object, a list of objects, or a reason to refuse."""

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
