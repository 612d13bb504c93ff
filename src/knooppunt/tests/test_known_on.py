""" "As we knew it on": the BAG by its own moments of registration, other registers by the deliveries there were."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.findings import FindingsRun, UnknownFindingError, days_with_findings, load_findings, run_findings
from knooppunt.findings.explain import explain
from knooppunt.findings.inputs import Inputs, MissingRegisterError
from knooppunt.findings.looking_up import object_on
from knooppunt.ingest import ingest
from knooppunt.linkage import link, objects_at
from knooppunt.outlook import rule_series
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import Vault, VaultError, open_vault
from knooppunt.vault.derived import read_derived
from knooppunt.vault.knowing import as_known

BEFORE, STAND, LATER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour)  # noqa: DTZ001  the BAG writes moments without a zone


ROWS = pa.table(
    {
        "id": [1, 1, 2, 3],
        "valid_from": [date(2020, 1, 1), date(2026, 3, 1), date(2026, 3, 1), date(2020, 1, 1)],
        "valid_to": pa.array([date(2026, 3, 1), None, None, None], pa.date32()),
        "registered_at": [at(1), at(10, 9), at(10, 23), at(1)],
        "registered_until": pa.array([at(10, 9), None, None, None], pa.timestamp("us")),
        "inactive_at": pa.array([None, None, None, at(20)], pa.timestamp("us")),
        "not_bag_at": pa.array([None] * 4, pa.timestamp("us")),
        "part": ["stand", "stand", "stand", "inactief"],
    }
)


def known(day: date) -> list[tuple[int, date | None, str]]:
    table = as_known(ibis.memtable(ROWS), day)
    rows = table.order_by("id", "valid_from").to_pyarrow().to_pylist()
    return [(row["id"], row["valid_to"], row["part"]) for row in rows]


def test_what_was_registered_later_is_not_known_and_has_ended_nothing() -> None:
    assert known(date(2026, 3, 9)) == [(1, None, "stand"), (3, None, "stand")]
    assert known(date(2026, 3, 10)) == [
        (1, date(2026, 3, 1), "stand"),
        (1, None, "stand"),
        (2, None, "stand"),
        (3, None, "stand"),
    ]
    assert known(date(2026, 3, 20))[-1] == (3, None, "inactief")


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with two deliveries of companies and residents: those of November are another town's, so they differ."""
    home = tmp_path_factory.mktemp("known")
    for name, seed in (("first", 3), ("second", 4)):
        synthesise(residents=3_000, seed=seed, out=home / name)
    vault = home / "vault"
    ingest("bag", home / "second" / "bag.zip", vault=vault, at=NOON)
    for folder, day in (("first", BEFORE), ("second", STAND)):
        for register, file in (("kvk", "kvk.jsonl"), ("brp", "brp.csv")):
            ingest(register, home / folder / file, vault=vault, at=NOON, as_of=day)
    link(open_vault(vault), at=NOON)
    return vault


@pytest.fixture
def vault(towns: Path, tmp_path: Path) -> Path:
    shutil.copytree(towns, tmp_path / "vault")
    return tmp_path / "vault"


@pytest.fixture(scope="module")
def asked_twice(towns: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, FindingsRun]:
    """A vault that was asked for one rule as it is known now and then as it was known, and the answer of then."""
    made = tmp_path_factory.mktemp("asked") / "vault"
    shutil.copytree(towns, made)
    run_findings(open_vault(made), as_of=STAND, rules=["BED-01"])
    return made, run_findings(open_vault(made, known_on=BEFORE), as_of=STAND, rules=["BED-01"])


@pytest.fixture
def asked_before(asked_twice: tuple[Path, FindingsRun], tmp_path: Path) -> tuple[Path, FindingsRun]:
    """A copy of it, which the test may change."""
    shutil.copytree(asked_twice[0], tmp_path / "asked")
    return tmp_path / "asked", asked_twice[1]


def numbers(vault: Vault, on: date) -> tuple[int, int]:
    with Inputs(vault, on) as inputs:
        companies = int(inputs.establishments.count().to_pyarrow().as_py())
        residents = int(inputs.register_table("stays").count().to_pyarrow().as_py())
    return companies, residents


def test_other_registers_are_known_by_the_delivery_of_that_day(vault: Path) -> None:
    now, then = numbers(open_vault(vault), STAND), numbers(open_vault(vault, known_on=BEFORE), STAND)
    assert now != then
    assert numbers(open_vault(vault, known_on=LATER), STAND) == now
    assert {one.register: one.as_of for one in open_vault(vault, known_on=BEFORE).registers()}["brp"] == BEFORE


def test_a_register_that_was_not_there_yet_is_said_and_gives_no_zero(vault: Path) -> None:
    early = open_vault(vault, known_on=date(2026, 9, 1))
    with pytest.raises(MissingRegisterError, match="KVK"):
        run_findings(early, as_of=STAND, rules=["BED-01"])


def test_an_answer_of_then_never_takes_the_place_of_the_one_of_now(vault: Path) -> None:
    now = run_findings(open_vault(vault), as_of=STAND, rules=["BED-01", "WON-01"])
    then = run_findings(open_vault(vault, known_on=BEFORE), as_of=STAND, rules=["BED-01", "WON-01"])
    assert then.run != now.run and then.made_from["known_on"] == BEFORE.isoformat()
    assert load_findings(open_vault(vault)).run == now.run
    again = run_findings(open_vault(vault, known_on=LATER), as_of=STAND, rules=["BED-01", "WON-01"])
    assert {one.object_id for one in again.findings} == {one.object_id for one in now.findings}
    assert then.made_from["kvk"] != now.made_from["kvk"] and then.made_from["brp"] != now.made_from["brp"]


def test_only_answers_of_then_are_no_findings_of_a_day(vault: Path) -> None:
    run_findings(open_vault(vault, known_on=LATER), as_of=STAND, rules=["BED-01"])
    assert days_with_findings(open_vault(vault)) == []


def test_a_vault_of_then_is_only_read(vault: Path) -> None:
    with pytest.raises(VaultError, match="only read"):
        link(open_vault(vault, known_on=BEFORE), at=datetime.now(UTC))


def test_before_anything_was_registered_there_are_no_objects(vault: Path) -> None:
    with Inputs(open_vault(vault, known_on=date(1990, 1, 1)), STAND) as inputs:
        assert inputs.premises.count().to_pyarrow().as_py() == 0


def test_the_command_line_takes_the_day(vault: Path) -> None:
    asked = ["findings", "--vault", str(vault), "--as-of", "2026-11-01", "--rule", "BED-01", "--json"]
    told = CliRunner().invoke(main, [*asked, "--known-on", "2026-10-01"])
    assert told.exit_code == 0 and '"known_on": "2026-10-01"' in told.stdout
    early = CliRunner().invoke(main, [*asked, "--known-on", "2026-09-01"])
    assert early.exit_code == 1 and "does not hold" in early.stderr


def test_a_finding_of_then_is_explained_by_what_was_known_then(vault: Path) -> None:
    run_findings(open_vault(vault), as_of=STAND, rules=["BED-01"])
    then = run_findings(open_vault(vault, known_on=BEFORE), as_of=date(2026, 10, 15), rules=["BED-01"])
    only_then = then.findings[0]  # the day is in its name, and nobody asked about that day as it is known now
    told = explain(open_vault(vault, known_on=BEFORE), only_then.id)
    assert told.run == then.run and told.still_current and told.made_from["known_on"] == BEFORE.isoformat()
    with pytest.raises(UnknownFindingError):
        explain(open_vault(vault), only_then.id)
    with pytest.raises(UnknownFindingError, match="as it was known on 2026-09-01"):
        explain(open_vault(vault, known_on=date(2026, 9, 1)), only_then.id)
    asked = ["explain", only_then.id, "--vault", str(vault), "--json"]
    assert CliRunner().invoke(main, asked).exit_code == 1
    assert only_then.id in CliRunner().invoke(main, [*asked, "--known-on", BEFORE.isoformat()]).stdout


def test_findings_of_then_are_taken_out_as_such(asked_before: tuple[Path, FindingsRun]) -> None:
    vault, then = asked_before
    asked = [
        "export",
        "--vault",
        str(vault),
        "--format",
        "geojson",
        "--reason",
        "As the board saw it",
        "--by",
        "C. Vos",
    ]
    told = json.loads(CliRunner().invoke(main, [*asked, "--known-on", BEFORE.isoformat()]).stdout)
    assert (told["export"]["run"], told["export"]["known_on"]) == (then.run, BEFORE.isoformat())
    assert [one["id"] for one in told["features"]] == [one.id for one in then.findings]
    noted = json.loads((vault / "vault.log.jsonl").read_text().splitlines()[-1])
    assert (noted["run"], noted["known_on"], noted["by"]) == (then.run, BEFORE.isoformat(), "C. Vos")
    assert "known_on" not in json.loads(CliRunner().invoke(main, asked).stdout)["export"]
    never = CliRunner().invoke(main, [*asked, "--known-on", "2026-09-01"])
    assert never.exit_code == 1 and "as they were known on 2026-09-01" in never.stderr


def test_a_work_list_is_drawn_from_what_was_found_then(asked_before: tuple[Path, FindingsRun], tmp_path: Path) -> None:
    vault, then = asked_before
    listed, key = tmp_path / "list.csv", tmp_path / "key.json"
    asked = ["worklist", "--vault", str(vault), "--rule", "BED-01", "--seed", "7"]
    asked += ["--out", str(listed), "--key", str(key)]
    assert CliRunner().invoke(main, [*asked, "--known-on", BEFORE.isoformat()]).exit_code == 0
    drawn = json.loads(key.read_text())
    there = {line[:16] for line in listed.read_text().splitlines()[1:]}
    assert drawn["run"] == then.run and there - set(drawn["controls"]) == {one.object_id for one in then.findings}
    noted = json.loads((vault / "vault.log.jsonl").read_text().splitlines()[-1])
    assert (noted["event"], noted["run"], noted["known_on"]) == ("worklist", then.run, BEFORE.isoformat())
    early = CliRunner().invoke(main, [*asked, "--known-on", "2026-09-01"])
    assert early.exit_code == 1 and "as they were known on 2026-09-01" in early.stderr


def test_an_address_is_looked_up_as_it_was_known(asked_before: tuple[Path, FindingsRun]) -> None:
    vault, then = asked_before
    object_id = int(then.findings[0].object_id)
    told = {day: object_on(open_vault(vault, known_on=day), object_id, STAND) for day in (BEFORE, LATER)}
    assert told[BEFORE]["premises"] == told[LATER]["premises"]
    assert told[BEFORE]["establishments"] != told[LATER].get("establishments")
    assert object_on(open_vault(vault), object_id, STAND) == told[LATER]
    asked = ["object", f"{object_id:016}", "--vault", str(vault), "--known-on", BEFORE.isoformat(), "--json"]
    assert CliRunner().invoke(main, asked).exit_code == 2
    said = CliRunner().invoke(main, [*asked, "--as-of", STAND.isoformat()])
    assert len(json.loads(said.stdout)["establishments"]) == len(told[BEFORE]["establishments"])


def test_what_is_at_an_address_is_asked_as_it_was_known(vault: Path) -> None:
    made = read_derived(vault, "links")
    assert made is not None
    one = pq.read_table(made.table_path("addressable")).to_pylist()[0]
    where = {"postcode": one["postcode"], "number": one["number"]}
    now = objects_at(open_vault(vault), **where)
    assert f"{one['object_id']:016}" in [there.object_id for there in now]
    assert (
        objects_at(open_vault(vault), **where, on=STAND)
        == now
        == objects_at(open_vault(vault, known_on=STAND), **where)
    )
    assert objects_at(open_vault(vault, known_on=date(1990, 1, 1)), **where, on=STAND) == []
    asked = ["object", f"{one['postcode']} {one['number']}", "--vault", str(vault)]
    told = CliRunner().invoke(main, [*asked, "--as-of", STAND.isoformat(), "--known-on", STAND.isoformat(), "--json"])
    assert [there["object_id"] for there in json.loads(told.stdout)["objects"]] == [there.object_id for there in now]
    assert now[0].place in CliRunner().invoke(main, asked).stdout
    early = CliRunner().invoke(main, [*asked, "--as-of", STAND.isoformat(), "--known-on", "1990-01-01"])
    assert early.exit_code == 1 and "There is no object at" in early.stderr
    assert CliRunner().invoke(main, [*asked, "--known-on", "1990-01-01"]).exit_code == 2


def test_in_which_areas_an_object_lay_is_told_by_the_map_that_was_known(vault: Path, tmp_path: Path) -> None:
    made = read_derived(vault, "links")
    assert made is not None
    one = pq.read_table(made.table_path("addressable")).to_pylist()[0]
    where = {"postcode": one["postcode"], "number": one["number"]}
    assert objects_at(open_vault(vault), **where)[0].areas == ()
    for day, code in ((BEFORE, "3630001"), (STAND, "BU99000102")):
        (tmp_path / "map.csv").write_text(f"PC6;Huisnummer;Buurt\n{where['postcode']};{where['number']};{code}\n")
        ingest("areamap", tmp_path / "map.csv", vault=vault, at=NOON, as_of=day)
    head = "buurtcode;buurtnaam;stedelijkheid_adressen_per_km2;aantal_inwoners;aantal_huishoudens"
    (tmp_path / "areas.csv").write_text(f"{head}\nBU99000102;De Kade;3;100;50\n")
    ingest("areas", tmp_path / "areas.csv", vault=vault, at=NOON, as_of=STAND)
    link(open_vault(vault), at=NOON)
    now = objects_at(open_vault(vault), **where)[0].areas
    assert [(area.kind, area.code, area.name) for area in now] == [
        ("neighbourhood", "BU99000102", "De Kade"),
        ("district", "WK990001", ""),
        ("municipality", "GM9900", ""),
    ]
    then = objects_at(open_vault(vault, known_on=BEFORE), **where, on=STAND)[0].areas
    assert [area.code for area in then] == ["BU03630001", "WK036300", "GM0363"]
    seen = object_on(open_vault(vault, known_on=BEFORE), one["object_id"], STAND)
    assert [row["code"] for row in seen["areas"]] == ["BU03630001", "WK036300", "GM0363"] and "area_of" not in seen
    asked = ["object", f"{where['postcode']} {where['number']}", "--vault", str(vault), "--as-of", STAND.isoformat()]
    told = CliRunner().invoke(main, [*asked, "--known-on", BEFORE.isoformat()]).stdout
    assert "BU03630001, WK036300, GM0363" in told
    assert "De Kade (BU99000102)" in CliRunner().invoke(main, asked).stdout


def test_a_series_is_told_as_it_was_known(vault: Path) -> None:
    told = {
        day: rule_series(open_vault(vault, known_on=day), "BED-01", on=STAND, months=1).counts.sum()
        for day in (BEFORE, LATER, None)
    }
    assert told[None] == told[LATER]
    asked = ["forecast", "--vault", str(vault), "--as-of", STAND.isoformat(), "--known-on"]
    early = CliRunner().invoke(main, [*asked, "2026-09-01", "--rule", "BED-01", "--months", "2"])
    assert early.exit_code == 1 and "KVK" in early.stderr
    spots = CliRunner().invoke(main, ["hotspots", "--vault", str(vault), "--known-on", BEFORE.isoformat()])
    assert spots.exit_code == 1 and "REPORTS" in spots.stderr
