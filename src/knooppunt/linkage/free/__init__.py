"""Addresses as people write them, in lines and in running text, to addressable objects of the BAG."""

from knooppunt.linkage.free.book import AddressBook
from knooppunt.linkage.free.linker import LINKS, Linker, Progress
from knooppunt.linkage.free.stages import UNCERTAIN, Stage
from knooppunt.linkage.free.tips import TipLinker

__all__ = ["LINKS", "UNCERTAIN", "AddressBook", "Linker", "Progress", "Stage", "TipLinker"]
