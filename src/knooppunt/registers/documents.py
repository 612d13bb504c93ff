"""Whole XML documents in a delivery: read safely, of a bounded size, with the line of what is wrong."""

from lxml import etree

from knooppunt.registers.archives import Member, damage_of
from knooppunt.registers.bag.safexml import line_of, safe_parser
from knooppunt.registers.refusal import RefusedError

MOST_XML = 256 * 1024 * 1024  # bytes of one document


def root_of(member: Member, *, too_large: RefusedError) -> etree._Element:
    """The root of an XML file. Raises `too_large`, or RefusedError for a file that is damaged or no XML."""
    with damage_of(member.name):
        document = member.stream.read(MOST_XML + 1)
    if len(document) > MOST_XML:
        raise too_large
    try:
        return etree.fromstring(document, safe_parser())
    except etree.XMLSyntaxError as error:
        raise RefusedError(member.name, line_of(error), f"is not well-formed XML ({error.msg})") from error


def child_text(element: etree._Element | None, name: str) -> str | None:
    """The text of a child by its local name; None without it, and without the element."""
    found = element.find(f"{{*}}{name}") if element is not None else None
    return found.text if found is not None else None
