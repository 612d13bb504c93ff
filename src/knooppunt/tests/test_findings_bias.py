"""How findings fall over neighbourhoods: exact bounds that cover, small numbers that stay hidden, differences said."""

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.disclosure import Hidden, Policy
from knooppunt.findings import run_findings
from knooppunt.findings.bias import (
    FOUND,
    NOT_FOUND,
    ClassShare,
    NoBiasReportError,
    bias_report,
    bias_reports,
    exact,
    spread_over,
)
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import Vault, open_vault

DAY = date(2026, 11, 1)
FILES = {"bag": "bag.zip", "brp": "brp.csv", "kvk": "kvk.jsonl", "areas": "areas.csv", "areamap": "areamap.csv"}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with findings, in which neighbourhoods take turns in being urban or not."""
    folder = tmp_path_factory.mktemp("bias")
    synthesise(residents=5_000, seed=3, out=folder)
    head, *rows = (folder / "areas.csv").read_text(encoding="utf-8").splitlines()
    cells = [row.split(";") for row in rows]
    turned = [";".join([*own[:2], str(1 + 3 * (place % 2)), *own[3:]]) for place, own in enumerate(cells)]
    (folder / "areas.csv").write_text("\n".join([head, *turned]) + "\n", encoding="utf-8")
    for register, file in FILES.items():
        ingest(register, folder / file, vault=folder / "vault", at=NOON, as_of=DAY)
    link(open_vault(folder / "vault"), at=NOON)
    run_findings(open_vault(folder / "vault"), as_of=DAY, rules=["BED-01", "WON-01", "WON-03"])
    return folder


@pytest.fixture
def vault(town: Path, tmp_path: Path) -> Vault:
    return open_vault(shutil.copytree(town / "vault", tmp_path / "vault"))


def test_exact_bounds_are_those_of_the_tables_and_cover() -> None:
    assert exact((5, 5), (10, 10), 0.05) == pytest.approx((0.1871, 0.8129), abs=1e-4)
    assert exact((0, 0), (10, 10), 0.05) == pytest.approx((0.0, 0.3085), abs=1e-4)
    assert exact((10, 10), (10, 10), 0.05)[1] == 1.0
    drawn = np.random.default_rng(1).binomial(60, 0.2, 400)
    inside = [low <= 0.2 <= high for low, high in (exact((n, n), (60, 60), 0.05) for n in drawn.tolist())]
    assert np.mean(inside) >= 0.95
    wide = exact((18, 22), (98, 102), 0.05)
    assert wide[0] < exact((20, 20), (100, 100), 0.05)[0] and wide[1] > exact((20, 20), (100, 100), 0.05)[1]


def shares(vault: Vault, **found: tuple[int, int]) -> dict[str, ClassShare]:
    """The shares of classes of which so many of so many objects were found."""
    counts = Counter({(name, FOUND): number for name, (number, _all) in found.items()})
    counts.update({(name, NOT_FOUND): whole - number for name, (number, whole) in found.items()})
    _release, told = spread_over(vault, "drawn", sorted(found), counts, Policy())
    return {one.name: one for one in told}


def test_a_class_that_is_found_far_more_often_is_said_and_one_by_chance_is_not(vault: Vault) -> None:
    told = shares(vault, urban=(200, 1_000), middle=(52, 1_000), rural=(50, 1_000))
    assert told["urban"].compared == "more"
    alike = shares(open_vault(vault.path), left=(200, 1_000), right=(210, 1_000))
    assert {one.compared for one in alike.values()} == {"no difference shown"}


def test_a_small_number_does_not_come_out_nor_can_be_subtracted(vault: Vault) -> None:
    counts = {("urban", FOUND): 3, ("urban", NOT_FOUND): 997, ("rural", FOUND): 60, ("rural", NOT_FOUND): 940}
    release, shown = spread_over(vault, "small", ["rural", "urban"], counts, Policy(rounding_base=1))
    told = {one.name: one for one in shown}
    assert told["urban"].found is None and told["urban"].compared == "too few to tell"
    hidden = [isinstance(cell, Hidden) for _at, cell in release]
    assert sum(hidden) >= 4  # what was found in both classes, or its total; and the same of what was not


def test_a_rule_of_a_town_is_reported_and_stays_as_it_was_told(vault: Vault) -> None:
    told = bias_report(vault, "WON-03", policy=Policy(smallest_group=5))
    assert told.as_of == DAY and {one.name for one in told.classes} >= {"very urban", "little urban"}
    assert all(one.objects is None or one.objects % 5 == 0 for one in told.classes)
    assert bias_report(vault, "WON-03", policy=Policy(smallest_group=5)) == told
    assert {one.rule for one in bias_reports(vault)} >= {"BED-01", "WON-01"}


def test_what_cannot_be_spread_is_said(vault: Vault, town: Path) -> None:
    for rule in ("BED-02", "BED-99"):
        with pytest.raises(NoBiasReportError, match="no rule about addresses"):
            bias_report(vault, rule)
    with pytest.raises(NoBiasReportError, match="found nothing"):
        bias_report(vault, "HOR-01")


def test_the_command_shows_and_draws(vault: Vault, tmp_path: Path) -> None:
    asked = ["bias", "--vault", str(vault.path), "--rule", "WON-01"]
    told = CliRunner().invoke(main, [*asked, "--svg", str(tmp_path / "bias.svg")])
    assert told.exit_code == 0, told.output
    assert "A difference is a question, not a proof" in " ".join(told.stdout.split())
    assert (tmp_path / "bias.svg").read_text(encoding="utf-8").startswith("<svg")
    found = json.loads(CliRunner().invoke(main, [*asked, "--json"]).stdout)
    assert found["rule"] == "WON-01" and len(found["classes"]) >= 2
