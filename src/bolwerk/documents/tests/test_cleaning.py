"""What ordinary people send comes through whole, and without what they did not mean to send."""

import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest
from PIL import Image

from bolwerk.documents.cleaning import bounded, limits
from bolwerk.documents.cleaning.bounded import clean
from bolwerk.documents.cleaning.outcome import FileRefusedError, Reason
from bolwerk.documents.tests.hostile import office, pdfs
from bolwerk.documents.tests.hostile.pictures import drawn, heic, telling_tales

TURNED = [(1, "top left"), (3, "bottom right"), (6, "top right"), (8, "bottom left")]


def corner(data: bytes) -> str:
    """In which corner the red is."""
    with Image.open(BytesIO(data)) as picture:
        width, height = picture.size
        places = {
            "top left": (4, 4),
            "top right": (width - 5, 4),
            "bottom left": (4, height - 5),
            "bottom right": (width - 5, height - 5),
        }
        pixels = {name: picture.convert("RGB").getpixel(place) for name, place in places.items()}
    return next(name for name, pixel in pixels.items() if isinstance(pixel, tuple) and pixel[1] < 100)


@pytest.mark.parametrize(("orientation", "where"), TURNED)
def test_a_photo_is_the_right_way_up_and_so_is_its_small_picture(orientation: int, where: str) -> None:
    done = clean(drawn(exif=telling_tales(orientation)), "jpeg")
    assert corner(done.content) == corner(done.thumbnail) == where
    assert ((done.width, done.height) == (64, 48)) is (orientation in {1, 3})


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photo_of_an_iphone_becomes_a_jpeg(orientation: int) -> None:
    done = clean(heic(orientation), "heic")
    assert done.format == "jpeg"
    with Image.open(BytesIO(done.content)) as picture:
        assert picture.format == "JPEG"
        assert dict(picture.getexif()) == {}


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16"])
def test_every_kind_of_png_is_read(mode: str) -> None:
    out = BytesIO()
    white = Image.new("I;16", (30, 20), 65_535) if mode == "I;16" else Image.new("L", (30, 20), 255).convert(mode)
    white.save(out, "PNG")
    done = clean(out.getvalue(), "png")
    with Image.open(BytesIO(done.content)) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_a_large_photo_becomes_small_enough_and_a_small_one_stays_as_large() -> None:
    large = clean(drawn(size=(6_000, 4_000)), "jpeg")
    assert large.width * large.height <= limits.KEPT_PIXELS * 1.01
    assert abs(large.width / large.height - 1.5) < 0.01
    with Image.open(BytesIO(large.thumbnail)) as small:
        assert max(small.size) == limits.THUMBNAIL_SIDE
    assert clean(drawn(size=(300, 200)), "jpeg").width == 300


def test_a_word_document_still_opens_and_reads_the_same() -> None:
    done = clean(office.plain_word(), "docx")
    document = docx.Document(BytesIO(done.content))
    assert document.paragraphs[0].text == "Beste collega,"
    assert len(document.inline_shapes) == 1
    assert document.core_properties.author in {"", "python-docx"}  # the library's own when there is none


def test_a_workbook_keeps_its_numbers_and_formulas() -> None:
    book = openpyxl.load_workbook(BytesIO(clean(office.plain_sheet(), "xlsx").content))
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"]] == [1, 2, "=SUM(A1:A2)"]


def test_a_pdf_keeps_its_pages_its_photo_and_its_ordinary_links() -> None:
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://www.zilverdam.example/")
    with pikepdf.open(BytesIO(clean(pdfs.link_that(link), "pdf").content)) as pdf:
        assert str(pdf.pages[0].obj.Annots[0].A.URI) == "https://www.zilverdam.example/"
    with pikepdf.open(BytesIO(clean(pdfs.photo(), "pdf").content)) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert isinstance(image, pikepdf.Stream)
        assert pikepdf.PdfImage(image).as_pil_image().size == (64, 48)


def test_the_same_file_is_cleaned_to_the_same_bytes() -> None:
    for data, code in ((drawn(), "jpeg"), (office.plain_word(), "docx")):
        assert clean(data, code) == clean(data, code)


def test_the_process_opens_no_file_and_no_socket_and_starts_nothing() -> None:
    attempts = (
        "open('/etc/passwd')",
        "open('/tmp/x', 'w')",
        "__import__('socket').socket()",
        "__import__('os').fork() and None or __import__('os').pipe()",
        "bytearray(400 << 20)",
    )
    for what in attempts:
        code = f"import socket, os; from bolwerk.documents.cleaning import limits; limits.fence(); {what}"
        done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=False)
        assert done.returncode != 0, what
        assert any(word in done.stderr for word in (b"Too many open files", b"MemoryError", b"unavailable")), what


def pretend(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let something else answer than the cleaning process."""
    monkeypatch.setattr(bounded, "COMMAND", [sys.executable, "-I", "-c", script])


SAYS = "import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({!r})"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"no json\n",
        b'"text"\n',
        b'{"content": 5}\nabcde',
        b'{"content": 5, "thumbnail": 0, "width": 1, "height": 1}\nabc',
        b'{"content": -1, "thumbnail": 4, "width": 1, "height": 1}\nabc',
        b'{"refused": "something new"}\n',
    ],
)
def test_an_answer_that_is_none_is_not_believed(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    pretend(monkeypatch, SAYS.format(answer))
    with pytest.raises(FileRefusedError) as refusal:
        clean(b"x" * 1000, "jpeg")
    assert refusal.value.reason is Reason.TOO_MUCH


def test_a_process_that_says_too_much_or_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.5)
    monkeypatch.setattr(limits, "MAXIMUM_OUT_BYTES", 1_000)
    for script in ("import sys\nwhile True: sys.stdout.write('x' * 9999)", "import time; time.sleep(60)"):
        pretend(monkeypatch, script)
        with pytest.raises(FileRefusedError) as refusal:
            clean(b"x" * 5_000_000, "jpeg")
        assert refusal.value.reason is Reason.TOO_MUCH
    assert b"time.sleep(60)" not in b"".join(_commands())


def _commands() -> list[bytes]:
    """What every process of this machine was started with."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it ended while we looked
            found.append(file.read_bytes())
    return found
