"""PDF files that act, hide, unfold or never end."""

import warnings
import zlib
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from bolwerk.documents.cleaning.outcome import Reason
from bolwerk.documents.tests.hostile import Hostile, Maker, harmless, refused, upload
from bolwerk.documents.tests.hostile.pictures import CANARY, SCRIPT, drawn, telling_tales, zeros

SAYS = "kanarie-47"


def saved(pdf: Pdf, **how: Any) -> bytes:
    """The bytes of a PDF, as plain as it can be written."""
    out = BytesIO()
    plain = {"compress_streams": False, "object_stream_mode": pikepdf.ObjectStreamMode.disable}
    with warnings.catch_warnings(action="ignore"):  # the library sees that something is wrong with these files
        pdf.save(out, **(plain | how))
    return out.getvalue()


def blank(pages: int = 1) -> Pdf:
    """A PDF with empty pages."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    return pdf


def script() -> Dictionary:
    """An action that runs JavaScript."""
    return Dictionary(S=Name.JavaScript, JS=f"app.alert('{SAYS}')")


def launch() -> Dictionary:
    """An action that starts a program."""
    return Dictionary(S=Name.Launch, F=f"{SAYS}.exe", Win=Dictionary(F=f"{SAYS}.exe"))


def share() -> Dictionary:
    """An action that asks a machine of somebody else to let us in, with our name and password."""
    return Dictionary(S=Name.URI, URI=f"file://{SAYS}/share")


def opens_with(action: Dictionary) -> bytes:
    """A PDF that acts when it is opened, when a page is shown, and from a list of names."""
    pdf = blank()
    pdf.Root.OpenAction = action
    pdf.Root.AA = Dictionary(WC=action)
    pdf.pages[0].obj.AA = Dictionary(O=action)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([pikepdf.String("x"), action])))
    return saved(pdf)


def link_that(action: Dictionary) -> bytes:
    """A PDF with a link that does this."""
    pdf = blank()
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 99, 99], A=action, T=SAYS)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
    return saved(pdf)


def carries() -> bytes:
    """A PDF with a file inside, in the list and on the page."""
    pdf = blank()
    pdf.attachments["kanarie-47.exe"] = CANARY
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], Contents=SAYS)
    pdf.pages[0].obj.Annots = Array([note])
    pdf.Root.AF = Array([])
    return saved(pdf)


def signed_by_its_maker() -> bytes:
    """A PDF that says who made it, everywhere where it can."""
    pdf = blank()
    with pdf.open_metadata() as xmp:
        xmp["dc:creator"] = [SAYS]
    pdf.docinfo["/Author"] = SAYS
    pdf.pages[0].obj.PieceInfo = Dictionary(App=Dictionary(Private=SAYS))
    pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Text, Rect=[0, 0, 9, 9], T=SAYS)])
    return saved(pdf)


def form() -> bytes:
    """A form with a hidden form of another kind inside, and a field that computes."""
    pdf = blank()
    acts = Dictionary(C=script())
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T="veld", Subtype=Name.Widget, Rect=[0, 0, 9, 9], AA=acts))
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=pdf.make_stream(CANARY))
    return saved(pdf)


def photo() -> bytes:
    """A PDF with a photo that says where it was taken."""
    pdf = blank()
    jpeg = pdf.make_stream(drawn(exif=telling_tales(), comment=CANARY))
    jpeg.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=64, Height=48, BitsPerComponent=8))
    jpeg.ColorSpace, jpeg.Filter = Name.DeviceRGB, Name.DCTDecode
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=jpeg))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q 64 0 0 48 0 0 cm /Im0 Do Q")
    return saved(pdf)


def unfolds(*filters: str, data: bytes) -> bytes:
    """A PDF whose page is drawn by a stream that unfolds."""
    pdf = blank()
    stream = pikepdf.Stream(pdf, data)
    stream.Filter = Array([Name(one) for one in filters])
    pdf.pages[0].obj.Contents = pdf.make_indirect(stream)
    return saved(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def written(*objects: bytes, root: int = 1) -> bytes:
    """A PDF written by hand from its objects."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, len(out))
    return bytes(out) + head + table + tail


def object_stream_that_unfolds() -> bytes:
    """The objects themselves lie in a stream that unfolds to a gigabyte."""
    folded = zeros(1_000)
    bomb = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(folded), folded)
    index = zlib.compress(bytes([2, 0, 2, 0]) + bytes([2, 0, 2, 0]))
    out = b"%PDF-1.7\n2 0 obj\n" + bomb + b"\nendobj\n"
    place = len(out)
    entries = b"/Type/XRef/Size 3/W[1 2 1]/Index[1 2]/Root 1 0 R/Filter/FlateDecode/Length %d" % len(index)
    out += b"3 0 obj\n<<" + entries + b">>stream\n"
    return out + index + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % place


def files() -> dict[str, Maker]:
    """All of them by name."""
    wrong, much, damaged = Reason.NOT_WHAT_IT_SAYS, Reason.TOO_MUCH, Reason.DAMAGED
    catalogue = b"<</Type/Catalog/Pages 2 0 R>>"
    ring = b"<</Type/Pages/Kids[2 0 R]/Count 1>>"
    pages, end = b"<</Type/Pages/Kids[]/Count 0", b">>"
    deep = b"/X " + b"[" * 300_000 + b"]" * 300_000
    return {
        "html-as-pdf": lambda: refused("brief.pdf", b"<!doctype html>" + SCRIPT, wrong),
        "program-as-pdf": lambda: refused("brief.pdf", b"MZ\x90\0" + bytes(200), wrong),
        "html-before-pdf": lambda: refused("brief.pdf", b"<html>" + SCRIPT + saved(blank()), wrong),
        "pdf-then-html": lambda: Hostile(upload("brief.pdf", saved(blank()) + SCRIPT), frozenset({damaged}), (SCRIPT,)),
        "runs-script": lambda: harmless("brief.pdf", opens_with(script()), CANARY, b"/JavaScript", b"/OpenAction"),
        "starts-a-program": lambda: harmless("brief.pdf", opens_with(launch()), CANARY, b"/Launch"),
        "link-runs-script": lambda: harmless("brief.pdf", link_that(script()), CANARY),
        "link-starts-a-program": lambda: harmless("brief.pdf", link_that(launch()), CANARY),
        "link-to-a-share": lambda: harmless("brief.pdf", link_that(share()), CANARY),
        "carries-a-file": lambda: harmless("brief.pdf", carries(), CANARY, b"/EmbeddedFile"),
        "says-who-made-it": lambda: harmless("brief.pdf", signed_by_its_maker(), CANARY),
        "form-in-a-form": lambda: harmless("formulier.pdf", form(), CANARY, b"/XFA"),
        "photo-with-place": lambda: harmless("scan.pdf", photo(), CANARY),
        "with-a-password": lambda: refused(
            "brief.pdf", saved(blank(), encryption=pikepdf.Encryption(user="geheim", owner="x")), Reason.PASSWORD
        ),
        "forbids-printing": lambda: harmless(
            "brief.pdf", saved(blank(), encryption=pikepdf.Encryption(user="", owner="x")), b"/Encrypt"
        ),
        "page-that-unfolds": lambda: refused("brief.pdf", unfolds("/FlateDecode", data=zeros(1_000)), much),
        "folded-twice": lambda: refused(
            "brief.pdf", unfolds("/FlateDecode", "/FlateDecode", data=zlib.compress(zeros(1_000), 9)), much
        ),
        "objects-that-unfold": lambda: refused("brief.pdf", object_stream_that_unfolds(), much, damaged),
        "pages-in-a-ring": lambda: refused("brief.pdf", written(catalogue, ring), damaged),
        "very-deep": lambda: refused("brief.pdf", written(catalogue, pages + deep + end), damaged, much),
        "very-many-objects": lambda: refused("brief.pdf", written(catalogue, pages + end, *[b"[]"] * 150_000), much),
        "very-many-pages": lambda: refused("brief.pdf", saved(blank(2_000)), much),
        "half-a-pdf": lambda: refused("brief.pdf", saved(blank())[:200], damaged),
        "pdf-of-nothing": lambda: refused("brief.pdf", b"%PDF-1.7\n" + bytes(4_000), damaged),
    }
