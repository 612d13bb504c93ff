"""Pictures from the command line say in words what they draw; the doctor says how well a vault is linked."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from defusedxml.ElementTree import fromstring

from knooppunt.cli import main
from knooppunt.cli._svg import Bar, Line, bars, lines
from knooppunt.ingest import ingest
from knooppunt.linkage.decisions import place_decision, place_establishments
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import open_vault

SVG = "{http://www.w3.org/2000/svg}"


def said(picture: str, what: str = "desc") -> str:
    """What a picture says in words."""
    found = fromstring(picture).find(f"{SVG}{what}")
    return (found.text or "") if found is not None else ""


def test_bars_reach_as_far_as_their_value_and_bounds_lie_around_them() -> None:
    drawn = bars("A & B", [Bar("x <1>", 0.5, "5/10", (0.25, 1.0)), Bar("y", 0.25, "1/4")])
    assert said(drawn, "title") == "A & B"
    assert said(drawn) == "x <1>: 5/10; y: 1/4"
    widths = [float(one.get("width", "0")) for one in fromstring(drawn).findall(f"{SVG}rect")[1:]]
    assert widths[0] == pytest.approx(2 * widths[1])


def test_lines_say_every_value_and_differ_without_colour() -> None:
    drawn = lines("Reports", ["01-2026", "02-2026"], [Line("Noord", [1, 4]), Line("Zuid", [0, 2])])
    assert said(drawn) == "Noord: 1, 4; Zuid: 0, 2"
    kinds = {one.get("stroke-dasharray") for one in fromstring(drawn).findall(f"{SVG}path")} - {None}
    assert len(kinds) == 2
    gaps = lines("Reports", ["01", "02", "03"], [Line("Noord", [10, None, 12])], gap="<10")
    assert said(gaps) == "Noord: 10, <10, 12" and "M" in gaps.split('d="M')[2].split('"')[0]
    assert said(lines("Nothing", [], [])) == ""


def test_the_doctor_says_how_well_it_is_linked_and_what_waits(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    synthesise(residents=3_000, seed=5, out=tmp_path)
    ingest("bag", tmp_path / "bag.zip", vault=vault, at=NOON)
    ingest("kvk", tmp_path / "kvk.jsonl", vault=vault, at=NOON, as_of=NOON.date())

    def told() -> dict[str, object]:
        links: dict[str, object] = json.loads(run("doctor", "--vault", str(vault), "--json"))["links"]
        return links

    assert told() == {"state": "never"}
    assert "Nothing is linked yet" in run("doctor", "--vault", str(vault))
    picture = tmp_path / "links.svg"
    run("link", "--vault", str(vault), "--svg", str(picture))
    assert "unlinked" in said(picture.read_text(encoding="utf-8"))
    first = told()
    assert first["state"] == "current" and first["reports_waiting"] == 0
    assert isinstance(first["to_look_at"], int) and first["to_look_at"] > 0
    assert "linked well enough" in run("doctor", "--vault", str(vault))
    one = open_vault(vault).table("establishments").limit(1).to_pyarrow().to_pylist()[0]
    decision = place_decision(f"{one['kvk']:08}", f"{one['establishment']:012}", "", by="V", reason="weg", at=NOON)
    place_establishments(open_vault(vault), [decision])
    assert told()["state"] == "old"
    assert "changed since" in run("doctor", "--vault", str(vault))
    run("link", "--vault", str(vault))
    assert told()["reports_waiting"] == 1


def test_what_came_of_a_work_list_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "object_id;place;outcome\n" + "".join(f"{n};Kade {n};confirmed\n" for n in range(25)), encoding="utf-8"
    )
    (tmp_path / "key.json").write_text(json.dumps({"rule": "BED-01", "controls": ["3", "4"]}), encoding="utf-8")
    picture = tmp_path / "yield.svg"
    run("outcomes", str(tmp_path / "list.csv"), "--key", str(tmp_path / "key.json"), "--svg", str(picture))
    words = said(picture.read_text(encoding="utf-8"))
    assert words.startswith("BED-01: 23/23") and "BED-01, at random: 2/2" in words


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_series_is_drawn_with_few_lines(tmp_path: Path) -> None:
    from knooppunt.cli.forecast import _drawn  # noqa: PLC0415  brings ibis along
    from knooppunt.outlook.series import months_until, series_of  # noqa: PLC0415  brings ibis along
    from knooppunt.outlook.telling import told_series  # noqa: PLC0415  brings ibis along

    months = months_until(NOON.date(), 12)
    seen = [(f"Buurt {n}", months[0] + timedelta(days=day)) for n in range(8) for day in range(10 + n)]
    words = said(_drawn(told_series(series_of("reports", months, seen))))
    assert words.startswith("Buurt 7:") and words.count("Buurt") == 5 and "<10" in words
