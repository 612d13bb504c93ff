"""Names that are put together, with shares as in a real register: few are common, most are rare."""

from random import Random

_ONSETS = (
    "B",
    "Br",
    "D",
    "Dr",
    "G",
    "Gr",
    "H",
    "J",
    "K",
    "Kl",
    "L",
    "M",
    "N",
    "P",
    "R",
    "S",
    "Sch",
    "St",
    "T",
    "V",
    "W",
    "Z",
)
_VOWELS = ("a", "aa", "e", "ee", "ie", "ij", "o", "oe", "oo", "ou", "u", "ui", "ei", "au")
_MIDDLES = ("b", "d", "k", "l", "m", "n", "r", "s", "t", "v", "nd", "rt", "lk", "st", "ss", "kk", "mm", "cht")
_ENDS = (
    "",
    "a",
    "en",
    "er",
    "ma",
    "stra",
    "inga",
    "sen",
    "mans",
    "kamp",
    "huis",
    "veld",
    "berg",
    "dijk",
    "horst",
    "boom",
    "aar",
    "ink",
)
PREFIXES = (
    ("", 68),
    ("van", 10),
    ("de", 9),
    ("van der", 5),
    ("van den", 3),
    ("van de", 2),
    ("ter", 1),
    ("ten", 1),
    ("den", 1),
)
SURNAMES = 50_000

GIVEN = (
    "Johannes", "Maria", "Cornelis", "Anna", "Johanna", "Hendrik", "Elisabeth", "Petrus", "Willem", "Cornelia",
    "Jacobus", "Wilhelmina", "Pieter", "Adriana", "Gerrit", "Catharina", "Antonius", "Margaretha", "Wilhelmus",
    "Hendrika", "Theodorus", "Petronella", "Franciscus", "Geertruida", "Martinus", "Helena", "Nicolaas", "Jacoba",
    "Gerardus", "Theresia", "Sanne", "Daan", "Lotte", "Bram", "Femke", "Sem", "Noor", "Thijmen", "Iris", "Ruben",
    "Fleur", "Stijn", "Roos", "Jesse", "Mila", "Finn", "Yara", "Milan", "Evi", "Levi", "Samira", "Mohammed",
    "Fatima", "Ahmed", "Aylin", "Yusuf", "Naomi", "Jayden", "Esther", "Mark", "Linda", "Dennis", "Monique",
    "Jeroen", "Marieke", "Sander", "Wendy", "Patrick", "Ingrid", "Frank", "Astrid", "Erik", "Yvonne", "Bas",
    "Saskia", "Rick", "Kimberly", "Niels", "Marloes", "Joris", "Anouk", "Tim", "Lisa", "Koen", "Eline", "Rens",
    "Maud", "Teun", "Puck", "Gijs", "Jorn", "Aafke", "Okke", "Wout", "Tess", "Lieke",
)  # fmt: skip
CALLED = {
    "Johannes": ("Jan", "Hans", "Joop"), "Maria": ("Ria", "Mieke", "Marijke"), "Cornelis": ("Kees", "Cor"),
    "Johanna": ("Joke", "Hanneke"), "Hendrik": ("Henk", "Rik"), "Elisabeth": ("Els", "Liesbeth", "Betty"),
    "Petrus": ("Peter", "Piet"), "Willem": ("Wim",), "Cornelia": ("Corrie", "Nel"),
    "Jacobus": ("Jaap", "Koos", "Sjaak"), "Wilhelmina": ("Willy", "Mien"), "Pieter": ("Piet", "Peter"),
    "Catharina": ("Karin", "Toos"), "Gerrit": ("Ger",), "Antonius": ("Ton", "Toon"),
    "Margaretha": ("Greet", "Margriet"), "Wilhelmus": ("Wim", "Willem"), "Hendrika": ("Rika", "Henny"),
    "Theodorus": ("Theo",), "Petronella": ("Nel", "Petra"), "Franciscus": ("Frans", "Frank"),
    "Geertruida": ("Truus", "Trudy"), "Martinus": ("Martin", "Tinus"), "Helena": ("Leny", "Heleen"),
    "Nicolaas": ("Nico", "Klaas"), "Gerardus": ("Gerard", "Ger"), "Theresia": ("Thea", "Trees"),
    "Anna": ("Anneke", "Annie"), "Adriana": ("Ada", "Adri"), "Jacoba": ("Coby",),
}  # fmt: skip


def surnames(seed: int) -> list[tuple[str, str]]:
    """Distinct surnames with their tussenvoegsel, the common ones first."""
    rng = Random(seed)  # noqa: S311  fiction
    kinds, weights = [p for p, _ in PREFIXES], [w for _, w in PREFIXES]
    out: dict[tuple[str, str], None] = {}
    while len(out) < SURNAMES:
        name = rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_MIDDLES)
        if rng.random() < 0.35:
            name += rng.choice(_VOWELS) + rng.choice(_MIDDLES)
        out[rng.choices(kinds, weights)[0], name + rng.choice(_ENDS)] = None
    return list(out)
