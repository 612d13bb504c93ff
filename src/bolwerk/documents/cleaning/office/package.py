"""The parts of an Office file and how they refer to each other (ECMA-376, part 2, Open Packaging Conventions)."""

import re
from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath, splitext

from lxml import etree

from bolwerk.documents.cleaning.outcome import FileRefusedError, Reason

TYPES = "[Content_Types].xml"
ROOT_RELATIONS = "_rels/.rels"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)")
PLAIN_PARTS = {".xml", ".rels", ".vml", ".jpg", ".jpeg", ".png", ".gif", ".emf", ".wmf", ".odttf", ".bin"}
XML_PARTS = {".xml", ".rels", ".vml"}
PICTURES = {".jpg", ".jpeg", ".png"}
# Parts whose presence means that the file acts, carries other files, or fetches something when it is opened.
ACTS = ("vbaproject", "vbadata", "activex", "macrosheets", "dialogsheets", "attachedtoolbars", "customui", "ctrlprops")
CARRIES = ("embeddings", "oleobject", "package/")
FETCHES = ("externallinks", "connections.xml", "querytables", "webextensions", "querytable", "model/", "afchunk")
# Parts that are dropped: properties, custom data, names of people and printers, and what can be computed again.
DROPPED = ("docprops/", "customxml/", "printersettings", "persons/", "people.xml", "threadedcomments/", "calcchain")
SAFE_ADDRESSES = ("https://", "http://", "mailto:", "tel:", "#")
HYPERLINK = "/hyperlink"
TEMPLATE = "/attachedTemplate"


def _xml(data: bytes) -> etree._Element:
    """Read XML without entities, without a network and without depth. Raises FileRefusedError when it declares any."""
    if DECLARES.search(data) or b"\0" in data:  # a zero byte is UTF-16, in which a declaration would hide
        raise FileRefusedError(Reason.DAMAGED)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(data, parser)


class Package:
    """An unfolded Office file whose XML was read once, and is written back in the end."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        """Raises KeyError (damaged) without a list of contents."""
        self._parts = parts
        self._trees = {name: _xml(data) for name, data in parts.items() if _extension(name) in XML_PARTS and data}
        self._types = self._trees[TYPES]

    def main_type(self) -> str:
        """The media type of the part that is the document itself; empty when there is none."""
        for relation in self._trees[ROOT_RELATIONS].iter(RELATION):
            if relation.get("Type", "").endswith("/officeDocument"):
                target = normpath(relation.get("Target", "").lstrip("/"))
                return self._type_of(target)
        return ""

    def _type_of(self, name: str) -> str:
        for entry in self._types:
            if entry.get("PartName", "").lstrip("/").lower() == name.lower():
                return str(entry.get("ContentType", ""))
        return ""

    def refuse_what_acts(self) -> None:
        """Raise FileRefusedError when a part, or what a part says that it is, does not belong in a plain document."""
        names = " ".join([*self._parts, *(entry.get("PartName", "") for entry in self._types)]).lower()
        kinds = " ".join(str(entry.get("ContentType", "")) for entry in self._types).lower()
        if "macroenabled" in kinds or any(word in names or word in kinds for word in ACTS):
            raise FileRefusedError(Reason.MACROS)
        if any(word in names for word in CARRIES):
            raise FileRefusedError(Reason.INSIDE)
        if any(word in names for word in FETCHES):
            raise FileRefusedError(Reason.OUTSIDE)
        if any(_extension(name) not in PLAIN_PARTS for name in self._parts):
            raise FileRefusedError(Reason.INSIDE)

    def drop_what_tells_tales(self) -> None:
        """Take out the parts of DROPPED and every reference that leads to them, or out of the file."""
        for name in [name for name in self._parts if _is_dropped(name) or _extension(name) == ".bin"]:
            self._parts.pop(name)
            self._trees.pop(name, None)
        for entry in list(self._types):
            if entry.get("PartName") and entry.get("PartName", "").lstrip("/") not in self._parts:
                self._types.remove(entry)
        for name, tree in self._trees.items():
            if name.endswith(".rels"):
                self._clean_relations(name, tree)

    def _clean_relations(self, name: str, tree: etree._Element) -> None:
        folder = dirname(dirname(name))
        gone = [relation for relation in tree.iter(RELATION) if not self._may_stay(relation, folder)]
        for relation in gone:
            tree.remove(relation)
        owner = join(folder, basename(name).removesuffix(".rels"))
        ids = {str(relation.get("Id")) for relation in gone}
        if ids and owner in self._trees:
            _forget(self._trees[owner], ids)

    def _may_stay(self, relation: etree._Element, folder: str) -> bool:
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            inside = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            return inside in self._parts
        kind = relation.get("Type", "")
        if kind.endswith((HYPERLINK, TEMPLATE)):
            return kind.endswith(HYPERLINK) and target.lower().startswith(SAFE_ADDRESSES)
        raise FileRefusedError(Reason.OUTSIDE)

    def trees(self) -> Iterator[tuple[str, etree._Element]]:
        """The XML parts that hold content, with their names in lower case."""
        return ((name.lower(), tree) for name, tree in self._trees.items() if not name.endswith(".rels"))

    def pictures(self) -> list[str]:
        """The names of the pictures that may carry metadata of their own."""
        return [name for name in self._parts if _extension(name) in PICTURES]

    def parts(self) -> dict[str, bytes]:
        """Every part as it is now."""
        written = {
            name: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, tree in self._trees.items()
        }
        return self._parts | written


def _extension(name: str) -> str:
    return splitext(basename(name) if basename(name) != ".rels" else "x.rels")[1].lower()


def _is_dropped(name: str) -> bool:
    return any(word in name.lower() for word in DROPPED)


def _forget(tree: etree._Element, ids: set[str]) -> None:
    """Take out whatever in a part refers to relations that are gone."""
    for element in list(tree.iter(etree.Element)):
        for attribute, value in list(element.attrib.items()):
            if value in ids and "/relationships" in str(attribute):
                del element.attrib[attribute]
        if etree.QName(element).localname == "attachedTemplate":
            remove(element)


def remove(element: etree._Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
