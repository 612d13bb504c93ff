"""What Excel writes about people and their machines, and the formulas that reach out."""

import re

from lxml import etree

from bolwerk.documents.cleaning.office.package import remove
from bolwerk.documents.cleaning.outcome import FileRefusedError, Reason

GONE = {"absPath", "fileSharing", "revisionPtr", "fileRecoveryPr", "webPublishing", "workbookProtection"}
# Functions that fetch something or start something: from another program (DDE), the web, or an add-in.
REACHES_OUT = re.compile(
    r"\b(WEBSERVICE|FILTERXML|RTD|CALL|REGISTER(\.ID)?|EXEC|IMAGE)\s*\(|\|.*!|\[\d+\]", re.IGNORECASE
)
FORMULAS = {"f", "definedName", "formula", "formula1", "formula2"}


def clean_part(_name: str, tree: etree._Element) -> None:
    """Take paths, names of authors and of machines out of one part. Raises FileRefusedError for what reaches out."""
    for element in list(tree.iter(etree.Element)):
        kind = etree.QName(element).localname
        if kind in GONE:
            _remove_with_choice(element)
        elif kind == "author":
            element.text = ""
        elif kind in FORMULAS and REACHES_OUT.search(element.text or ""):
            raise FileRefusedError(Reason.OUTSIDE)
        for attribute in [name for name in element.attrib if str(name).rsplit("}", 1)[-1] == "uid"]:
            del element.attrib[attribute]


def _remove_with_choice(element: etree._Element) -> None:
    """An `AlternateContent` with nothing left to choose goes as well."""
    parent = element.getparent()
    remove(element)
    while parent is not None and len(parent) == 0 and etree.QName(parent).localname in {"Choice", "AlternateContent"}:
        element, parent = parent, parent.getparent()
        remove(element)
