"""Draws the Word layout of a letter, `documents/content/letters/letter.docx`: `python -m tests.tools.letter_layout`.

The file is a template in which `{{ … }}` and `{%p … %}` (docxtpl) are filled when a letter is taken along. It looks
like `letter.typ`; a municipality that wants its own brings a `letter.docx` in `<dir>/content/letters`.
"""

from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Mm, Pt, RGBColor

TARGET = Path(__file__).resolve().parents[2] / "src" / "bolwerk" / "documents" / "content" / "letters" / "letter.docx"
ACCENT = RGBColor(0x0A, 0x55, 0x60)
QUIET = RGBColor(0x55, 0x64, 0x6A)
BODY = """{%p for block in blocks %}
{%p if block.kind == "heading" %}
## {{ block.text }}
{%p elif block.kind == "list" %}
{%p for item in block["items"] %}
- {{ item }}
{%p endfor %}
{%p else %}
{% for line in block.lines %}{{ line }}{% if not loop.last %}{{ "\\n" }}{% endif %}{% endfor %}
{%p endif %}
{%p endfor %}"""


def add(document: WordDocument, text: str, style: str = "Normal", *, after: float = 6) -> None:
    """Add a paragraph."""
    paragraph = document.add_paragraph(text, style=style)
    paragraph.paragraph_format.space_after = Pt(after)


def styled(document: WordDocument) -> None:
    """The paper, the letter and its headings."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(22), Mm(26)
    for name, size, bold in (("Normal", 11, False), ("Heading 1", 14, True), ("Heading 2", 11.5, True)):
        font = document.styles[name].font
        font.name, font.size, font.bold = "Georgia", Pt(size), bold
        if name == "Heading 1":
            font.color.rgb = ACCENT
        elif name == "Heading 2":
            font.color.rgb = RGBColor(0x1D, 0x2B, 0x30)


def body(document: WordDocument) -> None:
    """Logo, address, references, subject, text, sender."""
    add(document, "{{ logo }}", after=24)
    for text in ("{%p for line in to %}", "{{ line }}", "{%p endfor %}"):
        add(document, text, after=0)
    add(document, "", after=18)
    for text in ("{%p for label, value in references %}", "{{ label }}: {{ value }}", "{%p endfor %}"):
        add(document, text, after=0)
    add(document, "", after=6)
    add(document, "{{ subject }}", "Heading 1", after=10)
    for line in BODY.splitlines():
        style = "Heading 2" if line.startswith("## ") else "List Bullet" if line.startswith("- ") else "Normal"
        add(document, line.removeprefix("## ").removeprefix("- "), style)
    add(document, "{{ closing }}", after=36)
    for text in ("{%p for line in sender %}", "{{ line }}", "{%p endfor %}"):
        add(document, text, after=0)


def main() -> None:
    """Write the layout."""
    document = Document()
    styled(document)
    body(document)
    footer = document.sections[0].footer.paragraphs[0]
    footer.text = "{{ footer }}"
    footer.runs[0].font.size, footer.runs[0].font.color.rgb = Pt(8.5), QUIET
    document.core_properties.author = document.core_properties.comments = ""
    document.save(str(TARGET))


if __name__ == "__main__":
    main()
