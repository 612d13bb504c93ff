"""Why a command was refused, in the language of the environment.

The library gives its reasons in English, where they arise. This table has the sentences of the vault and of what is
worked out in it in Dutch, as `registers.dutch` has those of deliveries. A test finds every sentence in the code.
"""

from knooppunt.registers.dutch import in_dutch
from knooppunt.registers.refusal import RefusedError, Rejection
from knooppunt.words import filled_in, language

DUTCH = {
    "{} needs {}, and what {} delivered to {} holds none. It gives no answer until they come along.": (
        "{} heeft {} nodig, en wat {} aan {} leverde heeft er geen. De regel geeft geen antwoord tot ze meekomen."
    ),
    "{} residents: choose between {} and {}.": "{} inwoners: kies tussen {} en {}.",
    "The companies of {} have no numbers yet. Run: knooppunt companies keep --vault PATH": (
        "De bedrijven van {} hebben nog geen nummer. Doe: knooppunt companies keep --vault MAP"
    ),
    "The registers in {} are not linked yet. Run: knooppunt link --vault {}": (
        "De registers in {} zijn nog niet gekoppeld. Doe: knooppunt link --vault {}"
    ),
    "The registers in {} are not linked yet, or changed since. Run: knooppunt link --vault {}": (
        "De registers in {} zijn nog niet gekoppeld, of sindsdien veranderd. Doe: knooppunt link --vault {}"
    ),
    "Persons are linked only with a stated basis; missing: {}.": (
        "Personen worden alleen gekoppeld met een genoemde grondslag; er ontbreekt: {}."
    ),
    "The BAG delivery in {} has no {}: it is a part of an extract. Ingest the whole extract.": (
        "De BAG-levering in {} heeft geen {}: het is een deel van een extract. Lees het hele extract in."
    ),
    "A vault as it was known on a day is only read; links are worked out for the question itself.": (
        "Een kluis zoals die op een dag bekend was wordt alleen gelezen; koppelingen worden voor de vraag zelf gemaakt."
    ),
    "{}, line {}, is damaged ({}).": "{}, regel {}, is beschadigd ({}).",
    "“{}” is not {} of {} digits.": "“{}” is niet {} van {} cijfers.",
    "A correction needs a reason, and the name of who made it.": (
        "Een verbetering heeft een reden nodig, en de naam van wie haar maakte."
    ),
    "“{}” is not a KVK number of {} digits.": "“{}” is geen KVK-nummer van {} cijfers.",
    "“{}” is not a number of an establishment of {} digits.": "“{}” is geen vestigingsnummer van {} cijfers.",
    "“{}” is not an identification of {} digits.": "“{}” is geen identificatie van {} cijfers.",
    "“{}” is not an identification of 16 digits.": "“{}” is geen identificatie van 16 cijfers.",
    "Two different KVK numbers are needed.": "Er zijn twee verschillende KVK-nummers nodig.",
    "A correction needs a text with letters or digits.": "Een verbetering heeft letters of cijfers nodig.",
    "Another ingest is writing to {} (process {}). Nothing was changed; try again when it is done.": (
        "Een ander proces schrijft in {} (proces {}). Er is niets veranderd; probeer het opnieuw als dat klaar is."
    ),
    "{} comes and goes while it is opened. Nothing was changed; try again.": (
        "{} komt en gaat terwijl het opengaat. Er is niets veranderd; probeer het opnieuw."
    ),
    "{} is damaged ({}). {}": "{} is beschadigd ({}). {}",
    "The manifest in {} cannot be read ({}). {}": "De inhoudsopgave in {} is niet te lezen ({}). {}",
    "The manifest in {} cannot be read ({}). Ingest that register again.": (
        "De inhoudsopgave in {} is niet te lezen ({}). Lees dat register opnieuw in."
    ),
    "{} is damaged ({}). Restore it from a backup.": "{} is beschadigd ({}). Zet het terug uit een back-up.",
    "{} has format {}; this version reads {}.": "{} heeft vorm {}; deze versie leest {}.",
    "The vault {} holds no {} yet. Run: knooppunt ingest {} PATH --vault {}": (
        "De kluis {} heeft nog geen {}. Doe: knooppunt ingest {} PAD --vault {}"
    ),
    "There is no table “{}”.": "Er is geen tabel “{}”.",
    "There is no vault in {}. It is made by: knooppunt ingest bag PATH --vault {}": (
        "Er is geen kluis in {}. Die komt er met: knooppunt ingest bag PAD --vault {}"
    ),
    "A rule cannot go from {} to {}.": "Een regel kan niet van {} naar {}.",
    "Say why the rule is moved.": "Schrijf waarom de regel verandert.",
    "The rule does not clearly beat chance yet, so it cannot be mature.": (
        "De regel is nog niet duidelijk beter dan toeval, en kan dus niet volwassen zijn."
    ),
    "There is no rule {}; there are: {}.": "Er is geen regel {}; er zijn: {}.",
    "Say who moves the rule.": "Schrijf wie de regel verandert.",
    "There is no rule {}; nothing was kept.": "Er is geen regel {}; er is niets bewaard.",
    "Say in a few words why these findings leave the vault (--reason); nothing was exported.": (
        "Schrijf in een paar woorden waarom deze signalen de kluis verlaten (--reason); er is niets uitgevoerd."
    ),
    "Say in a few words why these figures leave the vault (--reason); nothing was exported.": (
        "Schrijf in een paar woorden waarom deze cijfers de kluis verlaten (--reason); er is niets uitgevoerd."
    ),
    "The boundaries in {} cannot be read ({}). Ingest them again.": (
        "De grenzen in {} zijn niet te lezen ({}). Lees ze opnieuw in."
    ),
    "{} cannot be read ({}). Ingest that register again.": ("{} is niet te lezen ({}). Lees dat register opnieuw in."),
    "{} needs {} as this version reads it; {} was read before. Run: knooppunt ingest {} PATH --vault {}": (
        "{} heeft {} nodig zoals deze versie het leest; {} is eerder ingelezen. Doe: knooppunt ingest {} PAD --vault {}"
    ),
    "{} needs {}, which the vault {} does not hold. It gives no answer until it is ingested.": (
        "{} heeft {} nodig, en dat zit niet in de kluis {}. De regel geeft geen antwoord tot het is ingelezen."
    ),
    "The run {} kept no table {}. Run the findings in full.": (
        "De run {} bewaarde geen tabel {}. Bereken alle signalen opnieuw."
    ),
    "The vault {} does not have the tables of run {}; {}. "
    "Run the findings in full once: what changes after that can be worked into it.": (
        "De kluis {} heeft de tabellen van run {} niet; {}. "
        "Bereken één keer alle signalen: wat daarna verandert kan erin worden verwerkt."
    ),
    "The vault {} keeps no run. Run: knooppunt findings --vault {} --as-of DATE": (
        "De kluis {} bewaart geen run. Doe: knooppunt findings --vault {} --as-of DATUM"
    ),
    "The vault {} holds no finding {}{}.": "De kluis {} heeft geen signaal {}{}.",
    "The BAG in {} came as a GeoPackage of {}, which has no history: it does not say how things were on {}. "
    "For an earlier day take in an extract of the BAG.": (
        "De BAG in {} kwam als GeoPackage van {}, zonder geschiedenis: daarin staat niet hoe het was op {}. "
        "Lees voor een eerdere dag een extract van de BAG in."
    ),
    "A KVK number has 8 digits; this is not one: {}": "Een KVK-nummer heeft 8 cijfers; dit is er geen: {}",
    "Ask about one to {} companies at a time, for one case; this is no tool for lists.": (
        "Vraag naar één tot {} bedrijven tegelijk, voor één zaak; dit is niet bedoeld voor lijsten."
    ),
    "Without {} this may not be shared; nothing was made.": "Zonder {} mag dit niet worden gedeeld; niets is gemaakt.",
    "The decision is dated in the future; nothing was made.": (
        "De datum van het besluit ligt in de toekomst; er is niets gemaakt."
    ),
    "The finding expired on {}; look again before it is shared.": (
        "Het signaal verliep op {}; kijk opnieuw voordat het wordt gedeeld."
    ),
    "What was known on a day is worked out whole, not since a run.": (
        "Wat op een dag bekend was wordt in zijn geheel berekend, niet sinds een run."
    ),
    "{} is off since {}, by {}: {}": "{} is uit sinds {}, door {}: {}",
    "{} is off since {}, by {}: {} To bring it back: knooppunt rules move {} pilot": (
        "{} is uit sinds {}, door {}: {} Terughalen: knooppunt rules move {} pilot"
    ),
    "{} is off since {}, by {}: Right {} of {} times, chance {} of {}: no better than chance.": (
        "{} is uit sinds {}, door {}: Gelijk: {} van de {} keer, toeval {} van de {}: niet beter dan toeval."
    ),
    "{} is off since {}, by {}: Right {} of {} times, chance {} of {}: no better than chance. "
    "To bring it back: knooppunt rules move {} pilot": (
        "{} is uit sinds {}, door {}: Gelijk: {} van de {} keer, toeval {} van de {}: niet beter dan toeval. "
        "Terughalen: knooppunt rules move {} pilot"
    ),
    "{} To bring it back: knooppunt rules move {} pilot": "{} Terughalen: knooppunt rules move {} pilot",
    "{}: {} is empty; the register asks for it.": "{}: {} is leeg; het register vraagt erom.",
    "{}: {} breaks {} ({}).": "{}: {} voldoet niet aan {} ({}).",
    "The vault {} holds no findings{}. Run: knooppunt findings --vault {} --as-of {}": (
        "De kluis {} heeft geen signalen{}. Doe: knooppunt findings --vault {} --as-of {}"
    ),
    "The vault {} holds no findings as they were known on {}. Run: knooppunt findings --vault {} --as-of {} "
    "--known-on {}": (
        "De kluis {} heeft geen signalen zoals ze bekend waren op {}. Doe: knooppunt findings --vault {} --as-of {} "
        "--known-on {}"
    ),
    "The findings in {} cannot be read ({}). Run them again.": (
        "De signalen in {} zijn niet te lezen ({}). Bereken ze opnieuw."
    ),
    "There is no rule about addresses called {}; only those are spread over classes.": (
        "Er is geen regel over adressen die {} heet; alleen die worden over klassen verdeeld."
    ),
    "{} found nothing on that day: there is nothing to spread over classes.": (
        "{} vond niets op die dag: er is niets om over klassen te verdelen."
    ),
    "The registers say of no neighbourhood what its {} is.": (
        "De registraties zeggen van geen enkele buurt wat dit daar is: {}."
    ),
    "There is no rule about addresses called {}.": "Er is geen regel over adressen die {} heet.",
    "{} cannot be read ({}). Ingest {} again.": "{} is niet te lezen ({}). Lees {} opnieuw in.",
    "{} has {} rows, its manifest says {}. Ingest {} again.": (
        "{} heeft {} rijen, de inhoudsopgave zegt {}. Lees {} opnieuw in."
    ),
    "The refused records in {} cannot be read ({}). {}": "De geweigerde records in {} zijn niet te lezen ({}). {}",
    "{} cannot be read ({}). Remove {} and make it again.": "{} is niet te lezen ({}). Haal {} weg, maak het opnieuw.",
    "{} is not in UTF-8 (byte {}).": "{} is niet in UTF-8 (byte {}).",
    "{} has no column “{}”. It has: {}.": "{} heeft geen kolom “{}”. Wel: {}.",
    "There is no finding {} in the latest run ({}).": "Er is geen signaal {} in de laatste run ({}).",
    "The last run saw no object {}.": "De laatste run zag geen object {}.",
    "There was no object {}.": "Er was geen object {}.",
    "--known-on needs --as-of: what was known on a day, about which day?": (
        "--known-on vraagt ook --as-of: wat op een dag bekend was, over welke dag?"
    ),
    "ID has 16 digits; or give a postcode and house number.": (
        "ID heeft 16 cijfers; of geef een postcode en een huisnummer."
    ),
    "There is no object at {} {}.": "Er is geen object op {} {}.",
    "Right {} of {} times, chance {} of {}: no better than chance.": (
        "Gelijk: {} van de {} keer, toeval {} van de {}: niet beter dan toeval."
    ),
    "Missing option '--vault'.": "De optie '--vault' ontbreekt.",
}


def said(sentence: str) -> str:
    """A sentence of the library in the language of the environment; one that is not in the table stays in English."""
    if language() == "en":
        return sentence
    return "\n".join(filled_in(line, DUTCH) or line for line in sentence.split("\n"))


def refusal(error: Exception) -> str:
    """Why a command was refused: file, line and reason, or what is the matter with the vault."""
    return rejected(error.rejection) if isinstance(error, RefusedError) else said(str(error))


def rejected(one: Rejection) -> str:
    """What in a delivery was not taken over: file, line and reason."""
    if language() == "en":
        return str(one)
    where = one.file if one.line is None else f"{one.file}, regel {one.line}"
    return f"{where}: {in_dutch(one)}"
