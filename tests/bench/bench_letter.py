"""Setting a letter with a logo: `python -m tests.bench.bench_letter [rounds]`.

The bar (issue 3): a letter with logo in at most twice an empty Typst document. The empty document is compiled as
anybody would, `typst.compile(…)`, which reads the fonts of the machine; and, harder, by our own way of doing it: fonts
read before, the same standard (PDF/UA-1). The letter is the product's own path from values to PDF, with other words
each time, so that nothing is remembered. All take turns within one process; ratios are of medians.
"""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import typst

from tests.bench.result import Figure, middle, write

ROUNDS = 60
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EMPTY = b'#set document(title: "Leeg")'
TEXT = """Beste Sanne,

Op maandag meldde je iets, voor de {number}e keer. Goed dat je dit hebt gemeld.

## Wat er nu gebeurt
- Je leidinggevende neemt contact met je op.
- Je krijgt een gesprek aangeboden.

""" + ("Praat erover, ook als het pas later komt. " * 6)


def timed(work: Callable[[], Any]) -> float:
    """The seconds that it takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def letter(number: int) -> dict[str, Any]:
    """The data of a letter of one page, with a logo."""
    from bolwerk.demo.pictures import logo
    from bolwerk.documents.queries.letters import drawing_of
    from bolwerk.documents.rules.letters import blocks_of

    return {
        "language": "nl",
        "region": "nl",
        "municipality": "Zilverdam",
        "logo": drawing_of(logo()),
        "logo_alt": "Logo van Zilverdam",
        "accent": "#0a5560",
        "fonts": ["Libertinus Serif"],
        "footer": "Zilverdam",
        "words": {"page": "Pagina", "of": "van"},
        "subject": f"Je melding {number} is binnen",
        "to": ["Persoonlijk", "Sanne de Wit", "Burgerzaken"],
        "references": [("Datum", "maandag 23 november 2026"), ("Ons kenmerk", f"K7QX-{number:04d}")],
        "blocks": blocks_of(TEXT.replace("{number}", str(number))),
        "closing": "Met vriendelijke groet,",
        "sender": ["Carla Vos"],
        "sections": [],
        "figures": [],
    }


def main() -> None:
    """Take turns and write the medians down."""
    import django

    django.setup()
    from bolwerk.documents import typesetting
    from bolwerk.documents.queries.templates import layout_of
    from bolwerk.documents.rules import Kind

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    sources, fonts = layout_of(Kind.LETTER), Path("nowhere")
    same_way = {"main.typ": EMPTY.decode()}
    taken: dict[str, list[float]] = {"letter": [], "empty": [], "empty our way": [], "pages": []}
    for number in range(rounds):
        data = letter(number)
        taken["letter"].append(timed(partial(typesetting.pdf_of, sources, data, fonts=fonts, at=NOW)))
        taken["empty"].append(timed(lambda: typst.compile(EMPTY)))
        taken["empty our way"].append(timed(lambda: typesetting.pdf_of(same_way, {}, fonts=fonts, at=NOW)))
        taken["pages"].append(timed(partial(typesetting.pages_of, sources, data, fonts=fonts)))
    medians = {name: middle(seconds) for name, seconds in taken.items()}
    figures: dict[str, Figure] = {f"{name}, milliseconds": 1000 * seconds for name, seconds in medians.items()}
    figures |= {
        "letter ÷ empty document": medians["letter"] / medians["empty"],
        "letter ÷ empty document, fonts read before": medians["letter"] / medians["empty our way"],
        "bar": 2,
    }
    print(write("letter", figures).read_text(encoding="utf-8"))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolwerk.config.settings")
    with TemporaryDirectory(prefix="bolwerk-bench-") as folder:
        os.environ.setdefault("BOLWERK_DIR", folder)
        main()
