"""Where in a delivery an object stands: looked up when it is refused, as rows in the vault do not keep their line."""

import re
from typing import Any

from knooppunt.registers.archives import members
from knooppunt.registers.bag.blocks import STANDS, Block, Lines
from knooppunt.registers.bag.documents import Document
from knooppunt.registers.delivery import Request


def line_of(request: Request, row: dict[str, Any]) -> int | None:
    """Return the line of the last object in the file of `row` with its id and occurrence; None where it is not found.

    That file is read anew. What only lxml can read is not looked into.
    """
    own = rb"<Objecten:identificatie[^>]*>0*%d</.*>%d</Historie:voorkomenidentificatie>" % (
        row["id"],
        row["occurrence"],
    )
    found, wanted = None, re.compile(own, re.DOTALL)
    if request.path.suffix.lower() == ".gpkg":
        return None
    for member in members(request.path, request.scratch, (".xml",)):
        if member.name != row["source_file"]:
            continue
        for piece in Document(member.stream, member.name, "").pieces():
            if isinstance(piece, Block) and b"%d<" % row["id"] in piece.data:
                lines = Lines(piece)
                for match in STANDS.finditer(piece.data):
                    if wanted.search(match[0]):
                        found = lines.at(match.start())
    return found
