"""Links between registers: which object an address means, and how sure that is."""

from knooppunt.linkage.lookup import AddressedObject, objects_at
from knooppunt.linkage.run import LinkReport, current_links, link, unlinked

__all__ = ["AddressedObject", "LinkReport", "current_links", "link", "objects_at", "unlinked"]
