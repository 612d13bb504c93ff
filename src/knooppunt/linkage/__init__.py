"""Links between registers: which object an address means, and how sure that is."""

from knooppunt.linkage.run import LinkReport, current_links, link, unlinked

__all__ = ["LinkReport", "current_links", "link", "unlinked"]
