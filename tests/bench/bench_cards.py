"""Searching in a library of 5,000 cards, as its page does: typing errors, facets with counts, marked words (issue 5).

The cards are the starting library many times over, each with made-up words, so that there are as many distinct words as
in a library that many people wrote. Beside it stands what plain containment would take that forgives nothing.
"""

import os
import tempfile
from dataclasses import replace
from itertools import cycle, islice
from random import Random
from statistics import median, quantiles
from time import perf_counter
from uuid import UUID

from tests.bench.result import Figure, write

CARDS, QUESTIONS = 5_000, 400
PLAIN = ("norm", "huisbezoek", "brief dader", "nazorg gesprek", "vier ogen", "leerkring beginnen", "phishing")
SYLLABLES = ("ba", "do", "ge", "hu", "ke", "la", "mi", "no", "pe", "ru", "sa", "ti", "vo", "kar", "mel", "dor", "gin")


def wrong(words: str, dice: Random) -> str:
    """The same with one letter left out, doubled or swapped, as somebody types who is in a hurry."""
    place = dice.randrange(1, len(words) - 1)
    letters = words[place]
    return words[:place] + dice.choice(["", letters * 2, words[place + 1] + letters]) + words[place + 1 :]


def measure(folder: str) -> dict[str, Figure]:
    """Build the library, ask it questions, and return milliseconds."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "bolwerk.config.settings", "BOLWERK_DIR": folder}
    import django

    django.setup()
    from bolwerk.circle.queries.library import FACETS, Entry, built, search
    from bolwerk.circle.queries.library_files import shipped_cards
    from bolwerk.circle.rules.cards import CardContent

    dice = Random(5)

    def own(card: CardContent, number: int) -> CardContent:
        made = " ".join("".join(dice.choices(SYLLABLES, k=4)) for _ in range(12))
        text = card.texts["nl"]
        told = replace(text, title=f"{text.title} {number}", experience=f"{text.experience} {made}")
        return replace(card, code=f"{card.code}-{number}", texts={**card.texts, "nl": told})

    cards = [own(card, number) for number, card in enumerate(islice(cycle(shipped_cards()), CARDS))]
    begin = perf_counter()
    shelf = built([Entry(UUID(int=number), card) for number, card in enumerate(cards)])
    build = perf_counter() - begin
    facets = tuple(replace(one, choices=list) if one.name == "theme" else one for one in FACETS)  # no database here
    taken: dict[str, list[float]] = {"plain": [], "typing_error": [], "everything": []}
    for _ in range(QUESTIONS):
        words = dice.choice(PLAIN)
        for kind, asked in (("plain", words), ("typing_error", wrong(words, dice)), ("everything", "")):
            begin = perf_counter()
            search(shelf, words=asked, given={"evidence": "described"}, path="/", facets=facets)
            taken[kind].append((perf_counter() - begin) * 1000)
    texts = [" ".join(text.title + text.problem for text in card.texts.values()).lower() for card in cards]
    begin = perf_counter()
    found = sum("huisbezoek" in text for text in texts)
    plain_scan = (perf_counter() - begin) * 1000
    figures: dict[str, Figure] = {"cards": CARDS, "distinct_words": len(shelf.index.vocabulary), "build_s": build}
    for kind, times in taken.items():
        figures |= {f"{kind}_median_ms": median(times), f"{kind}_p95_ms": quantiles(times, n=20)[-1]}
    return figures | {"containment_of_titles_ms": plain_scan, "containment_found": found}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        write("cards", measure(place))
