"""Branch groups: what counts as "the same kind of business".

KVK moved from SBI 2008 to SBI 2025 in September 2025 and about four in five companies got another
code, so a finding compares groups, never raw codes. A group is named here for both versions by the
beginning of its codes; a code that no group claims is grouped by its first four digits (the class).
Sources: SBI 2008 (CBS); SBI 2025 follows NACE Rev. 2.1 (Delegated Regulation (EU) 2023/137).
"""

from typing import NamedTuple

CLASS_DIGITS = 4


class Branch(NamedTuple):
    """One branch group: its stable code, its names, and its code beginnings per SBI version."""

    code: str
    name_nl: str
    name_en: str
    sbi_2008: tuple[str, ...]
    sbi_2025: tuple[str, ...]


BRANCHES = (
    Branch("car-trade", "autohandel", "car trade", ("451",), ("4671", "4781")),
    Branch("car-repair", "autoreparatie en -onderhoud", "car repair", ("452",), ("9531",)),
    Branch("car-rental", "autoverhuur", "car rental", ("7711", "7712"), ("7711", "7712")),
    Branch("telecom-shop", "telecom- en computerwinkels", "phone and computer shops", ("4741", "4742"), ("474",)),
    Branch("jeweller", "juweliers", "jewellers", ("4777",), ("4777",)),
    Branch("second-hand", "tweedehandswinkels", "second-hand shops", ("4779",), ("4779",)),
    Branch("off-licence", "slijterijen", "off-licences", ("4725",), ("4725",)),
    Branch("grocer", "supermarkten en avondwinkels", "grocers and late shops", ("4711",), ("4711",)),
    Branch("clothing", "kledingwinkels", "clothing shops", ("4771",), ("4771",)),
    Branch("restaurant", "restaurants en snackbars", "restaurants and snack bars", ("561",), ("561",)),
    Branch("cafe", "cafés", "cafés and bars", ("563",), ("563",)),
    Branch("hairdresser", "kappers", "hairdressers", ("96021",), ("9621",)),
    Branch("beauty", "schoonheids- en nagelsalons", "beauty and nail salons", ("96022",), ("9622",)),
    Branch("massage", "sauna's en massagesalons", "saunas and massage parlours", ("9604",), ("9623",)),
    Branch("travel", "reisbureaus", "travel agencies", ("7911",), ("7911",)),
    Branch("temp-work", "uitzendbureaus", "employment agencies", ("782",), ("782",)),
    Branch("cleaning", "schoonmaak", "cleaning", ("812",), ("812",)),
    Branch("security", "beveiliging", "security", ("801",), ("800", "801")),
    Branch("courier", "koeriers", "couriers", ("532",), ("532",)),
    Branch("road-haulage", "goederenvervoer over de weg", "road haulage", ("494",), ("494",)),
    Branch("storage", "opslag", "storage", ("521",), ("521",)),
    Branch("home-care", "thuiszorg en begeleiding", "home care", ("8810",), ("881",)),
    Branch("holding", "holdings", "holding companies", ("642",), ("642",)),
    Branch("consultancy", "organisatieadvies", "business consultancy", ("7022",), ("702",)),
    Branch("real-estate-letting", "verhuur van vastgoed", "letting of real estate", ("682",), ("682",)),
)

HORECA = ("restaurant", "cafe")
"""Places open to guests; catering has none."""

CARE = ("86", "87", "88")
"""Care and welfare, by the first two digits in both versions (domain rule ZRG-01)."""

FARMING = ("01",)
"""Agriculture, by the first two digits in both versions."""

CARS = ("car-trade", "car-repair")
"""What an RDW recognition is for (DOOK, datarol Autobranche: SBI 45)."""

NEEDS_ROOM = ("car-trade", "car-repair", "storage", "road-haulage")
"""Businesses that do not fit in a home or a small room (domain rule BED-03)."""


def branch_of(sbi: str, version: str) -> str:
    """The group of one code: the group with the longest matching beginning, else the class."""
    best = ("", "")
    for branch in BRANCHES:
        for start in branch.sbi_2025 if version == "2025" else branch.sbi_2008:
            if sbi.startswith(start) and len(start) > len(best[0]):
                best = (start, branch.code)
    return best[1] or f"sbi-{sbi[:CLASS_DIGITS]}"


def branch_name(code: str, language: str) -> str:
    """What to call a group on screen; a group that is only a class is called by its number."""
    for branch in BRANCHES:
        if branch.code == code:
            return branch.name_nl if language == "nl" else branch.name_en
    if code.startswith("sbi25-"):
        return f"SBI 2025 {code.removeprefix('sbi25-')}"
    return f"SBI {code.removeprefix('sbi-')}"
