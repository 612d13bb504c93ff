"""What the command line tells people is Dutch throughout where that is asked for; what programs read is the same."""

import json
from datetime import date, timedelta
from pathlib import Path

import polib
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.cli._progress import NAMES
from knooppunt.cli.bias import CLASSES
from knooppunt.cli.companies import WHY
from knooppunt.cli.ingest import KINDS, QUALITY
from knooppunt.findings import run_findings
from knooppunt.findings.bias import NOWHERE, THIRDS, URBAN, URBANITY
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.linkage.companies import keep_companies
from knooppunt.linkage.companies.continuing import Stage
from knooppunt.linkage.run import _STEPS, current_links
from knooppunt.registers.bag.codes import INACTIVE, NOT_BAG
from knooppunt.registers.bag.tally import INVESTIGATIONS, RELATIONS
from knooppunt.registers.catalogue import TABLES
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import open_vault
from knooppunt.words import CATALOGUES, between, decimal

DAY = date(2026, 11, 1)
FILES = {"bag": "bag.zip", "brp": "brp.csv", "kvk": "kvk.jsonl", "areas": "areas.csv", "areamap": "areamap.csv"}
FEWEST = 12  # letters of an English piece that is looked for: shorter ones are Dutch words too


def english_pieces() -> set[str]:
    """What stands between the holes of every text, as far as it is English for certain."""
    entries = polib.pofile(str(CATALOGUES / "nl" / "LC_MESSAGES" / "messages.po"))
    dutch = " ".join(entry.msgstr for entry in entries)
    pieces = {
        piece.strip(" .:,;(") for entry in entries for part in entry.msgid.split("{") for piece in part.split("}")
    }
    return {piece for piece in pieces if len(piece) >= FEWEST and " " in piece and piece not in dutch}


def run(*words: str, speak: str = "nl") -> str:
    told = CliRunner(env={"BOLWERK_LANGUAGE": speak, "COLUMNS": "300"}).invoke(main, words)
    assert told.exit_code == 0, told.output
    return told.output


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small town with all that the commands ask for: links, findings, numbers of companies and reports."""
    folder = tmp_path_factory.mktemp("dutch")
    synthesise(residents=3_000, seed=5, out=folder)
    where = folder / "vault"
    for register, file in FILES.items():
        if (folder / file).exists():
            ingest(register, folder / file, vault=where, at=NOON, as_of=None if register == "bag" else DAY)
    link(open_vault(where), at=NOON)
    rows = pq.read_table(current_links(open_vault(where)).table_path("addressable")).to_pylist()
    objects = [f"{row['object_id']:016}" for row in rows if row["x"]]
    lines = ["Meldnummer;Datum;Categorie;Bron;BAG-id;Straat;Huisnummer;Huisletter;Toevoeging;Postcode;Plaats;X;Y"]
    lines += [
        f"M{at:06};{DAY - timedelta(days=at)};Overlast;bewoner;{objects[at % 40]};;;;;;;;" for at in range(1, 1_000)
    ]
    (folder / "reports.csv").write_text("\n".join(lines), encoding="utf-8")
    ingest("reports", folder / "reports.csv", vault=where, at=NOON, as_of=DAY)
    run_findings(open_vault(where), as_of=DAY, rules=["WON-03"])
    keep_companies(open_vault(where), at=NOON)
    (folder / "lines.txt").write_text("Kerkstraat 1\nPostbus 12\nnergens\n", encoding="utf-8")
    (folder / "table.csv").write_text("Meldnummer;Datum;Naam;BSN\n1;2026-01-01;Jan;1\n", encoding="utf-8")
    (folder / "outcomes.csv").write_text("object_id;place;outcome\n1;a;confirmed\n", encoding="utf-8")
    (folder / "key.json").write_text(json.dumps({"rule": "WON-03", "controls": []}), encoding="utf-8")
    return folder


COMMANDS = [
    (("doctor",), "rijen"),
    (("link", "--unlinked"), "geen adres"),
    (("rules", "list"), "in ontwikkeling"),
    (("bias", "--rule", "WON-03"), "Een verschil is een vraag, geen bewijs"),
    (("forecast", "--as-of", "2026-11-01"), "Getoetst op"),
    (("hotspots", "--as-of", "2026-11-01"), "toeval"),
    (("companies", "keep"), "bedrijven"),
    (("companies", "questions"), "paren die één bedrijf kunnen zijn"),
    (("companies", "events"), "nieuw"),
    (("findings", "--as-of", "2026-11-01", "--rule", "WON-03"), "adres of straat"),
    (("link", "addresses", "lines.txt"), "niet gekoppeld: een postbus"),
    (("ingest", "kvk", "kvk.jsonl", "--as-of", "2026-11-01"), "afgeschermd"),
    (("ingest", "brp", "brp.csv", "--as-of", "2026-11-01"), "verblijven"),
    (("outcomes", "outcomes.csv", "--key", "key.json"), "nog te vroeg"),
    (("map", "table.csv"), "Niet overgenomen, en beter niet in het bestand"),
]


@pytest.mark.parametrize(("words", "dutch"), COMMANDS, ids=lambda value: " ".join(value) if value else "")
def test_what_a_command_tells_is_dutch_throughout(town: Path, words: tuple[str, ...], dutch: str) -> None:
    asked = [str(town / word) if word.endswith((".csv", ".txt", ".json", ".jsonl")) else word for word in words]
    told = run(*asked, *([] if words[0] == "map" else ["--vault", str(town / "vault")]))
    assert dutch in told
    assert {piece for piece in english_pieces() if piece in told} == set()


@pytest.mark.parametrize("words", [("bias", "--rule", "WON-03"), ("rules", "list"), ("companies", "questions")])
def test_a_program_reads_the_same_in_both_languages(town: Path, words: tuple[str, ...]) -> None:
    asked = [*words, "--vault", str(town / "vault"), "--json"]
    assert run(*asked) == run(*asked, speak="en")


def test_pieces_of_english_are_looked_for() -> None:
    assert {"A difference is a question, not a proof", "lay within the bounds"} <= {
        part
        for piece in english_pieces()
        for part in (piece, piece.split(". A number")[0], piece.split("together). ")[-1])
    }


def test_names_that_come_from_elsewhere_have_their_dutch() -> None:
    assert set(_STEPS) <= set(NAMES)
    assert {URBANITY, NOWHERE, *URBAN.values(), *THIRDS} == set(CLASSES)
    assert "shielded" in QUALITY
    assert {table for register, tables in TABLES.items() if register != "bag" for table in tables} <= KINDS.keys()
    assert {NOT_BAG, INACTIVE, INVESTIGATIONS, RELATIONS} <= KINDS.keys()
    assert {stage.value.replace("_", " ") for stage in Stage} == set(WHY)


@pytest.mark.parametrize(
    ("speak", "told", "share"), [("nl", "1.234,5", "1,5% tot 20,0%"), ("en", "1,234.5", "1.5% to 20.0%")]
)
def test_fractions_are_written_as_in_the_language(
    speak: str, told: str, share: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOLWERK_LANGUAGE", speak)
    assert (decimal(1234.5, 1), between(0.015, 0.2, 1)) == (told, share)
