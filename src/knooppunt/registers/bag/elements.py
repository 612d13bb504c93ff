"""One object read by lxml: the strict, slow road, taken by whatever the fast scanner does not recognise."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from knooppunt.registers.bag.geometry import point_inside, read_shape
from knooppunt.registers.bag.kinds import KINDS, NAMESPACES, Field, Kind
from knooppunt.registers.bag.values import ValueRefusedError, read_value

_PREFIX = {uri: prefix for prefix, uri in NAMESPACES.items()}
_STAND = "{" + NAMESPACES["sl"] + "}stand"
_WHITESPACE = " \t\r\n"


def read_stand(stand: etree._Element) -> tuple[Kind, dict[str, Any]]:
    """Read an `sl:stand` element: the kind of its object and one value per column.

    Raises ValueRefusedError with the reason when anything is missing, double, unknown or malformed.
    """
    if stand.tag != _STAND:
        raise ValueRefusedError("an element that does not hold exactly one object")
    kind, element = _object_in(stand)
    if _name(stand[0]) != kind.wrapper:
        raise ValueRefusedError(f"an unknown kind of object: {_name(element)}")
    return kind, _row(kind, element)


def read_state(state: etree._Element) -> tuple[Kind, dict[str, Any]]:
    """Read a `was` or `wordt` of a mutation, as `read_stand` reads an object of an extract."""
    kind, element = _object_in(state)
    if etree.QName(state[0]).localname != kind.wrapper.partition(":")[2]:
        raise ValueRefusedError(f"an unknown kind of object: {_name(element)}")
    return kind, _row(kind, element)


def _object_in(around: etree._Element) -> tuple[Kind, etree._Element]:
    if len(around) != 1 or len(around[0]) != 1:
        raise ValueRefusedError("an element that does not hold exactly one object")
    element = around[0][0]
    kind = KINDS.get(_name(element))
    if kind is None:
        raise ValueRefusedError(f"an unknown kind of object: {_name(element)}")
    for parent in (around, around[0]):
        _check_bare(parent)
    return kind, element


def _row(kind: Kind, element: etree._Element) -> dict[str, Any]:
    row: dict[str, Any] = {field.column: [] if field.many else None for field in kind.fields.values()}
    for path, leaf in _leaves(element, kind, ""):
        if path in kind.geometry:
            _put_shape(row, leaf)
        else:
            _put(row, kind.fields[path], leaf)
    _check_complete(row, kind)
    return row


def _name(element: etree._Element) -> str:
    try:
        name = etree.QName(element)
    except ValueError:  # a prefix of which no namespace was declared
        raise ValueRefusedError("an element with a prefix that the file does not declare") from None
    return f"{_PREFIX.get(name.namespace or '', '?')}:{name.localname}"


def _check_bare(element: etree._Element) -> None:
    """Refuse text or attributes where only elements belong."""
    texts = [element.text, *(child.tail for child in element)]
    if any(text and text.strip(_WHITESPACE) for text in texts):
        raise ValueRefusedError(f"text beside the elements in {_name(element)}")
    if set(element.attrib) - {"id"}:  # the XSD allows an id on every object
        raise ValueRefusedError(f"an unknown attribute on {_name(element)}")


def _leaves(element: etree._Element, kind: Kind, path: str) -> Iterator[tuple[str, etree._Element]]:
    """Yield every known leaf below `element` with its path; an unknown element is refused."""
    _check_bare(element)
    for child in element:
        below = f"{path}/{_name(child)}" if path else _name(child)
        if below in kind.fields or below in kind.geometry:
            yield below, child
        elif any(known.startswith(below + "/") for known in (*kind.fields, *kind.geometry)):
            yield from _leaves(child, kind, below)
        else:
            raise ValueRefusedError(f"unknown element {_name(child)}")


def _put(row: dict[str, Any], field: Field, leaf: etree._Element) -> None:
    if len(leaf):
        raise ValueRefusedError(f"elements inside the value of {_name(leaf)}")
    expected = [("domein", f"NL.IMBAG.{field.domain}")] if field.domain else []
    if leaf.items() != expected:
        raise ValueRefusedError(f"{_name(leaf)} does not have the attributes it should have")
    text = (leaf.text or "").strip(_WHITESPACE)
    if not text and not field.required:
        return
    value = read_value(field, text)
    if field.many:
        row[field.column].append(value)
    elif row[field.column] is not None:
        raise ValueRefusedError(f"{_name(leaf)} is given twice")
    else:
        row[field.column] = value


def _put_shape(row: dict[str, Any], leaf: etree._Element) -> None:
    if "geometry" in row:
        raise ValueRefusedError("two geometries")
    row["geometry"] = read_shape(leaf)


def _check_complete(row: dict[str, Any], kind: Kind) -> None:
    for path, field in kind.fields.items():
        if field.required and row[field.column] in (None, [], ""):
            raise ValueRefusedError(f"{path.rsplit('/', 1)[-1]} is missing")
    if kind.geometry and "geometry" not in row:
        raise ValueRefusedError("the geometry is missing")
    if "x" in kind.types:
        row["x"], row["y"] = point_inside(row["geometry"])
