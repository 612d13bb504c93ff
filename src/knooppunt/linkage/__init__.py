"""Links between registers: which object an address means, and how sure that is."""

from knooppunt.linkage.corrections import correct_address
from knooppunt.linkage.lookup import AddressedObject, objects_at
from knooppunt.linkage.run import LinkReport, current_links, link, unlinked
from knooppunt.linkage.texts import AddressLinks, link_addresses

__all__ = [
    "AddressLinks",
    "AddressedObject",
    "LinkReport",
    "correct_address",
    "current_links",
    "link",
    "link_addresses",
    "objects_at",
    "unlinked",
]
