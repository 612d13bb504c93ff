"""Texts of letters: gaps, marks, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from bolwerk.documents.rules import Kind
from bolwerk.documents.rules.letters import Facts, Section, Template, begun, blocks_of, filled


def test_gaps_are_filled_once_and_unknown_ones_stay_to_be_seen() -> None:
    words = {"name": "{municipality}", "municipality": "Zilverdam"}
    assert filled("Beste {name}, {unknown} {municipality} {Name} {0} {a.b}", words) == (
        "Beste {municipality}, {unknown} Zilverdam {Name} {0} {a.b}"
    )


def test_paragraphs_lists_and_headings_are_told_apart() -> None:
    text = "Beste Sanne,\n\nEen regel\r\nen nog een\n\n## Kop\n- een\n- twee\ndaarna\n\n# geen kop\n* geen punt"
    assert blocks_of(text) == [
        {"kind": "paragraph", "lines": ["Beste Sanne,"]},
        {"kind": "paragraph", "lines": ["Een regel", "en nog een"]},
        {"kind": "heading", "text": "Kop"},
        {"kind": "list", "items": ["een", "twee"]},
        {"kind": "paragraph", "lines": ["daarna"]},
        {"kind": "paragraph", "lines": ["# geen kop", "* geen punt"]},
    ]


@given(st.text(alphabet="ab#- \n\r{}", max_size=200))
def test_no_word_is_lost(text: str) -> None:
    seen = ""
    for block in blocks_of(text):
        seen += "".join([block.get("text", ""), *block.get("items", []), *block.get("lines", [])])
    assert sorted(letter for letter in seen if letter in "ab{}") == sorted(c for c in text if c in "ab{}")


def test_only_a_report_has_sections() -> None:
    facts = Facts({"number": "K7QX"}, [("Datum", "vandaag")], [Section("Feiten", ("Wat", "Hoe"), [("a", "b")])])
    for kind in (Kind.LETTER, Kind.REPORT):
        template = Template("x", "nl", kind, "Titel", "Waarvoor", subject="Over {number}", text="Tekst")
        values = begun(template, facts)
        assert values.subject == "Over K7QX"
        assert bool(values.sections) is (kind is Kind.REPORT)
