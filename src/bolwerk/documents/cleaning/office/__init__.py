"""Word and Excel: unfolded within bounds, every part looked at, and folded anew without what tells tales."""

from bolwerk.documents.cleaning import jpegs
from bolwerk.documents.cleaning.formats import SHEET, WORD
from bolwerk.documents.cleaning.office import archive, package, sheet, word
from bolwerk.documents.cleaning.outcome import Cleaned, FileRefusedError, Reason

MAIN = {"docx": f"{WORD}.main+xml", "xlsx": f"{SHEET}.main+xml"}
OWN_PARTS = {"docx": word.clean_part, "xlsx": sheet.clean_part}


def clean(data: bytes, code: str) -> Cleaned:
    """Return the document without properties, authors, revisions and whatever lies hidden in it.

    Raises FileRefusedError: MACROS, INSIDE (it carries other files), OUTSIDE (it fetches something), PASSWORD,
    TOO_MUCH, or NOT_WHAT_IT_SAYS when the archive holds another kind of document.
    """
    parts = archive.unfold(data)
    book = package.Package(parts)
    if book.main_type() != MAIN[code]:
        raise FileRefusedError(Reason.MACROS if "macroEnabled" in book.main_type() else Reason.NOT_WHAT_IT_SAYS)
    book.refuse_what_acts()
    book.drop_what_tells_tales()
    for name, tree in book.trees():
        OWN_PARTS[code](name, tree)
    for name in book.pictures():
        parts[name] = jpegs.without_metadata(parts[name])
    return Cleaned(archive.fold(book.parts()), code)


def rehearse() -> None:
    """Clean a file of our own: what the libraries load when they are first used is there before the fence closes."""
    relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    types = 'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"'
    parts = {
        package.TYPES: f'<Types {types}><Override PartName="/a.xml" ContentType="{MAIN["docx"]}"/></Types>',
        package.ROOT_RELATIONS: f'<Relationships {relations}><Relationship Type="x/officeDocument" Target="a.xml"/>'
        "</Relationships>",
        "a.xml": "<a/>",
    }
    clean(archive.fold({name: text.encode() for name, text in parts.items()}), "docx")
