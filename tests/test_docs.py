"""The documents are true: what they link to exists, what they promise is there."""

import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
FIXED_TARGETS = {"setup", "demo", "test", "check", "bench"}
ADR_LINES = 60
# publiccode.yml 0.5: the whole scope-list, and of the categories-list what could be said of Bolwerk.
SCOPES = {
    "agriculture", "culture", "defence", "education", "emergency-services", "employment", "energy", "environment",
    "finance-and-economic-development", "foreign-affairs", "healthcare", "infrastructures", "justice",
    "local-authorities", "manufacturing", "research", "science-and-technology", "security", "society", "sport",
    "tourism", "transportation", "welfare",
}  # fmt: skip
CATEGORIES = {
    "business-intelligence", "collaboration", "compliance-management", "data-analytics", "data-collection",
    "data-visualization", "document-management", "educational-content", "event-management",
    "geographic-information-systems", "knowledge-management", "learning-management-system", "predictive-analysis",
    "survey", "task-management", "workflow-management",
}  # fmt: skip


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    broken = [link for link in targets if not (document.parent / link).exists() and not link.startswith("mailto:")]
    assert not broken, f"{document.name} links to what is not there: {broken}"


@pytest.mark.parametrize("record", sorted(ROOT.glob("docs/adr/*.md")), ids=lambda file: file.stem)
def test_a_decision_fits_on_a_page_and_says_its_consequences(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= ADR_LINES
    assert {"## Context", "## Decision", "## Consequences"} <= set(text.splitlines())


def test_each_decision_has_a_number_of_its_own() -> None:
    records = sorted(ROOT.glob("docs/adr/[0-9]*.md"))
    numbers = Counter(record.name[:4] for record in records)
    assert not {number: times for number, times in numbers.items() if times > 1}
    titles = [record.read_text(encoding="utf-8").partition(".")[0] for record in records]
    assert titles == [f"# {int(record.name[:4])}" for record in records]


def test_the_fixed_commands_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert targets >= FIXED_TARGETS


def test_publiccode_names_what_the_standard_requires() -> None:
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    required = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description"}
    assert required | {"legal", "maintenance", "localisation", "categories"} <= set(code)
    for language in ("nl", "en"):
        text = code["description"][language]
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_publiccode_uses_the_words_of_the_standard() -> None:
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert set(code["categories"]) <= CATEGORIES
    assert set(code["intendedAudience"]["scope"]) <= SCOPES
    assert all(country.isupper() for country in code["intendedAudience"]["countries"])
    assert set(code["platforms"]) == {"web"}  # what people use it on, not what it runs on
    assert code["maintenance"]["type"] == "community"
    assert code["maintenance"]["contacts"][0]["name"]
    assert date.fromisoformat(code["releaseDate"])
    assert "logo" not in code or (ROOT / code["logo"]).is_file()


def test_every_test_that_the_security_table_names_exists() -> None:
    table = (ROOT / "tests" / "security" / "README.md").read_text(encoding="utf-8")
    code = "".join(
        file.read_text(encoding="utf-8") for folder in ("src", "tests") for file in (ROOT / folder).rglob("test_*.py")
    )
    named = re.findall(r"`(test_\w+)`", table)
    assert len(named) > 80
    assert [name for name in named if f"def {name}(" not in code] == []
    paths = re.findall(r"`((?:src|tests)/[\w/.]+)`", table)
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_lock_has_hashes_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9_.-]+==", lock, re.MULTILINE | re.IGNORECASE)
    assert len(packages) > 50
    assert "--index-url" not in lock
    assert "://" not in lock
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        assert "--hash=sha256:" in entry, f"No hash: {entry.splitlines()[0]}"


@pytest.mark.parametrize("command", [["bolwerk.config.cli"], ["knooppunt.cli"]], ids=["bolwerk", "knooppunt"])
def test_a_command_line_teaches(command: list[str]) -> None:
    code = f"from {command[0]} import main; main(['--help'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "Commands:" in done.stdout
