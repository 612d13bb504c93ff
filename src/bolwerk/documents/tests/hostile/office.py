"""Word and Excel files that act, fetch, hide, unfold or lead elsewhere."""

import struct
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO

import docx
import openpyxl

from bolwerk.documents.cleaning.outcome import Reason
from bolwerk.documents.tests.hostile import Hostile, Maker, harmless, refused
from bolwerk.documents.tests.hostile.pictures import CANARY, drawn, telling_tales

ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "&%c;&%c;">' % (98 + n, 97 + n, 97 + n) for n in range(20)
)
OFFICE_RELATION = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
RELATION = b'<Relationship Id="rId99" Type="%b%b" Target="%b" TargetMode="External"/></Relationships>'
Change = Callable[[dict[str, bytes]], None]


@cache
def plain_word() -> bytes:
    """A document with a photo, a name, and a trail of editing sessions."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.last_modified_by = "kanarie-47"
    document.add_paragraph("Beste collega,")
    document.add_picture(BytesIO(drawn(exif=telling_tales(), comment=CANARY)))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def plain_sheet(formula: str = "=SUM(A1:A2)") -> bytes:
    """A workbook with two numbers and a formula."""
    book = openpyxl.Workbook()
    book.properties.creator = "kanarie-47"
    page = book.active
    assert page is not None
    page["A1"], page["A2"], page["A3"] = 1, 2, formula
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(data: bytes, change: Change) -> bytes:
    """The same archive with other parts."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return zipped(parts)


def word_with(**parts: bytes) -> bytes:
    """The document with parts more; `__` in a name is a slash and `_dot_` a dot."""
    names = {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    return changed(plain_word(), lambda known: known.update(names))


def word_where(part: str, old: bytes, new: bytes) -> bytes:
    """The document with something else in one part."""

    def swap(parts: dict[str, bytes]) -> None:
        assert old in parts[part], f"{old!r} is not in {part}"
        parts[part] = parts[part].replace(old, new, 1)

    return changed(plain_word(), swap)


def refers_to(kind: bytes, target: bytes) -> bytes:
    """The document with a relation to something elsewhere."""
    return word_where("word/_rels/document.xml.rels", b"</Relationships>", RELATION % (OFFICE_RELATION, kind, target))


def field(instruction: bytes) -> bytes:
    """The document with a field that does this."""
    run = b'<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>' + instruction + b"</w:instrText></w:r></w:p>"
    return word_where("word/document.xml", b"<w:body>", b"<w:body>" + run)


def with_names() -> bytes:
    """A document with names, moments and sessions of editing."""
    names = (
        b'<w:p w:rsidR="00AA47BB"><w:ins w:id="1" w:author="kanarie-47" w:date="2026-01-01T00:00:00Z"><w:r/></w:ins>'
    )
    return word_where("word/document.xml", b"<w:body>", b"<w:body>" + names + b"</w:p>")


def macros_by_type() -> bytes:
    """A document that says it has macros, under the extension of one without."""
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return word_where("[Content_Types].xml", plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")


def unfolds(size: int) -> bytes:
    """A document with a part that unfolds to `size` bytes."""
    out = BytesIO(plain_word())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/extra.xml", "w") as part:
        for _ in range(size >> 20):
            part.write(bytes(1 << 20))
    return out.getvalue()


def lies_about_its_size() -> bytes:
    """A part that says it unfolds to nothing much, and does not stop."""
    data = bytearray(unfolds(120 << 20))
    true, told = struct.pack("<I", 120 << 20), struct.pack("<I", 1_000)
    return bytes(data).replace(true, told)


def ten_thousand_parts() -> bytes:
    """An archive of parts and parts."""
    return zipped({f"word/{number}.xml": b"" for number in range(10_000)})


def leads_upwards() -> bytes:
    """A part that would be written outside the folder it is unpacked in."""
    return changed(plain_word(), lambda parts: parts.update({"../../x.xml": b"<x/>"}))


def hidden_declaration() -> bytes:
    """Entities declared in UTF-16, where a search in bytes does not find them."""
    return word_with(word__x_dot_xml=ENTITIES.decode().encode("utf-16"))


def very_deep() -> bytes:
    """XML with hundreds of thousands of elements inside each other."""
    return word_with(word__x_dot_xml=b"<a>" * 400_000 + b"</a>" * 400_000)


def nested() -> bytes:
    """An archive in an archive in an archive."""
    return zipped({"a.zip": zipped({"b.zip": zipped({"c": bytes(50 << 20)})})})


def overlapping() -> bytes:
    """Many entries of the list lead to the same folded bytes (a zip bomb without nesting)."""
    kernel = zipped({"word/a.xml": bytes(4 << 20)})
    start = kernel.rindex(b"PK\x05\x06")
    first = kernel.index(b"PK\x01\x02")
    entry = kernel[first:start]
    entries = b"".join(entry.replace(b"word/a.xml", b"word/%05d" % number) for number in range(1_500))
    head = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1_500, 1_500, len(entries), first, 0)
    return kernel[:first] + entries + head


def symlink() -> bytes:
    """A part that is a link to a file of the machine."""
    out = BytesIO(plain_word())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("word/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def locked() -> bytes:
    """An archive whose parts say that they need a password."""
    data = bytearray(plain_word())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def twice() -> bytes:
    """Two parts of one name: one is checked, the other is read."""
    out = BytesIO(plain_word())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/DOCUMENT.xml", "<x/>")
    return out.getvalue()


def sheet_with(*names: str) -> bytes:
    """A workbook with these parts more."""
    return changed(plain_sheet(), lambda parts: parts.update(dict.fromkeys(names, b"<x/>")))


def word(data: bytes, *reasons: Reason) -> Hostile:
    """A document that must not come in."""
    return refused("brief.docx", data, *reasons)


def sheet(data: bytes, *reasons: Reason) -> Hostile:
    """A workbook that must not come in."""
    return refused("lijst.xlsx", data, *reasons)


def word_files() -> dict[str, Maker]:
    """Those of Word."""
    damaged, inside, outside, macros = Reason.DAMAGED, Reason.INSIDE, Reason.OUTSIDE, Reason.MACROS
    return {
        "docm": lambda: refused("brief.docm", plain_word(), Reason.NOT_ALLOWED),
        "docm-as-docx": lambda: word(macros_by_type(), macros),
        "with-macros": lambda: word(word_with(word__vbaProject_dot_bin=b"\xd0\xcf"), macros),
        "with-controls": lambda: word(word_with(word__activeX__activeX1_dot_xml=b"<x/>"), macros),
        "with-an-object": lambda: word(word_with(word__embeddings__oleObject1_dot_bin=b"x"), inside),
        "with-a-program": lambda: word(word_with(word__media__x_dot_exe=b"MZ"), inside),
        "with-svg": lambda: word(word_with(word__media__x_dot_svg=b"<svg/>"), inside),
        "fetches-an-image": lambda: refused("brief.docx", refers_to(b"image", b"https://elders.example/"), outside),
        "fetches-a-template": lambda: harmless("brief.docx", refers_to(b"attachedTemplate", CANARY + b".dotm"), CANARY),
        "link-to-a-share": lambda: harmless("brief.docx", refers_to(b"hyperlink", b"file://" + CANARY), CANARY),
        "asks-another-program": lambda: word(field(b" DDEAUTO c:\\\\cmd.exe x "), outside),
        "fetches-text": lambda: word(field(b" INCLUDETEXT https://elders.example/ "), outside),
        "external-entity": lambda: refused(
            "brief.docx", word_where("word/document.xml", b"<?xml", ENTITIES + b"<?xml"), damaged
        ),
        "billion-laughs": lambda: word(word_with(word__x_dot_xml=LAUGHS + b"]><x>&u;</x>"), damaged),
        "hidden-declaration": lambda: refused("brief.docx", hidden_declaration(), damaged),
        "very-deep": lambda: refused("brief.docx", very_deep(), damaged, Reason.TOO_MUCH),
        "says-who-wrote-it": lambda: harmless("brief.docx", with_names(), CANARY, b"00AA47BB", b"docProps"),
    }


def archive_files() -> dict[str, Maker]:
    """Those whose archive is the trap, and those of Excel."""
    damaged, much, outside, wrong = Reason.DAMAGED, Reason.TOO_MUCH, Reason.OUTSIDE, Reason.NOT_WHAT_IT_SAYS
    return {
        "unfolds": lambda: word(unfolds(200 << 20), much),
        "lies-about-its-size": lambda: word(lies_about_its_size(), much, damaged),
        "nested-zip": lambda: word(nested(), damaged, wrong),
        "overlapping": lambda: word(overlapping(), much, damaged),
        "ten-thousand-parts": lambda: refused("brief.docx", ten_thousand_parts(), much),
        "leads-upwards": lambda: refused("brief.docx", leads_upwards(), damaged),
        "symlink": lambda: word(symlink(), damaged),
        "locked": lambda: word(locked(), Reason.PASSWORD),
        "old-with-password": lambda: word(b"\xd0\xcf\x11\xe0" + bytes(600), Reason.PASSWORD),
        "twice-one-name": lambda: word(twice(), damaged),
        "sheet-as-word": lambda: word(plain_sheet(), wrong),
        "sheet-says-who": lambda: harmless("lijst.xlsx", plain_sheet(), CANARY, b"docProps"),
        "asks-the-web": lambda: sheet(plain_sheet('=WEBSERVICE("https://elders.example")'), outside),
        "asks-a-program": lambda: sheet(plain_sheet("=cmd|'/c calc'!A0"), outside),
        "links-to-a-book": lambda: sheet(sheet_with("xl/externalLinks/externalLink1.xml"), outside),
        "has-connections": lambda: sheet(sheet_with("xl/connections.xml"), outside),
        "has-old-macros": lambda: sheet(sheet_with("xl/macrosheets/sheet1.xml"), Reason.MACROS),
    }


def files() -> dict[str, Maker]:
    """All of them by name."""
    return {f"word-{name}": file for name, file in word_files().items()} | archive_files()
