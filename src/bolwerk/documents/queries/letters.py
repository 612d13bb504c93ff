"""A letter as it will look: its data, its pages and its PDF."""

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image

from bolwerk.accounts.queries import installation, logo
from bolwerk.documents import editable, typesetting
from bolwerk.documents.models import Letter
from bolwerk.documents.queries.templates import editable_layout, fonts_folder, layout_of
from bolwerk.documents.rules import Kind
from bolwerk.documents.rules.letters import blocks_of, lines_of

LOGO_SIDE = 900  # pixels: sharp in print at 60 mm


def letters_of(subject: str) -> list[Letter]:
    """Letters of a subject that are being written, newest first. The room has checked who is asking."""
    return list(Letter.objects.select_related("by").filter(subject=subject, document=None))


def pdf_of(letter: Letter) -> bytes:
    """The letter as PDF/UA-1: the same bytes each time, as long as nobody changes it."""
    return typesetting.pdf_of(layout_of(Kind(letter.kind)), data_of(letter), fonts=fonts_folder(), at=letter.changed_at)


def digest_of(pdf: bytes) -> str:
    """The hash by which a PDF that was shown is known again."""
    return sha256(pdf).hexdigest()


def pages_of(letter: Letter) -> list[bytes]:
    """A PNG picture of each page."""
    return typesetting.pages_of(layout_of(Kind(letter.kind)), data_of(letter), fonts=fonts_folder())


def docx_of(letter: Letter) -> bytes:
    """The letter as a Word file that can be adapted."""
    return editable.docx_of(editable_layout(), data_of(letter), logo=small_logo() if logo() else b"")


def unprintable_in(letter: Letter) -> str:
    """The signs in a letter that no font can draw, each once; empty when all is well."""
    own = fonts_folder() if typesetting.fonts_in(fonts_folder()) else None
    signs = dict.fromkeys("".join(typesetting.texts_in(letter.values)))
    return "".join(sign for sign in signs if typesetting.printable(sign, own) != sign)


def house_data(language: str) -> dict[str, Any]:
    """What every layout draws of the municipality, in one language."""
    identity = installation()
    municipality = identity.name if identity else "Bolwerk"
    with override(language):
        words = {"page": _("Page"), "of": _("of")}
        alternative = _("Logo of %(municipality)s") % {"municipality": municipality}
    return {
        "language": language,
        "region": "nl" if language == "nl" else "gb",
        "municipality": municipality,
        "logo": drawing_of(small_logo()),
        "logo_alt": alternative,
        "accent": settings.LETTER_ACCENT,
        "fonts": [*typesetting.fonts_in(fonts_folder()), *settings.LETTER_FONTS],
        "footer": municipality,
        "words": words,
    }


def data_of(letter: Letter) -> dict[str, Any]:
    """Everything that the layout draws, in the language of the letter."""
    values = letter.values
    return house_data(letter.language) | {
        "subject": values["subject"],
        "to": lines_of(values["to"]),
        "references": values["references"],
        "blocks": blocks_of(values["text"]),
        "closing": values["closing"],
        "sender": lines_of(values["sender"]),
        "sections": values["sections"],
        "figures": values.get("figures", []),  # letters of before have none
    }


def small_logo() -> bytes:
    """The logo of the municipality as print needs it; empty when there is none."""
    found = logo()
    return _shrunk(found[0]) if found else b""


@lru_cache(maxsize=4)
def _shrunk(data: bytes) -> bytes:
    """The logo as PNG, as large as print needs."""
    with Image.open(BytesIO(data)) as picture:
        picture.thumbnail((LOGO_SIDE, LOGO_SIDE))
        out = BytesIO()
        picture.convert("RGBA").save(out, "PNG", optimize=True)
    return out.getvalue()


@lru_cache(maxsize=4)
def drawing_of(picture_data: bytes) -> str:
    """A picture inside a drawing: Typst takes text in, no bytes. Empty when there is none."""
    if not picture_data:
        return ""
    with Image.open(BytesIO(picture_data)) as picture:
        width, height = picture.size
    size = f'width="{width}" height="{height}"'
    picture_in_text = b64encode(picture_data).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<image {size} href="data:image/png;base64,{picture_in_text}"/></svg>'
    )
