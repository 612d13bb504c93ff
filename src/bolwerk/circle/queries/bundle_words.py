"""What the fields of bundles are called on the screen. A field without a word is shown by its own name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "bytes": _("Bytes"),
    "code": _("Code"),
    "cost_class": _("Money in the first year"),
    "groups": _("For whom, to search by"),
    "known": _("What is known"),
    "known_by": _("How it is known"),
    "language": _("Written in"),
    "licence": _("Licence"),
    "materials": _("Files"),
    "name": _("Name"),
    "nl": _("Dutch"),
    "en": _("English"),
    "number": _("Version"),
    "provenance": _("Written by"),
    "sha256": _("Digest (SHA-256)"),
    "sizes": _("For municipalities"),
    "target": _("For whom"),
    "texts": _("Words"),
    "title": _("Title"),
    "adapted": _("Changed"),
    "answers": _("Answers"),
    "by": _("Said by"),
    "card": _("Card"),
    "conditions": _("Conditions"),
    "contact": _("Who you can call"),
    "cost": _("Cost"),
    "employees": _("Employees"),
    "evidence": _("Evidence"),
    "experience": _("Experience"),
    "goals": _("Goals"),
    "hours": _("Hours"),
    "kind": _("Kind"),
    "made_at": _("Made at"),
    "circle": _("Circle"),
    "municipalities": _("Municipalities"),
    "municipality": _("Municipality"),
    "off_by": _("A figure can be off by"),
    "outcome": _("What came of it"),
    "problem": _("Problem"),
    "quarter": _("Quarter"),
    "quarters": _("Quarters"),
    "question": _("Question"),
    "quote": _("Quote"),
    "reports": _("Reports"),
    "result": _("Result"),
    "rounding_base": _("Rounded to multiples of"),
    "schema": _("Schema"),
    "smallest_group": _("Smallest group"),
    "solved": _("Solved"),
    "sources": _("Sources"),
    "started_on": _("Started on"),
    "state": _("State"),
    "steps": _("Steps"),
    "stopped_on": _("Stopped on"),
    "text": _("Text"),
    "theme": _("Theme"),
    "themes": _("Themes"),
    "transferability": _("Use elsewhere"),
    "version": _("Version"),
    "why_stopped": _("Why it stopped"),
    "year": _("Year"),
}
VALUES: dict[object, str | Promise] = {None: _("hidden"), True: _("yes"), False: _("no")}
KINDS: dict[str, str | Promise] = {
    "card": _("Card of the library"),
    "lesson": _("Lesson"),
    "handout": _("Short guide"),
    "question": _("Question and answers"),
    "adoption": _("What became of a card"),
    "benchmark": _("Figures for a benchmark"),
    "pool": _("Figures of a circle together"),
    "case": _("Case"),
}


def word_of(name: object) -> str:
    """The word for a field, or for a value that is no text."""
    if name is None or isinstance(name, bool):
        return str(VALUES[name])
    return str(WORDS.get(str(name), name))


def kind_word(code: str) -> str:
    """What a kind of item is called."""
    return str(KINDS.get(code, code))
