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
from knooppunt.findings import load_findings, run_findings
from knooppunt.findings.bias import (
    CONFIRMED,
    FOUND,
    NOT_FOUND,
    NOT_JUDGED,
    NOWHERE,
    REFUTED,
    ClassOutcomes,
    ClassShare,
    NoBiasReportError,
    bias_report,
    bias_reports,
    exact,
    outcomes_over,
    spread_over,
)
from knooppunt.findings.bias.outcomes import between, counts_of
from knooppunt.findings.stages import keep_outcomes
from knooppunt.findings.yields import Outcome, wilson
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


def right_by_class(vault: Vault, **ended: tuple[int, int, int]) -> dict[str, ClassOutcomes]:
    """What looking gave in classes: confirmed, not confirmed, not judged."""
    kinds = (CONFIRMED, REFUTED, NOT_JUDGED)
    counts = {(name, said): number for name, told in ended.items() for said, number in zip(kinds, told, strict=True)}
    return {one.name: one for one in outcomes_over(vault, "looked", sorted(ended), counts, Policy())}


def test_where_a_rule_is_right_far_more_often_is_said_with_wilsons_interval(vault: Vault) -> None:
    told = right_by_class(vault, urban=(100, 20, 300), middle=(32, 90, 40), rural=(30, 100, 500))
    assert (told["urban"].compared, told["rural"].compared) == ("more", "fewer")
    low, high = told["urban"].low, told["urban"].high
    assert low is not None and high is not None and low < wilson(100, 120, z=1.96)[0] < 100 / 120 < high
    assert told["urban"].rest_high is not None and told["urban"].rest_high < low


def test_what_looking_gave_hides_small_numbers_and_so_says_nothing(vault: Vault) -> None:
    told = right_by_class(vault, urban=(3, 40, 60), rural=(30, 50, 70))
    assert told["urban"].confirmed is None and told["urban"].low is None
    assert {one.compared for one in told.values()} == {"too few to tell"}


def test_a_share_between_bounds_is_as_wide_as_they_allow() -> None:
    low, high = between((8, 12), (18, 22), 1.96)
    drawn = [wilson(right, right + wrong, z=1.96) for right in range(8, 13) for wrong in range(18, 23)]
    assert (low, high) == (min(one[0] for one in drawn), max(one[1] for one in drawn))


def looked_at(vault: Vault, rule: str) -> int:
    """Somebody looked at every second object the rule found, and at one that it did not find."""
    found = sorted({one.object_id for one in load_findings(vault).findings if one.rule == rule})
    given = [Outcome(rule, one, is_control=False, confirmed=turn % 3 == 0) for turn, one in enumerate(found[::2])]
    keep_outcomes(vault, [*given, Outcome(rule, found[1], is_control=True, confirmed=True)], at=NOON)
    return len(found)


def test_a_report_says_what_looking_gave_without_controls(vault: Vault) -> None:
    assert bias_report(vault, "WON-03").outcomes == ()
    shutil.rmtree(vault.path / "bias")
    number = looked_at(vault, "WON-03")
    told = bias_report(vault, "WON-03", policy=Policy(smallest_group=5, rounding_base=1))
    assert told.outcomes and told.to_json()["outcomes"][0].keys() >= {"confirmed", "refuted", "not_judged"}
    seen = [n for one in told.outcomes for n in (one.confirmed, one.refuted, one.not_judged) if n is not None]
    assert sum(seen) <= number and all(n >= 5 for n in seen)
    assert bias_report(vault, "WON-03", policy=Policy(smallest_group=5, rounding_base=1)) == told
    gone = counts_of([7], {"a1b2c3d4e5f60718": True}, {7: "urban"})
    assert gone == {("urban", NOT_JUDGED): 1, (NOWHERE, CONFIRMED): 1}


def test_the_command_shows_what_looking_gave(vault: Vault) -> None:
    asked = ["bias", "--vault", str(vault.path), "--rule", "WON-03"]
    assert "what looking gave" not in CliRunner().invoke(main, asked).stdout
    looked_at(vault, "WON-03")
    assert "WON-03: what looking gave" in CliRunner().invoke(main, asked).stdout


def test_where_a_rule_looked_is_told_as_it_was_known(vault: Vault) -> None:
    asked = ["bias", "--vault", str(vault.path), "--rule", "WON-03", "--known-on", DAY.isoformat()]
    none = CliRunner().invoke(main, asked)
    assert none.exit_code == 1 and "holds no findings as they were known on 2026-11-01" in none.stderr
    run_findings(open_vault(vault.path, known_on=DAY), as_of=DAY, rules=["WON-03"])
    now, then = bias_report(vault, "WON-03"), bias_report(open_vault(vault.path, known_on=DAY), "WON-03")
    assert then.classes == now.classes and then.found is not None
    assert json.loads(CliRunner().invoke(main, [*asked, "--json"]).stdout) == json.loads(json.dumps(then.to_json()))
    looked_at(vault, "WON-03")
    told = bias_report(open_vault(vault.path, known_on=DAY), "WON-03")
    assert told.outcomes  # given at NOON, which was before that day


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
