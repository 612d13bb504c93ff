"""Pictures that are too large, broken, or something else besides."""

import struct
import zlib
from functools import cache
from io import BytesIO
from typing import Any

import pillow_heif
from PIL import Image, PngImagePlugin

from bolwerk.documents.cleaning.outcome import Reason
from bolwerk.documents.tests.hostile import Maker, harmless, refused

SCRIPT = b"<script>alert(document.domain)</script>"
CANARY = b"kanarie-47"
GPS = 0x8825
HEIC_NOISE = b"\0" * 400


def drawn(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **how: Any) -> bytes:
    """A picture with a red corner on white, top left, to see which way up it is."""
    picture = Image.new(mode, size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def telling_tales(orientation: int = 1) -> bytes:
    """EXIF as a phone writes it: place, serial number, maker, and a remark."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x9286] = "Maker kanarie-47", orientation, "kanarie-47"
    exif.get_ifd(0x8769)[0xA431] = "serial kanarie-47"
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 22.0, 12.0), 3: "E", 4: (4.0, 53.0, 42.0), 29: "kanarie-47"})
    return exif.tobytes()


@cache
def heic(orientation: int = 1) -> bytes:
    """A picture as an iPhone makes it."""
    file = pillow_heif.from_pillow(Image.open(BytesIO(drawn())))
    out = BytesIO()
    file.save(out, exif=telling_tales(orientation))
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG that says it is this large, with these chunks."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


@cache
def zeros(mebibytes: int) -> bytes:
    """So many mebibytes of nothing, folded to a thousandth: one block, again and again."""
    nothing = bytes(1 << 20)
    folding = zlib.compressobj(9)
    folding.compress(b"")
    head = b"\x78\xda"
    block = (folding.compress(nothing) + folding.flush(zlib.Z_FULL_FLUSH)).removeprefix(head)
    check = 1
    for _ in range(mebibytes):
        check = zlib.adler32(nothing, check)
    return head + block * mebibytes + b"\x03\0" + struct.pack(">I", check)


def png_texts() -> bytes:
    """A PNG with texts, an XMP packet and EXIF."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "kanarie-47")
    texts.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>kanarie-47</x:xmpmeta>", zip=False)
    return drawn("PNG", pnginfo=texts, exif=telling_tales())


def claims_to_be(width: int, height: int) -> bytes:
    """A JPEG whose frame says that it is this large."""
    data = bytearray(drawn())
    frame = data.index(b"\xff\xc0")
    struct.pack_into(">HH", data, frame + 5, height, width)
    return bytes(data)


def many_scans() -> bytes:
    """A progressive JPEG that draws itself again, thousands of times."""
    data = drawn(size=(2000, 2000), progressive=True)
    scan = data.rindex(b"\xff\xda")
    return data[:scan] + data[scan:-2] * 3_000 + b"\xff\xd9"


def frames(kind: str) -> bytes:
    """An animation."""
    pictures = [Image.new("RGB", (64, 48), (number, 0, 0)) for number in range(40)]
    out = BytesIO()
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:])
    return out.getvalue()


def webp_flood() -> bytes:
    """A WebP of 16,383 pixels wide and high: a few kilobytes on the wire, a gigabyte unfolded."""
    header = struct.pack("<I", 16_382 | 16_382 << 14)
    lossless = b"\x2f" + header + bytes(64)
    body = b"WEBPVP8L" + struct.pack("<I", len(lossless)) + lossless
    return b"RIFF" + struct.pack("<I", len(body)) + body


def bomb_in(kind: bytes) -> bytes:
    """A small PNG with a chunk beside the picture that unfolds to 400 MiB."""
    return png(8, 8, chunk(kind, b"x\0\0" + zeros(400)), chunk(b"IDAT", zlib.compress(bytes(8 * 25))))


def files() -> dict[str, Maker]:
    """All of them by name."""
    jpeg, wrong, damaged, pixels = drawn(), Reason.NOT_WHAT_IT_SAYS, Reason.DAMAGED, Reason.TOO_MANY_PIXELS
    return {
        "svg": lambda: refused("foto.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT, Reason.NOT_ALLOWED),
        "svg-as-png": lambda: refused("foto.png", b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT, wrong),
        "html-as-jpeg": lambda: refused("foto.jpg", b"<!doctype html>" + SCRIPT, wrong),
        "gif-with-script": lambda: refused("foto.gif", b"GIF89a/*" + SCRIPT, Reason.NOT_ALLOWED),
        "gif-as-jpeg": lambda: refused("foto.jpg", b"GIF89a/*" + SCRIPT, wrong),
        "tiff-as-jpeg": lambda: refused("foto.jpg", drawn("TIFF"), wrong),
        "avif-as-heic": lambda: refused("foto.heic", b"\0\0\0\x1cftypavif" + HEIC_NOISE, wrong),
        "png-said-to-be-pdf": lambda: refused("foto.png", drawn("PNG"), wrong, media_type="application/pdf"),
        "jpeg-with-zip": lambda: harmless("foto.jpg", jpeg + b"PK\x03\x04" + CANARY, b"PK\x03\x04", CANARY),
        "jpeg-with-script": lambda: harmless("foto.jpg", drawn(comment=SCRIPT), SCRIPT),
        "jpeg-with-place": lambda: harmless("foto.jpg", drawn(exif=telling_tales(), comment=CANARY), CANARY, b"Exif"),
        "png-with-texts": lambda: harmless("foto.png", png_texts(), CANARY, b"xmpmeta"),
        "heic-with-place": lambda: harmless("foto.heic", heic(), CANARY, b"Exif"),
        "webp-with-place": lambda: harmless("foto.webp", drawn("WEBP", exif=telling_tales()), CANARY, b"EXIF"),
        "half-a-jpeg": lambda: refused("foto.jpg", jpeg[: len(jpeg) // 2], damaged),
        "jpeg-of-nothing": lambda: refused("foto.jpg", b"\xff\xd8\xff" + bytes(1000), damaged),
        "heic-of-nothing": lambda: refused("foto.heic", b"\0\0\0\x18ftypheic" + HEIC_NOISE, damaged),
        "jpeg-pixel-flood": lambda: refused("foto.jpg", claims_to_be(65_000, 65_000), pixels, damaged),
        "png-pixel-flood": lambda: refused("foto.png", png(50_000, 50_000, chunk(b"IDAT", zeros(100))), pixels),
        "webp-pixel-flood": lambda: refused("foto.webp", webp_flood(), pixels, damaged),
        "png-that-unfolds": lambda: harmless("foto.png", png(8, 8, chunk(b"IDAT", zeros(400))), b"IDAT"),
        "profile-that-unfolds": lambda: refused("foto.png", bomb_in(b"iCCP"), damaged, Reason.TOO_MUCH),
        "text-that-unfolds": lambda: refused("foto.png", bomb_in(b"zTXt"), damaged, Reason.TOO_MUCH),
        "jpeg-of-many-scans": lambda: refused("foto.jpg", many_scans(), Reason.TOO_MUCH, damaged),
        "moving-png": lambda: harmless("foto.png", frames("PNG"), b"acTL"),
        "moving-webp": lambda: harmless("foto.webp", frames("WEBP"), b"ANIM"),
    }
