"""Invented names. Streets and towns are put together from parts; people bear no real person's name."""

from knooppunt.synthetic.model import Town

_TOWNS = (
    "Rijnderhout", "Vlierhaven", "Oosterduin aan de Lee", "Meerwoude", "Sint-Odulfsdijk",
    "Grootelst", "Zandwijkerveen", "Nieuw-Hazerbroek", "Twistelo", "Hallumerwaard",
    "Vennekerk", "Drostenbeek", "Lageweide-Zuid", "Oudeschouw aan Zee", "Beekerlo",
    "Polsmeerhorn", "Elzenrade", "Wolverhoven", "Kromhoorn", "Steenlo aan de Vaart",
    "Papenrode", "Tienmorgen", "Uilenesch", "Hoge Vorst",
)  # fmt: skip

_STEMS = (
    "Acacia", "Ambacht", "Appel", "Bakker", "Berken", "Beuken", "Bloem", "Boog", "Boter", "Brouwer",
    "Brug", "Buizerd", "Burger", "Distel", "Dorps", "Duin", "Eik", "Els", "Esdoorn", "Fabrieks",
    "Fluiters", "Fuchsia", "Gansen", "Gerst", "Gouden", "Graan", "Grutto", "Haven", "Hazelaar", "Heide",
    "Hof", "Hooi", "Hop", "Houtduif", "Iepen", "Industrie", "Jasmijn", "Kaas", "Kamille", "Kanaal",
    "Karper", "Kastanje", "Kerk", "Kersen", "Kievit", "Klaver", "Klooster", "Koorn", "Koren", "Kruis",
    "Kuiper", "Lange", "Lavendel", "Leeuwerik", "Lelie", "Lijster", "Linden", "Lupine", "Maas", "Markt",
    "Meidoorn", "Merel", "Molen", "Munt", "Nachtegaal", "Narcis", "Noorder", "Ooievaar", "Ooster", "Orchidee",
    "Park", "Peren", "Plataan", "Polder", "Populier", "Prunus", "Raadhuis", "Reiger", "Ring", "Rogge",
    "Rozen", "Schans", "School", "Sering", "Sleutel", "Smeden", "Spaarne", "Specht", "Spinners", "Spoor",
    "Stads", "Stations", "Tarwe", "Tijm", "Toren", "Tuin", "Tulpen", "Valk", "Varen", "Veld",
    "Vennen", "Vink", "Viool", "Visser", "Vlas", "Voor", "Wal", "Water", "Weide", "Wester",
    "Wever", "Wielewaal", "Wilgen", "Zalm", "Zand", "Zilver", "Zonne", "Zuider", "Zwaan", "Zwaluw",
)  # fmt: skip

_ENDINGS = (
    "straat",
    "laan",
    "weg",
    "hof",
    "plein",
    "pad",
    "singel",
    "dreef",
    "kade",
    "steeg",
    "gaarde",
    "ring",
    "oord",
    "burg",
)

GIVEN_NAMES = (
    "Aafke", "Bram", "Cato", "Dirk", "Esmée", "Femke", "Gijs", "Hanna", "Ilse", "Jorn", "Karim", "Lotte", "Milan",
    "Noor", "Okke", "Puck", "Quinten", "Rosa", "Samira", "Teun", "Umar", "Vera", "Wout", "Xander", "Yara", "Zoë",
)  # fmt: skip

SURNAMES = (
    "Achterkamp", "Bovenlander", "Coppenhagen", "Dijkgravenburg", "Elderhorstink", "Fonteijnse", "Graanoogst",
    "Hazelwinkelman", "Immerzeelder", "Jongebreurs", "Kortewegen", "Lindeboogaard", "Meerestein", "Noordkapper",
    "Oosterlingh", "Pannekoekwater", "Quartelaer", "Roosenboomgaard", "Steenpoorte", "Torenvlieter", "Uytdehaage",
    "Vlasbloemen", "Wolkenfelt", "IJzerdraater", "Zilverschoone", "Zomerdijker",
)  # fmt: skip

_NEIGHBOURHOODS = (
    "Centrum", "Molenwijk", "Oude Haven", "Vogelbuurt", "Kloosterkwartier", "De Weide", "Bloemenbuurt", "Stationsbuurt",
    "Zeeheldenbuurt", "Westerpark", "Rivierenbuurt", "Schildersbuurt", "Oosterenk", "Componistenbuurt", "De Plantage",
    "Lindenhof", "Waterkwartier", "Kerkebuurt", "Zonnehoek", "De Hoogt", "Tuindorp", "Singelkwartier", "Notarisbos",
    "Het Nieuwland", "Schansbuurt", "Vissersbuurt",
)  # fmt: skip
_NEIGHBOURHOOD_ENDINGS = ("buurt", "kwartier", "veld", "hoek", "park", "rode", "dal", "wijk")
_HAMLETS = (
    "Achterdijk", "Lageveen", "De Kromme Hoek", "Hoogerend", "Buitenweg", "Slikkerdijk", "Veldzicht", "Ossenmade",
    "Rietwal", "Zwanenbroek", "De Drie Hoeven", "Noordermeent",
)  # fmt: skip
_ESTATES = (
    "De Ketting", "Ambachtshoek", "De Vlonder", "Spoorzone", "Havenzicht", "De Sluis", "Overmeer", "Het Ankerpunt",
)  # fmt: skip

_BUSINESS_WORDS = (
    "Alba", "Borg", "Castor", "Delta", "Etna", "Faro", "Gaia", "Helix", "Iris", "Juno", "Kompas", "Lumen", "Mira",
    "Nova", "Orbis", "Prisma", "Quadrant", "Rivo", "Saturn", "Terra", "Unda", "Vector", "Wende", "Xeno", "Zenit",
)  # fmt: skip

_BUSINESS_ENDINGS = (
    "Groep",
    "& Zn.",
    "Noord",
    "Diensten",
    "Holland",
    "Service",
    "Totaal",
    "Point",
    "Huis",
    "Plus",
    "Oost",
)

_FORBIDDEN_LETTERS = frozenset({"SA", "SD", "SS"})
"""Pairs of letters that are never given out in postcodes (PostNL)."""

_LETTERS = tuple(a + b for a in "ABCDEGHJKLNPRSTVWXZ" for b in "ABCDEGHJKLNPRSTVWXZ" if a + b not in _FORBIDDEN_LETTERS)

RESIDENTS_PER_TOWN = 45_000


def town_of(neighbourhood: int, towns: int) -> Town:
    """The town a neighbourhood belongs to; the first town is the municipality's own."""
    index = neighbourhood % towns
    return Town(id=f"{9901 + index}", name=_TOWNS[index])


def number_of_towns(residents: int) -> int:
    """One town for every 45,000 residents, at most as many as there are names."""
    return max(1, min(len(_TOWNS), residents // RESIDENTS_PER_TOWN))


def towns_of(residents: int) -> list[Town]:
    """All towns of a municipality of this size."""
    count = number_of_towns(residents)
    return [town_of(index, count) for index in range(count)]


def street_name(index_in_town: int) -> str:
    """A name no other street of the town has (1,680 plain ones, then with an adjective)."""
    plain = len(_STEMS) * len(_ENDINGS)
    # 37 and 1,680 share no factor, so the walk visits every combination once.
    place = index_in_town * 37 % plain
    name = _STEMS[place % len(_STEMS)] + _ENDINGS[place // len(_STEMS)]
    adjective = ("", "Nieuwe ", "Oude ", "Kleine ", "Grote ", "Verlengde ", "Hoge ")[index_in_town // plain]
    return adjective + name


def neighbourhood_name(index: int) -> str:
    """The name of the `index`-th ordinary neighbourhood; the first is that of the middle. No two are the same."""
    if index < len(_NEIGHBOURHOODS):
        return _NEIGHBOURHOODS[index]
    made = [stem + ending for ending in _NEIGHBOURHOOD_ENDINGS for stem in _STEMS]
    free = [name for name in made if name not in _NEIGHBOURHOODS]
    turn, place = divmod(index - len(_NEIGHBOURHOODS), len(free))
    return free[place * 37 % len(free)] + (f" {turn + 1}" if turn else "")


def hamlet_name(index: int) -> str:
    """The name of the `index`-th hamlet."""
    turn, place = divmod(index, len(_HAMLETS))
    return _HAMLETS[place] + (f" {turn + 1}" if turn else "")


def estate_name(index: int) -> str:
    """The name of the `index`-th business park."""
    turn, place = divmod(index, len(_ESTATES))
    return f"Bedrijventerrein {_ESTATES[place]}" + (f" {turn + 1}" if turn else "")


def postcode(index: int) -> str:
    """The `index`-th postcode: each belongs to one stretch of one street."""
    return f"{6100 + index // len(_LETTERS)}{_LETTERS[index % len(_LETTERS)]}"


def business_name(index: int, branch: str) -> str:
    """A made-up trade name; the number keeps it unlike any firm's."""
    word = _BUSINESS_WORDS[index % len(_BUSINESS_WORDS)]
    ending = _BUSINESS_ENDINGS[index // len(_BUSINESS_WORDS) % len(_BUSINESS_ENDINGS)]
    return f"{branch} {word} {ending} {index % 997}"
