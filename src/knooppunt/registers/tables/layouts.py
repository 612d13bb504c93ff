"""The table registers this version knows. Every column is about an object; a new register is an entry here.

What a file calls things is in a mapping; those in `mappings/` are shipped and may be replaced with `--mapping`.
"""

from knooppunt.registers.tables.layout import ADDRESS, POINT, Field, Layout


def _choice(name: str, meaning: str, *words: str) -> Field:
    """A column that must hold one of a few words."""
    return Field(name, "word", meaning, required=True, words=words)


_NUMBER = Field("number", "text", "number of the record in its own system", required=True)
_PERIOD = (
    Field("started_on", "day", "first day it holds"),
    Field("ended_on", "day", "first day it holds no longer"),
)

PERMITS = Layout(
    "permits",
    "permits",
    "Permits (operating, Alcoholwet, room letting)",
    "Vergunningen (exploitatie, Alcoholwet, kamerverhuur)",
    (
        _NUMBER,
        _choice("kind", "what it allows", "horeca", "alcohol", "room_letting", "living", "other"),
        _choice("status", "how it stands", "valid", "requested", "refused", "withdrawn", "expired"),
        *_PERIOD,
        Field("holder_kvk", "kvk", "KVK number of the company that holds it"),
        *ADDRESS,
    ),
    unique=("number",),
)
RDW = Layout(
    "rdw",
    "recognitions",
    "Recognised car companies (RDW)",
    "Erkende autobedrijven (RDW)",
    (
        _NUMBER,
        Field("kind", "word", "the recognition, in RDW's words"),
        Field("kvk", "kvk", "KVK number, where the source gives it"),
        *_PERIOD,
        *ADDRESS,
    ),
)
STREET = Layout(
    "street",
    "observations",
    "Observations from the street",
    "Waarnemingen op straat",
    (
        _NUMBER,
        Field("seen_on", "day", "day it was seen", required=True),
        _choice(
            "kind",
            "what was seen (pick list of RIEC Limburg and Asten)",
            "no_customers",
            "closed_while_in",
            "taped_windows",
            "short_visits",
            "odd_hours",
            "smell",
            "drug_waste",
            "looks_unused",
            "cash_rent",
            "no_care_seen",
            "open_without_permit",
            "other",
        ),
        Field("fact", "yes", "seen by the observer; not: supposed"),
        *ADDRESS,
        *POINT,
    ),
    unique=("number",),
)
REPORTS = Layout(
    "reports",
    "reports",
    "Reports (public space, nuisance, anonymous tips)",
    "Meldingen (openbare ruimte, overlast, anonieme tips)",
    (
        _NUMBER,
        Field("reported_on", "day", "day of the report", required=True),
        Field("category", "word", "what it is about, in the words of the source"),
        _choice("source", "where it came from", "resident", "business", "inspector", "anonymous", "partner", "other"),
        *ADDRESS,
        *POINT,
    ),
    unique=("number",),
)
MEASURES = Layout(
    "measures",
    "measures",
    "Closures and other measures",
    "Sluitingen en andere maatregelen",
    (
        _NUMBER,
        _choice("kind", "the measure", "closure", "withdrawal", "penalty", "warning", "other"),
        *_PERIOD,
        *ADDRESS,
    ),
    unique=("number",),
)
CONTRACTS = Layout(
    "contracts",
    "contracts",
    "Contracted care providers",
    "Gecontracteerde zorgaanbieders",
    (
        _NUMBER,
        Field("provider_kvk", "kvk", "KVK number of the provider", required=True),
        _choice("kind", "under which law", "wmo", "jeugd", "pgb", "other"),
        *_PERIOD,
    ),
    unique=("number",),
)
FIGURES = Layout(
    "figures",
    "figures",
    "Imported aggregates (energy, CBS, Zicht op Ondermijning)",
    "Overgenomen cijfers (energie, CBS, Zicht op Ondermijning)",
    (
        Field("area", "text", "code of the area: BU…, WK…, GM…, or a postcode", required=True),
        Field("indicator", "word", "what was counted or measured", required=True),
        Field("year", "number", "the year it is about", required=True),
        Field("value", "amount", "the figure; empty where the source suppressed it"),
        Field("counted", "number", "out of how many"),
    ),
    unique=("area", "indicator", "year"),
)
NEIGHBOURHOODS = Layout(
    "areas",
    "neighbourhoods",
    "Neighbourhoods (CBS)",
    "Buurten (CBS)",
    (
        Field("code", "text", "BU and eight digits", required=True),
        Field("name", "text", "name"),
        Field("urbanity", "number", "stedelijkheid, 1 (very urban) to 5 (not urban)"),
        Field("inhabitants", "number", "inhabitants"),
        Field("households", "number", "households"),
    ),
    unique=("code",),
)
NEIGHBOURHOOD_ADDRESSES = Layout(
    "areamap",
    "neighbourhood_addresses",
    "Neighbourhood of every postcode and house number (CBS)",
    "Buurt van elke postcode en elk huisnummer (CBS)",
    (
        Field("postcode", "postcode", "postcode", required=True),
        Field("house_number", "house_number", "house number", required=True),
        Field("code", "text", "BU and eight digits", required=True),
    ),
    unique=("postcode", "house_number"),
)
SBI = Layout(
    "sbi",
    "sbi_conversion",
    "Conversion between SBI 2008 and SBI 2025 (CBS)",
    "Schakeling tussen SBI 2008 en SBI 2025 (CBS)",
    (
        Field("sbi_2008", "text", "a code of SBI 2008, with or without points", required=True),
        Field("sbi_2025", "text", "a code of SBI 2025 that goes with it", required=True),
    ),
    unique=("sbi_2008", "sbi_2025"),
)

LAYOUTS: dict[str, Layout] = {
    one.register: one
    for one in (
        *(PERMITS, RDW, STREET, REPORTS, MEASURES, CONTRACTS),
        *(FIGURES, NEIGHBOURHOODS, NEIGHBOURHOOD_ADDRESSES, SBI),
    )
}
