"""The code lists of BAG 2.0. Source: Kadaster, XSD imbag/datatypen v20200601 and the catalogue BAG 2018."""

STATUS_PREMISES = (
    "Verblijfsobject gevormd",
    "Niet gerealiseerd verblijfsobject",
    "Verblijfsobject in gebruik (niet ingemeten)",
    "Verblijfsobject in gebruik",
    "Verbouwing verblijfsobject",
    "Verblijfsobject ingetrokken",
    "Verblijfsobject buiten gebruik",
    "Verblijfsobject ten onrechte opgevoerd",
)
STATUS_BUILDING = (
    "Bouwvergunning verleend",
    "Niet gerealiseerd pand",
    "Bouw gestart",
    "Pand in gebruik (niet ingemeten)",
    "Pand in gebruik",
    "Verbouwing pand",
    "Sloopvergunning verleend",
    "Pand gesloopt",
    "Pand buiten gebruik",
    "Pand ten onrechte opgevoerd",
)
STATUS_PLACE = ("Plaats aangewezen", "Plaats ingetrokken")
STATUS_NAMING = ("Naamgeving uitgegeven", "Naamgeving ingetrokken")
STATUS_TOWN = ("Woonplaats aangewezen", "Woonplaats ingetrokken")
STATUS_RELATION = ("voorlopig", "definitief")

USES = (
    "woonfunctie",
    "bijeenkomstfunctie",
    "celfunctie",
    "gezondheidszorgfunctie",
    "industriefunctie",
    "kantoorfunctie",
    "logiesfunctie",
    "onderwijsfunctie",
    "sportfunctie",
    "winkelfunctie",
    "overige gebruiksfunctie",
)
ADDRESSED_KINDS = ("Verblijfsobject", "Standplaats", "Ligplaats")
PUBLIC_SPACE_KINDS = (
    "Weg",
    "Water",
    "Spoorbaan",
    "Terrein",
    "Kunstwerk",
    "Landschappelijk gebied",
    "Administratief gebied",
)

STAND, INACTIVE, NOT_BAG = "stand", "inactief", "niet_bag"
PARTS = (STAND, INACTIVE, NOT_BAG)
