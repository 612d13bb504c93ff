"""What Word writes about people and their work between the lines."""

from lxml import etree

from bolwerk.documents.cleaning.office.package import remove
from bolwerk.documents.cleaning.outcome import FileRefusedError, Reason

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Whose computer, which session of work, which document: settings that the text does without.
SETTINGS_GONE = {"rsids", "docId", "docVars", "attachedTemplate", "mailMerge", "documentProtection", "writeProtection"}
NAMES = {f"{W}author", f"{W}initials", f"{W}date", f"{W}userId", f"{W}dateUtc", f"{W}edGrp", f"{W}ed"}
# Fields that fetch or run something when they are refreshed (ECMA-376, part 1, 17.16.5).
ACTING_FIELDS = ("DDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "INCLUDE", "DATABASE", "MACROBUTTON", "LINK")


def clean_part(name: str, tree: etree._Element) -> None:
    """Take names, initials, moments and marks of editing sessions out of one part. Raises FileRefusedError."""
    for element in list(tree.iter(etree.Element)):
        kind = etree.QName(element).localname
        if name.endswith("settings.xml") and kind in SETTINGS_GONE:
            remove(element)
            continue
        if kind in {"instrText", "fldSimple"}:
            _check_field((element.text or "") + element.get(f"{W}instr", ""))
        for attribute in list(element.attrib):
            _clean_attribute(element, str(attribute))


def _clean_attribute(element: etree._Element, attribute: str) -> None:
    local = attribute.rsplit("}", 1)[-1]
    if local.startswith("rsid") or local in {"paraId", "textId", "durableId", "docId"}:
        del element.attrib[attribute]
    elif attribute == f"{W}author":
        element.set(attribute, "")  # the standard wants it there
    elif attribute in NAMES:
        del element.attrib[attribute]


def _check_field(instruction: str) -> None:
    first = instruction.strip().split(" ", 1)[0].upper()
    if first.startswith(ACTING_FIELDS):
        raise FileRefusedError(Reason.OUTSIDE)
