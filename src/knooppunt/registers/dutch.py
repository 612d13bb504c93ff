"""Why something in a delivery was refused, in Dutch.

Readers give their reasons in English, where they arise. This table has the same sentences in Dutch; `{}` stands for
what is filled in, in the same order. A test finds every reason in the code and asks for its Dutch here.
"""

from knooppunt.registers.refusal import NOTHING_REMAINS, Rejection
from knooppunt.words import filled_in

_NOTHING_REMAINS = "; zonder wat er fout is, blijft er niets over: de kluis blijft zoals zij was"
_DELIVERY = {
    "does not exist": "bestaat niet",
    "is empty": "is leeg",
    "is not a register this version reads ({})": "is geen register dat deze versie leest ({})",
    "holds nothing that could be taken over": "bevat niets dat overgenomen kan worden",
    "unpacks to more than {} times its size (a zip bomb?)": "wordt uitgepakt meer dan {} keer zo groot (een zipbom?)",
    "holds more than {} files": "bevat meer dan {} bestanden",
    "is locked with a password": "is beveiligd met een wachtwoord",
    "is damaged or cut short ({})": "is beschadigd of afgebroken ({})",
    "is a zip nested more than {} deep": "is een zip die meer dan {} lagen diep zit",
    "and {} before it were refused: this is no delivery of {}": "en {} ervoor zijn geweigerd: dit is geen levering van {}",  # noqa: E501  one sentence
    "the same in {} twice: {}": "staat twee keer in {}: {}",
    "is longer than {} MiB": "is langer dan {} MiB",
    "is a spreadsheet (XLSX) or a zip with another name; save it as CSV in UTF-8": (
        "is een spreadsheet (XLSX) of een zip met een andere naam; bewaar het als CSV in UTF-8"
    ),
    "is not in {}": "is niet in {}",
    "holds a NUL character; this is not a text file": "bevat een NUL-teken; dit is geen tekstbestand",
    "has {} columns; no layout has more than {}": "heeft {} kolommen; geen enkele indeling heeft er meer dan {}",
    "has no column {}": "heeft geen kolom {}",
    "has the column {} more than once": "heeft de kolom {} meer dan één keer",
    "is not a CSV ({})": "is geen CSV ({})",
    "has {} columns, the heading has {}": "heeft {} kolommen, de kop heeft er {}",
}
_BAG = {
    "is not well-formed XML ({})": "is geen goede XML ({})",
    "not well-formed XML ({})": "geen goede XML ({})",
    "is not XML": "is geen XML",
    "is cut short or not well-formed ({})": "is afgebroken of geen goede XML ({})",
    "is not in UTF-8, as a BAG extract is": "is niet in UTF-8, zoals een BAG-extract hoort te zijn",
    "holds a document type or entities; a BAG extract never does": "bevat een documenttype of entiteiten; dat hoort niet in een BAG-extract",  # noqa: E501  one sentence
    "“{}” is not the code of a municipality": "“{}” is geen gemeentecode",
    "“{}” is not a date": "“{}” is geen datum",
    "holds an object of more than 64 MiB": "bevat een object van meer dan 64 MiB",
    "holds something unknown after the last object": "bevat iets onbekends na het laatste object",
    "an element with a prefix that the file does not declare": "een element met een voorvoegsel dat het bestand niet kent",  # noqa: E501  one sentence
    "something unknown stands between the objects": "tussen de objecten staat iets onbekends",
    "something stands beside the object": "naast het object staat nog iets",
    "holds no file of a BAG extract": "bevat geen bestand van een BAG-extract",
    "is not a BAG extract but {}": "is geen BAG-extract maar {}",
    "could not be read: a process that helped is gone (is memory short?)": (
        "kon niet worden gelezen: een proces dat meehielp is weg (is het geheugen krap?)"
    ),
    "is an extract of municipality {}, not of {}": "is een extract van gemeente {}, niet van {}",
    "is an extract of {}, the files before it are of {}": "is een extract van {}, de bestanden ervoor zijn van {}",
    "does not say which period its mutations are of": "zegt niet over welke periode de mutaties gaan",
    "is of another period than the files before it": "gaat over een andere periode dan de bestanden ervoor",
    "an unknown kind of mutation: {}": "een onbekend soort mutatie: {}",
    "changes an occurrence that the delivery before does not have": "wijzigt een voorkomen dat de vorige levering niet heeft",  # noqa: E501  one sentence
    "holds mutations; take in a whole extract of the BAG first": "bevat mutaties; neem eerst een heel extract van de BAG op",  # noqa: E501  one sentence
    "is of {} to {}; the BAG in the vault is of {} and has them already": "gaat over {} tot {}; de BAG in de kluis is van {} en heeft ze al",  # noqa: E501  one sentence
    "starts on {}; the BAG in the vault is of {}, so mutations are missing": "begint op {}; de BAG in de kluis is van {}, dus er missen mutaties",  # noqa: E501  one sentence
    "starts on {}; the BAG in the vault is of {}: the periods overlap": "begint op {}; de BAG in de kluis is van {}: de periodes overlappen",  # noqa: E501  one sentence
    "comes with objects as well as mutations; give them one by one": "heeft objecten en mutaties; lever ze na elkaar aan",  # noqa: E501  one sentence
    "holds the mutations up to {}, which the delivery in the vault has already": "bevat de mutaties tot {}, die de levering in de kluis al heeft",  # noqa: E501  one sentence
    "a relation without {}": "een relatie zonder {}",
    "an element that does not hold exactly one object": "een element waarin niet precies één object staat",
    "an unknown kind of object: {}": "een onbekend soort object: {}",
    "text beside the elements in {}": "tekst naast de elementen in {}",
    "an unknown attribute on {}": "een onbekend attribuut bij {}",
    "unknown element {}": "onbekend element {}",
    "elements inside the value of {}": "elementen in de waarde van {}",
    "{} does not have the attributes it should have": "{} heeft niet de attributen die het hoort te hebben",
    "{} is given twice": "{} staat er twee keer",
    "two geometries": "twee geometrieën",
    "{} is missing": "{} ontbreekt",
    "the geometry is missing": "de geometrie ontbreekt",
    "“{}” is not an identification of a town (4 digits)": "“{}” is geen identificatie van een woonplaats (4 cijfers)",
    "“{}” is not an identification (16 digits)": "“{}” is geen identificatie (16 cijfers)",
    "“{}” is not the identification of a {} (digits 5 and 6)": "“{}” is geen identificatie van een {} (cijfers 5 en 6)",
    "“{}” is not a number from 1 to {} ({})": "“{}” is geen getal van 1 tot en met {} ({})",
    "“{}” is not a date ({})": "“{}” is geen datum ({})",
    "“{}” is not a date and time ({})": "“{}” is geen datum met tijd ({})",
    "“{}” is not allowed as {}": "“{}” mag niet als {}",
    "unknown {} “{}”": "onbekende waarde voor {}: “{}”",
    "“{}” is neither J nor N ({})": "“{}” is geen J en geen N ({})",
}
_GEOMETRY = {
    "a surface without any polygon": "een vlak zonder veelhoek",
    "a point without exactly one position": "een punt zonder precies één positie",
    "a point with {} positions": "een punt met {} posities",
    "a geometry this version does not read: {}": "een geometrie die deze versie niet leest: {}",
    "a surface made of something else than polygons": "een vlak dat niet uit veelhoeken bestaat",
    "the coordinates are in {}, not in {}": "de coördinaten zijn in {}, niet in {}",
    "coordinates with {} dimensions": "coördinaten met {} dimensies",
    "a polygon whose boundary is not one ring of positions": "een veelhoek waarvan de rand geen ring van posities is",
    "a polygon that does not start with its one exterior ring": "een veelhoek die niet begint met zijn ene buitenring",
    "a polygon ring with {} points; it takes at least {}": "een ring van een veelhoek met {} punten; het minimum is {}",
    "a polygon ring that is not closed": "een ring van een veelhoek die niet gesloten is",
    "positions that are not whole tuples of plain numbers with a known dimension": "posities die geen gewone getallen met een bekende dimensie zijn",  # noqa: E501  one sentence
    "the position {} {} lies outside the Netherlands": "de positie {} {} ligt buiten Nederland",
}
_BRP = {
    "holds no CSV": "bevat geen CSV",
    "goes on with one person for more than {} rows": "gaat meer dan {} rijen door met één persoon",
    "has neither a BSN (01.01.20) nor a number (01.01.10)": "heeft geen BSN (01.01.20) en geen nummer (01.01.10)",
    "{} is neither W nor B": "{} is geen W en geen B",
    "{} is not a date of eight digits": "{} is geen datum van acht cijfers",
    "{} is not a date: there is no such month": "{} is geen datum: die maand bestaat niet",
    "{} is not a date: there is no such day": "{} is geen datum: die dag bestaat niet",
}
_KVK = {
    "holds no JSON, no XML and no CSV": "bevat geen JSON, geen XML en geen CSV",
    "holds a change (mutatie) of the Kadaster; give the whole (stand)": (
        "bevat een wijziging (mutatie) van het Kadaster; lever het geheel (stand)"
    ),
    "is larger than 512 MiB; give it as JSON Lines": "is groter dan 512 MiB; lever het aan als JSON Lines",
    "is not JSON ({})": "is geen JSON ({})",
    "is not JSON (the list is cut short or broken)": "is geen JSON (de lijst is afgebroken of kapot)",
    "{} is not a text": "{} is geen tekst",
    "{} is not a number of at most {} digits": "{} is geen getal van hoogstens {} cijfers",
    "{} is not an identification of 16 digits": "{} is geen identificatie van 16 cijfers",
    "{} “{}” is not a date": "{} “{}” is geen datum",
    "{} is neither Ja nor Nee": "{} is geen Ja en geen Nee",
    "{} “{}” is not an SBI code": "{} “{}” is geen SBI-code",
    "is not a profile but something else in JSON": "is geen profiel maar iets anders in JSON",
    "has no kvkNummer": "heeft geen kvkNummer",
    "{} is not an object": "{} is geen object",
    "{} is not a list of objects": "{} is geen lijst van objecten",
    "company {} comes twice": "bedrijf {} komt twee keer voor",
    "is a CSV; say with --mapping which column is which": "is een CSV; kies de toelichting die zegt welke kolom wat is",
    "is not a mapping in TOML ({})": "is geen toelichting op kolommen in TOML ({})",
    "has no table [columns] with headings": "heeft geen tabel [columns] met koppen",
    "maps {}; known are {}": "wijst kolommen toe aan {}; bekend zijn {}",
    "does not say which column is kvk": "zegt niet welke kolom kvk is",
    "needs a delimiter of one character, and sbi_version 2008 or 2025": "heeft een scheidingsteken van één teken nodig, en sbi_version 2008 of 2025",  # noqa: E501  one sentence
    "has no KVK number": "heeft geen KVK-nummer",
}
_TABLES = {
    "{} “{}” is not a date written as {}": "{} “{}” is geen datum in de vorm {}",
    "{} is longer than {} characters": "{} is langer dan {} tekens",
    "{} is not a number": "{} is geen getal",
    "{} lies outside the Netherlands (WGS84, degrees)": "{} ligt buiten Nederland (WGS84, graden)",
    "has a latitude without a longitude, or the other way round": "heeft wel een breedtegraad en geen lengtegraad, of andersom",  # noqa: E501  one sentence
    "has a latitude twice, or a longitude": "heeft twee keer een breedtegraad, of een lengtegraad",
    "has the coordinates {}; known are {}": "heeft als coördinaten {}; bekend zijn {}",
    "has coordinates in degrees, which need both x and y, without a check on either": "heeft coördinaten in graden; daarvoor zijn x en y allebei nodig, zonder controle erop",  # noqa: E501  one sentence
    "{} lies outside the Netherlands (EPSG:28992, metres)": "{} ligt buiten Nederland (EPSG:28992, meters)",
    "has {}; known are {}": "heeft {}; bekend zijn {}",
    "[{}] is not a table": "[{}] is geen tabel",
    "needs a delimiter of one character": "heeft een scheidingsteken van één teken nodig",
    "has the encoding {}; known are {}": "heeft de codering {}; bekend zijn {}",
    "describes the fields of {}, which this version already knows": "beschrijft de velden van {}, die deze versie al kent",  # noqa: E501  one sentence
    "does not say which register it is for; known are {}, or a new name": "zegt niet voor welk register het is; bekend zijn {}, of een nieuwe naam",  # noqa: E501  one sentence
    "is for {}, which is new here: say under [fields] what each column holds": "is voor {}, dat hier nieuw is: zeg onder [fields] wat elke kolom bevat",  # noqa: E501  one sentence
    "names a key that is not one of its fields": "noemt een sleutel die geen veld is",
    "{} is not a name for a field: small letters and _ only": "{} is geen naam voor een veld: alleen kleine letters en _",  # noqa: E501  one sentence
    "{} says something about a person; a table of objects has no place for it": "{} zegt iets over een persoon; een tabel van objecten heeft daar geen plaats voor",  # noqa: E501  one sentence
    "{} holds {}; known are {}": "{} bevat {}; bekend zijn {}",
    "does not give a heading for {}": "geeft geen kop voor {}",
    "maps two columns to {}: {}": "wijst twee kolommen toe aan {}: {}",
    "does not say which column is {}": "zegt niet welke kolom {} is",
    "translates the words of {}, which is not a field": "vertaalt de woorden van {}, dat geen veld is",
    "translates to {} in {}; known are {}": "vertaalt naar {} in {}; bekend zijn {}",
    "fixes {}, which is not a field or comes from a column": "zet {} vast, dat geen veld is of uit een kolom komt",
    "has a check on {} that is no {}": "heeft een toets op {} die geen {} is",
    "{} is empty or cannot be read": "{} is leeg of niet te lezen",
    "{} “{}” has no meaning here; give it one under [values]": "{} “{}” heeft hier geen betekenis; geef die onder [values]",  # noqa: E501  one sentence
    "{} lies outside what the mapping allows": "{} ligt buiten wat de toelichting toestaat",
    "{} has no mapping; known are {}": "{} heeft geen toelichting op kolommen; bekend zijn {}",
    "cannot be opened ({})": "is niet te openen ({})",
    "is a table of any kind; say with --mapping which column is which": "is een tabel van welke soort ook; kies de toelichting die zegt welke kolom wat is",  # noqa: E501  one sentence
    "is a mapping for {}, not for {}": "is een toelichting voor {}, niet voor {}",
}
_JSON = {
    "holds no JSON": "bevat geen JSON",
    "holds no JSON and no XML": "bevat geen JSON en geen XML",
    "is larger than 256 MiB; give one file per company": "is groter dan 256 MiB; lever één bestand per bedrijf aan",
    "is larger than 256 MiB; give it in smaller files": "is groter dan 256 MiB; lever het in kleinere bestanden aan",
    "is not a WOZ object but something else in JSON": "is geen WOZ-object maar iets anders in JSON",
    "is not a company but something else in JSON": "is geen bedrijf maar iets anders in JSON",
    "is not a lot but something else in JSON": "is geen perceel maar iets anders in JSON",
    "has no identificatie": "heeft geen identificatie",
    "adresseerbaarObjectIdentificaties is not a list": "adresseerbaarObjectIdentificaties is geen lijst",
    "has a value without waardepeildatum or vastgesteldeWaarde": "heeft een waarde zonder waardepeildatum of vastgesteldeWaarde",  # noqa: E501  one sentence
    "has a function that nobody holds": "heeft een functie die niemand vervult",
    "has a deed without datumAanbieding or identificatie": "heeft een stuk zonder datumAanbieding of identificatie",
}
_GEOPACKAGE = {
    "is not a GeoPackage": "is geen GeoPackage",
    "is damaged or not a GeoPackage ({})": "is beschadigd of geen GeoPackage ({})",
    "has no layer with rows": "heeft geen laag met rijen",
    "has no layer {}; it has {}": "heeft geen laag {}; de lagen zijn {}",
    "has the layers {}; say in the mapping which (layer)": "heeft de lagen {}; zeg in de toelichting welke (layer)",
    "is damaged or not a GeoPackage of the BAG ({})": "is beschadigd of geen GeoPackage van de BAG ({})",
    "says nowhere of which day it is; give it with --as-of": "zegt nergens van welke dag het is; geef die met --as-of",
    "has a layer {} in {}, not in {}": "heeft een laag {} in {}, niet in {}",
    "has no column {} in its layer {}": "heeft geen kolom {} in de laag {}",
    "is about municipality {}, not {}": "gaat over gemeente {}, niet over {}",
}
_BOUNDARIES = {
    "has none of the layers {}": "heeft geen van de lagen {}",
    "{} “{}” is not {}": "{} “{}” is geen {}",
    "{} has no shape": "{} heeft geen vorm",
    "{} is a {}, not a polygon": "{} is een {}, geen veelhoek",
    "{} has coordinates in degrees (WGS84), not in metres (EPSG:28992)": "{} heeft coördinaten in graden (WGS84), niet in meters (EPSG:28992)",  # noqa: E501  one sentence
    "{} reaches to {} {} and {} {}, outside the Netherlands": "{} reikt tot {} {} en {} {}, buiten Nederland",
    "{} has a boundary that crosses itself at {}": "{} heeft een grens die zichzelf kruist bij {}",
    "{} is not a valid polygon ({})": "{} is geen geldige veelhoek ({})",
    "{} lies over {} (line {})": "{} ligt over {} heen (regel {})",
}
_HAAL_CENTRAAL = {
    "holds no CSV and no JSON": "bevat geen CSV en geen JSON",
    "is not an answer but something else in JSON": "is geen antwoord maar iets anders in JSON",
    "is an answer that says what went wrong, not an answer with people": "is een antwoord dat zegt wat er misging, geen antwoord met mensen",  # noqa: E501  one sentence
    "has neither bewoningen nor personen": "heeft geen bewoningen en geen personen",
    "has an adresseerbaarObjectIdentificatie that is none": "heeft een adresseerbaarObjectIdentificatie die er geen is",
    "has somebody without a burgerservicenummer of nine digits; ask for that field": "heeft iemand zonder burgerservicenummer van negen cijfers; vraag dat veld op",  # noqa: E501  one sentence
    "has a day that is none": "heeft een dag die er geen is",
    "has a periode without datumVan and datumTot as days": "heeft een periode zonder datumVan en datumTot als dagen",
    "has a periode that ends before it starts": "heeft een periode die eindigt voordat zij begint",
}
_OF_PEOPLE = {
    "has an outcome that is neither confirmed nor refuted": "heeft een uitkomst die niet confirmed of refuted is",
    "has a birth that is not YYYY-MM-DD": "heeft een geboortedag die geen JJJJ-MM-DD is",
    "has a house number that is no number": "heeft een huisnummer dat geen getal is",
}
_LISTS = {  # of decisions and of exclusions, that somebody filled in
    "says yes, and nothing was linked or suggested": "zegt yes, en er was niets gekoppeld of voorgesteld",
    "has a decision without a reason": "heeft een beslissing zonder reden",
    "names object {}, which is not in the BAG of this vault": "noemt object {}; dat kent de BAG van deze kluis niet",
    "the column {} is missing": "de kolom {} ontbreekt",
    "object_id must have 16 digits": "object_id moet 16 cijfers hebben",
    "a rule and a reason are needed": "een regel en een reden zijn nodig",
    "cannot be read as UTF-8 text ({})": "is niet te lezen als tekst in UTF-8 ({})",
}
DUTCH = (
    _OF_PEOPLE
    | _DELIVERY
    | _BAG
    | _GEOMETRY
    | _BRP
    | _KVK
    | _TABLES
    | _JSON
    | _HAAL_CENTRAAL
    | _GEOPACKAGE
    | _BOUNDARIES
    | _LISTS
)


def in_dutch(rejection: Rejection) -> str:
    """The reason of a rejection in Dutch; one that is not in the table stays in English."""
    reason, nothing_remains, _ = rejection.reason.partition(NOTHING_REMAINS)
    return (filled_in(reason, DUTCH) or reason) + (_NOTHING_REMAINS if nothing_remains else "")
