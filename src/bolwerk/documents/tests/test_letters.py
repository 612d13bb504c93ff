"""Letters: what people type is text, whatever it looks like; what is kept is what was shown; everybody can read it."""

from dataclasses import asdict
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
import typst
from django.db import connection
from jinja2 import TemplateError
from jinja2.exceptions import SecurityError
from pytest_django import Settings

from bolwerk.accounts.actions import name_installation
from bolwerk.accounts.models import Installation, Person
from bolwerk.accounts.tests.makers import AT, make_person
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.documents import actions, queries, typesetting
from bolwerk.documents.editable import docx_of as docx_from
from bolwerk.documents.models import Letter
from bolwerk.documents.queries.letters import data_of, docx_of
from bolwerk.documents.queries.templates import LAYOUTS, editable_layout, layout_of
from bolwerk.documents.rules import Kind
from bolwerk.documents.rules.letters import Facts, Section, Values
from bolwerk.documents.tests.hostile.pictures import drawn
from bolwerk.documents.tests.pdf_checks import elements, kinds, problems, text_of

pytestmark = pytest.mark.django_db
HERE = "urn:bolwerk:incidents:incident:00000000-0000-4000-8000-000000000000"
HOSTILE = [
    '#panic("x")',
    '#read("/etc/passwd")',
    '#image("https://elders.example/x.png")',
    '#import "@preview/x:0.1.0": *',
    "#sys.inputs.data #data.subject",
    '"); #panic("x',
    "\\#{ } [ ] $ x^2 $ `raw` *vet* _schuin_ <label> @verwijzing ~ --- // /* */",
    "= Kop\n== Kop",
    "{{ 7*7 }} {% for x in y %} {# x #}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "<w:p><script>&amp;]]></w:t>",
]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Settings) -> Path:
    settings.BOLWERK_DIR = tmp_path
    name_installation(name="Zilverdam", by=SYSTEM, at=AT)
    Installation.objects.update(logo=drawn("PNG", (300, 100)), logo_type="image/png")
    return tmp_path


def make_letter(
    by: Person | None = None, *, kind: Kind = Kind.LETTER, language: str = "nl", **changes: object
) -> Letter:
    """A letter with all that a letter can have."""
    usual: dict[str, object] = {
        "subject": "Over je melding",
        "text": "Beste Sanne,\n\nEen alinea.\n\n## Kop\n- een\n- twee",
        "to": "Sanne de Wit\nKade 1",
        "closing": "Met vriendelijke groet,",
        "sender": "Carla Vos",
        "references": [("Datum", "vandaag")],
        "sections": [asdict(Section("Feiten", ("Wat", "Hoe"), [("Waar", "Kade 1")]))] if kind is Kind.REPORT else [],
    }
    values = Values(**(usual | changes))  # type: ignore[arg-type]  # names of its fields
    person = by or make_person()
    return Letter.objects.create(
        subject=HERE, kind=kind, template="x", language=language, values=asdict(values), by=person, changed_at=AT
    )


@pytest.mark.parametrize("kind", [Kind.LETTER, Kind.REPORT])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_everybody_can_read_it(kind: Kind, language: str) -> None:
    pdf = queries.pdf_of(make_letter(kind=kind, language=language))
    assert problems(pdf, language=language) == []


def test_the_checks_find_what_is_wrong() -> None:
    source = '#set document(title: "x")\n#set text(lang: "en")\nGeen kop #rect(width: 1cm)'
    bare = typst.compile(source.encode(), pdf_tags=False)
    found = " ".join(problems(bare, language="nl")) if b"/StructTreeRoot" in bare else "no structure"
    assert "no structure" in found
    english = typst.compile(source.encode(), pdf_standards="ua-1")
    assert {fault[:6] for fault in problems(english, language="nl")} == {"14-002", "11-006"}


def test_it_is_read_from_logo_and_address_to_who_signs() -> None:
    letter = make_letter()
    words = text_of(queries.pdf_of(letter))
    order = (
        "Sanne de Wit",
        "Datum",
        "Over je melding",
        "Beste Sanne",
        "Een alinea",
        "Kop",
        "een",
        "vriendelijke",
        "Carla",
    )
    places = [words.index(word) for word in order]
    assert places == sorted(places)
    with pikepdf.open(BytesIO(queries.pdf_of(letter))) as pdf:
        assert kinds(pdf).index("/Figure") < kinds(pdf).index("/H1") < kinds(pdf).index("/H2") < kinds(pdf).index("/L")
        (figure,) = [one for one in elements(pdf) if str(one.S) == "/Figure"]
        assert str(figure.Alt) == "Logo van Zilverdam"


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_type_is_text_in_every_field(text: str) -> None:
    letter = make_letter(subject=text, text=f"{text}\n\n## {text}\n- {text}", to=text, closing=text, sender=text)
    letter.values["references"] = [(text, text)]
    plain = "".join(text.split())
    words = "".join(text_of(queries.pdf_of(letter)).split())
    assert words.count(plain.replace("=Kop==Kop", "=Kop")) >= 8
    document = docx.Document(BytesIO(docx_of(letter)))
    assert "".join("".join(paragraph.text for paragraph in document.paragraphs).split()).count(plain) >= 7


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_type_is_text_in_a_report(text: str) -> None:
    section = asdict(Section(text, (text, text), [(text, text)]))
    words = text_of(queries.pdf_of(make_letter(kind=Kind.REPORT, subject="x", sections=[section])))
    assert "".join(words.split()).count("".join(text.split())) == 5


def test_a_sign_that_no_font_can_draw_is_a_box_and_is_named() -> None:
    letter = make_letter(subject="Foto \U0001f600 van \u674e", sender="Мария, محمد\x00")
    assert queries.unprintable_in(letter) == "\U0001f600\u674e\x00"
    words = text_of(queries.pdf_of(letter))
    assert "Foto □ van □" in words
    assert "Мария" in words


def test_a_layout_of_the_municipality_reaches_no_file_and_no_network(place: Path) -> None:
    own = place / "content" / "letters"
    own.mkdir(parents=True)
    for text in ('#read("/etc/passwd")', '#image("/etc/passwd")', '#import "@preview/example:0.1.0": *'):
        (own / "letter.typ").write_text(text, encoding="utf-8")
        with pytest.raises(typst.TypstError):
            queries.pdf_of(make_letter())


@pytest.mark.parametrize(
    "text", ["{{ subject.__class__ }}", "{{ to.append(1) }}", "{{ ''.__class__.__mro__ }}", "{{ unknown }}", "{% bad"]
)
def test_a_word_layout_of_the_municipality_reaches_nothing_but_the_letter(place: Path, text: str) -> None:
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(place / "own.docx"))
    try:
        out = docx_from(place / "own.docx", data_of(make_letter()), logo=b"")
    except (TemplateError, SecurityError):
        return
    assert "class" not in "".join(paragraph.text for paragraph in docx.Document(BytesIO(out)).paragraphs)


def test_words_and_layouts_of_the_municipality_come_first(place: Path) -> None:
    own = place / "content" / "letters"
    (own / "incidents").mkdir(parents=True)
    (own / "letter.docx").write_bytes(b"own")
    yaml = "kind: letter\ntitle: Van onszelf\nabout: x\nsubject: y\ntext: z\n"
    (own / "incidents" / "acknowledgement.nl.yaml").write_text(yaml, encoding="utf-8")
    (own / "incidents" / "thanks.nl.yaml").write_text(yaml.replace("onszelf", "harte"), encoding="utf-8")
    titles = [template.title for template in queries.templates_of("incidents")]
    assert "Van onszelf" in titles
    assert "Van harte" in titles
    assert "Ontvangstbevestiging aan de melder" not in titles
    assert editable_layout() == own / "letter.docx"


def test_a_letter_is_as_large_without_a_logo(place: Path) -> None:
    Installation.objects.update(logo=None, logo_type="")
    pdf = queries.pdf_of(make_letter())
    assert problems(pdf, language="nl") == []
    assert "Zilverdam" in text_of(pdf)
    assert docx_of(make_letter())


def test_the_same_letter_gives_the_same_bytes_and_pages(place: Path) -> None:
    letter = make_letter(text="\n\n".join(["Een alinea van een lange brief."] * 80))
    assert queries.pdf_of(letter) == queries.pdf_of(letter)
    pages = queries.pages_of(letter)
    assert len(pages) == 3
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_what_is_kept_is_to_the_byte_what_was_shown() -> None:
    person = make_person()
    letter = make_letter(person)
    pdf = queries.pdf_of(letter)
    document = actions.keep_letter(letter=letter, shown=sha256(pdf).hexdigest(), by=person, at=AT)
    assert b"".join(queries.read(document)) == pdf
    assert document.kind == Kind.LETTER
    assert sha256(pdf).hexdigest() in Line.objects.get(event="documents.document.kept").facts_json
    for change in (
        lambda: actions.write_letter(letter=letter, values={"text": "x"}, by=person, at=AT, seen=1),
        lambda: actions.keep_letter(letter=letter, shown=sha256(pdf).hexdigest(), by=person, at=AT),
        lambda: actions.drop_letter(letter=letter, by=person, at=AT),
    ):
        with pytest.raises(actions.LetterChangedError):
            change()


def test_a_letter_that_changed_after_it_was_shown_is_not_kept() -> None:
    person = make_person()
    letter = make_letter(person)
    shown = sha256(queries.pdf_of(letter)).hexdigest()
    letter = actions.write_letter(letter=letter, values={"text": "Iets anders."}, by=person, at=AT, seen=1)
    with pytest.raises(actions.LetterChangedError):
        actions.keep_letter(letter=letter, shown=shown, by=person, at=AT)
    with pytest.raises(actions.LetterChangedError):
        actions.write_letter(letter=letter, values={"text": "Van een collega."}, by=make_person(), at=AT, seen=1)


def test_what_lies_in_the_database_says_nothing() -> None:
    letter = make_letter(subject="Kanarie", to="Kanarie")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_letter")
        assert "Kanarie" not in repr(cursor.fetchall())
    assert Letter.objects.get(pk=letter.pk).values["subject"] == "Kanarie"


def test_every_layout_that_ships_compiles_and_asks_for_no_more_than_there_is() -> None:
    assert {file.name for file in LAYOUTS.iterdir()} == {
        "booklet.typ",
        "house.typ",
        "letter.typ",
        "poster.typ",
        "report.typ",
        "letter.docx",
    }
    for kind in (Kind.LETTER, Kind.REPORT):
        data = data_of(make_letter(kind=kind))
        fonts = Path("nowhere")
        assert typesetting.pdf_of(layout_of(kind), data, fonts=fonts, at=AT).startswith(b"%PDF")


def test_facts_fill_a_letter_that_is_begun() -> None:
    template = queries.template_of("incidents", "acknowledgement", "nl")
    facts = Facts({"reporter": "Sanne de Wit", "number": "K7QX-9FMB"}, [("Datum", "vandaag")])
    letter = actions.begin_letter(subject=HERE, template=template, facts=facts, by=make_person(), at=AT)
    assert letter.values["to"].splitlines()[1] == "Sanne de Wit"
    assert letter.values["subject"] == "Je melding K7QX-9FMB is binnen"
    with pytest.raises(queries.NoSuchTemplateError):
        queries.template_of("incidents", "../secret", "nl")
