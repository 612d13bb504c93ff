"""Makes 500 Dutch case texts with planted identifiers: seeded, fictional, BSNs in the range 9999xxxxx.

What fails on `held_out.txt` is never looked at to improve the recognisers: it stays failed until a new held-out half is
written (ADR 33).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from stdnum.nl import bsn

HERE = Path(__file__).parent
EACH = 250
PHONES = (
    "06-{0}{1}", "06 {2} {3} {4} {5}", "+31 6 {0}{1}", "+31(0)6-{0}{1}", "(010) {6} {2} {3}", "010-{0}{6}",
    "0031 6 {0} {1}", "06.{2}.{3}.{4}.{5}", "0348 - {2} {3} {4}", "088 {6} {2} {3}",
)  # fmt: skip
PLATES = (
    "{a}{b}-{2}-{3}",
    "{2}-{a}{b}{c}-{d}",
    "{d}-{a}{b}{c}-{2}",
    "{a}-{6}-{b}{c}",
    "{a}{b}-{6}-{c}",
    "{2}{a}{b}{c}{d}",
)

IBANS = ("NL91 ABNA 0417 1643 00", "NL91ABNA0417164300", "NL02 RABO 0123 4567 89", "BE71 0961 2345 6769")


@dataclass(frozen=True)
class Labelled:
    """A text and where its identifiers stand: (start, end, kind)."""

    text: str
    planted: tuple[tuple[int, int, str], ...]


def _parts(half: str) -> dict[str, list[str]]:
    blocks = re.split(r"^# ", (HERE / f"{half}.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {block.split("\n", 1)[0].split()[-1].lower(): block.split("\n", 1)[1].strip() for block in blocks}
    return {name: text.splitlines() if name == "sentences" else text.split("|") for name, text in found.items()}


def _filled(form: str, random: Random) -> str:
    digits = [f"{random.randint(1000, 9999)}" for _ in range(2)] + [f"{random.randint(11, 99)}" for _ in range(4)]
    letters = {one: random.choice("BDFGHJKLNPRSTVXZ") for one in "abc"}
    return form.format(*digits, str(random.randint(200, 999)), **letters, d=random.randint(1, 9))


def _bsn(random: Random) -> str:
    while True:
        number = f"9999{random.randint(0, 99999):05d}"
        if bsn.is_valid(number):
            return random.choice(
                (number, f"{number[:4]}.{number[4:6]}.{number[6:]}", f"{number[:3]} {number[3:6]} {number[6:]}")
            )


def _makers(parts: dict[str, list[str]], random: Random) -> dict[str, tuple[str, Callable[[], str]]]:
    def given() -> str:
        return random.choice(parts["given"])

    def surname() -> str:
        return random.choice(parts["surname"])

    def address() -> str:
        number = (
            f"{random.choice(parts['streets'])} {random.randint(1, 240)}{random.choice(['', '', 'a', '-2', ' bis'])}"
        )
        return number + random.choice(["", f", {random.randint(1000, 9999)} {random.choice(['KL', 'BX', 'GH'])}"])

    return {
        "naam": ("name", lambda: f"{given()} {surname()}"),
        "voornaam": ("name", given),
        "achternaam": ("name", surname),
        "heer": ("name", lambda: random.choice(["de heer ", "mevrouw ", "dhr. ", "meneer "]) + surname()),
        "klein": ("name", lambda: f"{given()} {surname()}".lower()),
        "achternaamklein": ("name", lambda: surname().lower()),
        "initialen": ("name", lambda: f"{random.choice(['J.', 'M.A.', 'P.J.', 'S. '])} {surname()}".replace("  ", " ")),
        "bsn": ("bsn", lambda: _bsn(random)),
        "tel": ("phone", lambda: _filled(random.choice(PHONES), random)),
        "mail": (
            "email",
            lambda: f"{given().lower()}{random.choice(['.', '_', ''])}{random.randint(1, 99)}@mail.example",
        ),
        "adres": ("address", address),
        "kenteken": ("plate", lambda: _filled(random.choice(PLATES), random)),
        "kvk": ("kvk", lambda: f"{random.randint(10_000_000, 99_999_999)}"),
        "iban": ("iban", lambda: random.choice(IBANS)),
        "account": ("account", lambda: f"@{given().lower().replace('-', '')}{random.randint(1, 99)}"),
    }


def _text(parts: dict[str, list[str]], random: Random) -> Labelled:
    makers, text, planted = _makers(parts, random), "", []
    for sentence in random.sample(parts["sentences"], 5):
        for piece in re.split(r"(\{\w+\})", sentence):
            kind, make = makers.get(piece.strip("{}"), ("", lambda: ""))
            words = make() if kind else piece
            if kind:
                title = re.match(r"(?:de heer|mevrouw|dhr\.|meneer) ", words) if kind == "name" else None
                planted.append((len(text) + (title.end() if title else 0), len(text) + len(words), kind))
            text += words
        text += " " if text.endswith((".", "?", "!", '"')) else "\n"
    return Labelled(text.strip(), tuple(planted))


@cache
def half(name: str) -> tuple[Labelled, ...]:
    """The texts of `tuning` or `held_out`: always the same."""
    parts, random = _parts(name), Random(f"leerkring {name}")
    return tuple(_text(parts, random) for _ in range(EACH))
