"""A letter as a Word file, for when it must be adapted by hand. The layout is a template; people's words are not.

The template is rendered once, in a sandbox that reaches nothing but the data: what people typed goes in as values and
is never read as a template, and a layout that a municipality brings cannot reach the server either.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

LOGO_HEIGHT = Mm(16)


def docx_of(layout: Path, data: Mapping[str, Any], *, logo: bytes) -> bytes:
    """Return the letter as DOCX. Raises jinja2.TemplateError when the layout asks for what a letter does not have."""
    document = DocxTemplate(str(layout))
    sandbox = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    picture = InlineImage(document, BytesIO(logo), height=LOGO_HEIGHT) if logo else ""
    document.render({**data, "logo": picture}, sandbox, autoescape=True)
    properties = document.docx.core_properties  # get_docx() would begin anew
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title, properties.language = data["subject"], data["language"]
    out = BytesIO()
    document.save(out)
    return out.getvalue()
