"""What happens to a street's or a town's name: cut short, misspelt, misheard, glued, split."""

from random import Random

_ENDINGS = {
    "straat": ("str.", "str", "st.", "straa"), "laan": ("ln", "ln.", "ln"), "weg": ("wg", "wg."),
    "plein": ("pln", "pln.", "pl."), "singel": ("sngl", "sgl.", "sngl."), "kade": ("kd", "kd."),
    "dreef": ("dr.", "drf"), "plantsoen": ("plnts", "plants."), "dijk": ("dk", "dk."), "steeg": ("stg", "stg."),
    "gracht": ("gr.", "gr"), "hof": ("hf",),
}  # fmt: skip
_WORDS = {
    "burgemeester": ("burg.", "burg", "bgm.", "b."), "van": ("v.", "v"), "de": ("d.", "d"), "den": ("d.",),
    "der": ("d.",), "prins": ("pr.", "pr"), "monseigneur": ("mgr.", "mgr", "mons."), "sint": ("st.", "st"),
    "nieuwe": ("nwe", "nwe.", "nw."), "grote": ("gr.", "gr"), "kleine": ("kl.", "kl"), "oude": ("o.", "oude"),
    "pastoor": ("past.", "past"), "dokter": ("dr.",), "president": ("pres.", "pres"), "professor": ("prof.", "prof"),
    "noordelijk": ("ndl.", "noord."), "zuidelijk": ("zdl.", "zuid."), "korte": ("k.", "kte"), "lange": ("l.", "lge"),
    "verlengde": ("verl.", "verl"), "hoge": ("hge", "h."), "bedrijventerrein": ("bedr.terr.", "bt"),
}  # fmt: skip
_TWO = {"van de": ("v.d.", "vd", "v/d"), "van der": ("v.d.", "vd", "v/d"), "van den": ("v.d.", "v/d")}
_KEYS = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_SOUNDS = (
    ("ij", "ei"), ("ei", "ij"), ("ou", "au"), ("au", "ou"), ("c", "k"), ("k", "c"), ("f", "v"), ("v", "f"),
    ("s", "z"), ("z", "s"), ("cht", "gt"), ("th", "t"), ("ae", "aa"), ("ph", "f"), ("y", "i"), ("sch", "sg"),
    ("dt", "t"), ("ks", "x"), ("uy", "ui"), ("oo", "o"), ("ee", "e"), ("nd", "nt"),
)  # fmt: skip
_ARTICLES = ("de ", "het ", "den ", "te ", "burgemeester ", "pastoor ", "monseigneur ", "van ", "prins ")
_FIRST_NAMES = frozenset({"willem", "juliana", "theo", "philippus", "freek", "barend", "schout", "wilhelmina", "flugi"})


def _like(pattern: str, text: str) -> str:
    """`text` with a capital where `pattern` begins with one."""
    return text.capitalize() if pattern[:1].isupper() else text


def short_ending(name: str, rng: Random) -> str:
    """`Kerkstraat` → `Kerkstr.`."""
    for ending, choices in _ENDINGS.items():
        if name.lower().endswith(ending) and len(name) > len(ending) + 1:
            return name[: -len(ending)] + rng.choice(choices)
    return name


def short_word(name: str, rng: Random) -> str:
    """`Burgemeester van de Venstraat` → `Burg. v.d. Venstraat`."""
    lower = f" {name.lower()} "
    for words, choices in _TWO.items():
        place = lower.find(f" {words} ")
        if place >= 0 and rng.random() < 0.7:
            return (name[:place] + rng.choice(choices) + name[place + len(words) :]).strip()
    words_of = name.split()
    candidates = [place for place, word in enumerate(words_of[:-1]) if word.lower() in _WORDS]
    for place in candidates[: 1 + (rng.random() < 0.5)]:
        words_of[place] = _like(words_of[place], rng.choice(_WORDS[words_of[place].lower()]))
    return " ".join(words_of)


def lost(name: str, rng: Random) -> str:
    """One letter less."""
    place = rng.randrange(1, len(name)) if len(name) > 4 else 0
    return name[:place] + name[place + 1 :] if place and name[place].isalpha() else name


def doubled(name: str, rng: Random) -> str:
    """One letter twice, or one from the next key."""
    place = rng.randrange(len(name))
    extra = name[place].lower() if rng.random() < 0.7 else rng.choice(_KEYS.get(name[place].lower(), "e"))
    return name[: place + 1] + extra + name[place + 1 :] if extra.isalpha() else name


def swapped(name: str, rng: Random) -> str:
    """Two letters in the wrong order."""
    place = rng.randrange(len(name) - 1)
    one, other = name[place], name[place + 1]
    if not (one.isalpha() and other.isalpha()) or one.lower() == other.lower():
        return name
    return name[:place] + _like(one, other.lower()) + one.lower() + name[place + 2 :]


def next_key(name: str, rng: Random) -> str:
    """One letter from the key beside it."""
    place = rng.randrange(len(name))
    beside = _KEYS.get(name[place].lower())
    return name[:place] + _like(name[place], rng.choice(beside)) + name[place + 1 :] if beside else name


def by_ear(name: str, rng: Random) -> str:
    """`Kleine Steeg` → `Kleine Zteeg`, as somebody writes down what was said."""
    fitting = [(a, b) for a, b in _SOUNDS if a in name.lower()[1:]]
    if not fitting:
        return name
    sound, other = rng.choice(fitting)
    place = name.lower().index(sound, 1)
    return name[:place] + other + name[place + len(sound) :]


def glued(name: str, rng: Random) -> str:
    """Two words as one."""
    return name.replace(" ", "" if rng.random() < 0.7 else "-", 1)


def split(name: str, _: Random) -> str:
    """`Kerkstraat` → `Kerk straat`."""
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 2:
            return f"{name[: -len(ending)]} {ending}"
    return name


def initials(name: str, rng: Random) -> str:
    """`Willem de Zwijgerlaan` → `W. de Zwijgerlaan`."""
    first, _, rest = name.partition(" ")
    if not rest or first.lower() not in _FIRST_NAMES:
        return name
    return f"{first[0]}. {rest}" if rng.random() < 0.6 else f"{first[0]} {rest}"


def without_article(name: str, _: Random) -> str:
    """`De Bleek` → `Bleek`; `Burgemeester Keiserplein` → `Keiserplein`."""
    for article in _ARTICLES:
        if name.lower().startswith(article):
            rest = name[len(article) :]
            return rest[:1].upper() + rest[1:]
    return name


def town_cut(name: str, rng: Random) -> str:
    """A town cut short, or with one letter wrong."""
    if " aan " in name and rng.random() < 0.6:
        return name.replace(" aan de ", rng.choice((" a/d ", " a.d. "))).replace(" aan ", rng.choice((" a. ", " ")))
    draw = rng.random()
    if draw < 0.2 and len(name) > 7:
        return f"{name[:4]}."
    return rng.choice((lost, doubled, swapped, next_key))(name, rng)
