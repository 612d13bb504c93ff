"""The registers of Zilverdam: written as deliveries in their own formats, and read into a vault like real ones."""

from datetime import date, datetime
from pathlib import Path

from knooppunt.findings import read_exclusions, run_findings
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.synthetic import synthesise
from knooppunt.vault import open_vault

RESIDENTS = 6_000  # a part of town: enough to find something, little enough to build while somebody waits
DELIVERIES = {"bag": "bag.zip", "brp": "brp.csv", "kvk": "kvk.jsonl"}
VAULT = "vault"


def fill_vault(*, folder: Path, seed: int, at: datetime) -> int:
    """Write the deliveries to `<folder>/deliveries`, read them into `<folder>/vault`, link, and run the findings.

    Returns how many findings there are, as things are on the day of the deliveries.
    """
    deliveries, vault = folder / "deliveries", folder / VAULT
    town = synthesise(residents=RESIDENTS, seed=seed, out=deliveries)
    as_of = date.fromisoformat(town.as_of)
    for register, file in DELIVERIES.items():
        ingest(register, deliveries / file, vault=vault, at=at, as_of=as_of)
    link(open_vault(vault), at=at)
    exclusions = read_exclusions(deliveries / "exclusions.csv")
    return len(run_findings(open_vault(vault), as_of=as_of, exclusions=exclusions).findings)
