"""Areas on the map: borders under the findings, small maps of a table, what is hidden is hidden there too."""

import json
import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.hub import actions, queries
from bolwerk.hub.access import in_use
from bolwerk.hub.models import Study
from bolwerk.hub.tests.makers import STAND, found, make_analyst, put_in_list, put_on, town
from knooppunt.ingest import ingest
from knooppunt.outlook.series import months_until, series_of
from knooppunt.synthetic.boundaries import FILE, write_boundaries
from knooppunt.synthetic.division import Division

pytestmark = pytest.mark.django_db
BORDERS, AHEAD, YIELDS = "/knooppunt/kaart/grenzen/", "/knooppunt/vooruitblik/", "/knooppunt/opbrengst/"
REGISTERS = ("bag", "kvk", "reports", "areas", "areamap", "boundaries")


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of a small town with the shapes of nine neighbourhoods, made once."""
    home = tmp_path_factory.mktemp("areas")
    write_boundaries(home, Division(6_000, seed=3).all[:9])
    for register, file in (("bag", town() / "bag.zip"), ("areas", town() / "areas.csv"), ("boundaries", home / FILE)):
        as_of = None if register == "bag" else STAND
        ingest(register, file, vault=home / "vault", at=timezone.now() - timedelta(days=5), as_of=as_of)
    return home / "vault"


@pytest.fixture
def analyst(client: Client, installation: Path, vault: Path) -> Person:
    shutil.copytree(vault, installation / "vault")
    person = make_analyst()
    client.force_login(person)
    put_on(*REGISTERS, "BED-01", at=timezone.now())
    return person


def shapes() -> list[str]:
    """The codes on the map."""
    borders = queries.borders_drawn(in_use(on=timezone.localdate()))
    assert borders is not None
    return [one.code for one in borders.areas]


def study(counts: dict[str, list[int]], *, codes: list[str] | None = None) -> Study:
    """A look ahead at reports, with these areas in its series."""
    months = [f"2026-{month:02}-01" for month in (9, 10)]
    named = codes if codes is not None else [one if one.startswith("BU") else "" for one in counts]
    names = [f"Buurt {one}" if one.startswith("BU") else one for one in counts]
    expected = [
        {"name": name, "expected": sum(row) / 2, "low": 1.0, "high": 30.0, "last_year": 5.0}
        for name, row in zip(names, counts.values(), strict=True)
    ]
    told = {"month": "2026-11-01", "verdict": "no_better", "areas": expected, "tested_months": 24, "error": 1.0}
    told |= {"error_last_year": 1.0, "gain": 0.0, "gain_low": 0.0, "gain_high": 0.0, "covered": 0.8}
    series = {"areas": names, "codes": named, "months": months, "counts": list(counts.values())}
    spot = {"x": 155_000.0, "y": 463_000.0, "radius": 150.0, "cases": 12, "expected": 4.0, "chance": 0.001}
    spots = [spot | {"street": "Kade", "town": "Zilverdam", "longitude": 5.4, "latitude": 52.1}]
    result = {"series": series, "forecast": told, "spots": spots}
    return Study.objects.create(kind="ahead", about="reports", as_of=STAND, result=result, made_at=timezone.now())


def drawings(page: str) -> list[str]:
    """The maps of areas on a page, without the numbers that tell them apart."""
    return [
        re.sub(r"areas-\d+", "areas-n", one) for one in re.findall(r'<figure class="bw-areas".*?</figure>', page, re.S)
    ]


def test_borders_lie_under_the_findings_with_a_legend(client: Client, analyst: Person) -> None:
    today = timezone.localdate()
    put_in_list(found(as_of=today), as_of=today, at=timezone.now())
    page = client.get("/knooppunt/").content.decode()
    assert f'data-borders="{BORDERS}"' in page and "Buurten van het CBS" in page
    collection = client.get(BORDERS).json()
    assert [one["properties"]["code"] for one in collection["features"]] == shapes()
    assert len(client.get(BORDERS).content) < 40_000


def test_while_their_register_is_off_borders_do_not_exist(client: Client, analyst: Person) -> None:
    today = timezone.localdate()
    put_in_list(found(as_of=today), as_of=today, at=timezone.now())
    one = study({shapes()[0]: [20, 30]})
    actions.switch_off(code="boundaries", by=analyst, at=timezone.now(), seen=1, reason="Grondslag weg")
    assert client.get(BORDERS).json() == {"type": "FeatureCollection", "features": []}
    assert 'data-borders=""' in client.get("/knooppunt/").content.decode()
    page = client.get(AHEAD).content.decode()
    assert "<svg" in page and drawings(page) == []
    assert queries.maps_of_outlook(one, None) is None


def test_who_may_not_see_findings_gets_no_borders(client: Client, analyst: Person) -> None:
    client.force_login(make_person("Ellen Brouwer", Role.CASE_DIRECTOR))
    assert client.get(BORDERS).status_code == 200
    for role in (Role.PRIVACY_OFFICER, Role.EMPLOYEE):
        client.force_login(make_person(f"Iemand {role}", role))
        assert client.get(BORDERS).status_code == 404


def test_a_map_says_what_its_table_says_with_letters_and_words(client: Client, analyst: Person) -> None:
    first, second, *_others = shapes()
    study({first: [20, 30], second: [12, 0]})
    ahead, series, spots = drawings(client.get(AHEAD).content.decode())
    assert series.count("bw-area--hidden") == len(shapes()) - 2
    assert re.search(r">A</span> <span><strong>12 tot 21</strong>", series)  # no whole year: a month adds nine at most
    assert re.search(r">B</span> <span><strong>50</strong>", series)
    assert "Niet getoond: te weinig, of geen" in series and "Verwacht in november 2026" in ahead
    assert spots.count("<circle") == 1 and "Kade" in spots


@pytest.mark.parametrize("worlds", [((6, 6, 6), (9, 5, 4)), ((9, 0, 0), (0, 0, 0), (0, 5, 4), (9, 9, 0), (9, 9, 8))])
def test_what_is_hidden_cannot_be_told_by_the_map(
    client: Client, analyst: Person, worlds: tuple[tuple[int, ...], ...]
) -> None:
    first, *rest = shapes()
    month, pages = months_until(STAND, 2)[0], set()
    for hidden in worlds:  # what lies in three areas that the gate keeps back
        counts = {first: 50} | dict(zip(rest, hidden, strict=False))
        seen = [(area, month) for area, number in counts.items() for _one in range(number)]
        told = series_of("reports", months_until(STAND, 2), seen, {area: area for area in counts})
        Study.objects.all().delete()
        study(dict(zip(told.areas, told.counts.tolist(), strict=True)), codes=list(told.codes))
        pages.add("".join(drawings(client.get(AHEAD).content.decode())))
    (only,) = pages
    assert set(re.findall(r'bw-area--[1-5]" href="#areas-(\w+)"', only)) == {first}


def two_years(small: list[int], quiet: list[int]) -> Study:
    """A look ahead of two whole years: one area with `small` as its last months, one that is always `quiet`."""
    first, second, third, *_others = shapes()
    counts = {first: [30] * 24, second: [20] * (24 - len(small)) + small, third: quiet}
    one = study(counts)
    one.result["series"]["months"] = [f"{year}-{month:02}-01" for year in (2024, 2025) for month in range(1, 13)]
    for area, row in zip(one.result["forecast"]["areas"], counts.values(), strict=True):
        last_year = float(row[-12])
        area |= {"expected": last_year, "last_year": last_year, "low": last_year / 2, "high": last_year + 4}
    one.save()
    return one


def told_by_house(client: Client) -> str:
    """All that is told of a look ahead: its page with drawings and tables, and the file that can be taken along."""
    page = client.get(AHEAD).content.decode().partition("<h1")[2].partition("Alleen over gebieden")[0]
    return re.sub(r"(areas|chart|sheet)-\d+", "n", page) + json.dumps(file_of(client)["features"])


def test_a_small_month_cannot_be_told_by_page_or_file(client: Client, analyst: Person) -> None:
    worlds = [
        ([9, 0], [4] * 12 + [3] * 12),
        ([4, 5], [9] * 5 + [3] + [0] * 6 + [0] * 8 + [9] * 4),
        ([0, 9], [0, 8] * 6 + [9] + [0] * 8 + [9] * 3),
    ]  # the sums of years are the same: they are told, and nine in two months may be anything
    told = set()
    for small, quiet in worlds:
        Study.objects.all().delete()
        two_years(small, quiet)
        told.add(told_by_house(client))
    (only,) = told
    assert "Minder dan tien verwacht in: " in only and ">209<" in only and ">48<" in only


def test_one_small_month_of_a_year_is_not_told_by_the_other_eleven(client: Client, analyst: Person) -> None:
    told = set()
    for number in (0, 4, 9):
        Study.objects.all().delete()
        two_years([number], [4] * 24)
        told.add(told_by_house(client))
    (only,) = told
    assert "220 tot 229" in only and '"2025-12": null' in only and '"2025": null' in only


def test_an_area_without_a_shape_is_in_the_table_and_not_on_the_map(client: Client, analyst: Person) -> None:
    one = study({"BU99999999": [20, 30], "6100": [10, 10]})
    page = client.get(AHEAD).content.decode()
    assert "Buurt BU99999999" in page and len(drawings(page)) == 1  # that of the places
    del one.result["series"]["codes"]  # as it was kept before
    assert queries.maps_of_outlook(one, queries.borders_drawn(in_use(on=timezone.localdate()))) is not None


def test_looking_back_draws_the_shapes_of_then(client: Client, analyst: Person, installation: Path) -> None:
    before = shapes()
    write_boundaries(installation / "deliveries", Division(6_000, seed=3).all[:2])
    today = timezone.localdate()
    ingest(
        "boundaries", installation / "deliveries" / FILE, vault=installation / "vault", at=timezone.now(), as_of=today
    )
    assert len(client.get(BORDERS).json()["features"]) == 2
    yesterday = (today - timedelta(days=1)).isoformat()
    then = client.get(f"{BORDERS}?known_on={yesterday}").json()["features"]
    assert [one["properties"]["code"] for one in then] == before


def test_where_a_rule_looks_is_on_the_map_where_it_differs(client: Client, analyst: Person) -> None:
    figures: dict[str, Any] = {"objects": 2000, "found": 220, "low": 0.09, "high": 0.13}
    figures |= {"rest_low": 0.02, "rest_high": 0.04}
    said = dict.fromkeys(("very urban", "urban", "fairly urban", "little urban"), "no difference shown")
    kinds = said | {"not urban": "more", "unknown": "too few to tell"}
    classes = [{"name": name, **figures, "compared": compared} for name, compared in kinds.items()]
    result = {"rule": "BED-01", "objects": 4000, "found": 440, "classes": classes, "outcomes": []}
    Study.objects.create(kind="bias", about="BED-01", as_of=STAND, result=result, made_at=timezone.now())
    (drawing,) = drawings(client.get(YIELDS).content.decode())
    assert "Geen verschil aangetoond" in drawing or "Vaker gevonden" in drawing
    client.force_login(make_person("Marijke van Dam", Role.PRIVACY_OFFICER))
    assert len(drawings(client.get(YIELDS).content.decode())) == 1


def file_of(client: Client, reason: str = "Overleg wijkteam van maandag") -> dict[str, Any]:
    """The file that an analyst takes along."""
    answer = client.post(f"{AHEAD}reports/bestand/", {"reason": reason})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    told: dict[str, Any] = json.loads(answer.content)
    return told


def test_figures_of_areas_are_taken_along_with_their_shapes_and_a_reason(client: Client, analyst: Person) -> None:
    first, second, *_others = shapes()
    study({first: [20, 30], second: [5, 17], "6100": [11, 10], "…": [11, 19]})
    told = file_of(client)
    header = told["export"]
    assert (header["reason"], header["by"], header["as_of"]) == (
        "Overleg wijkteam van maandag",
        analyst.name,
        "2026-11-01",
    )
    areas = {one.get("id", ""): one for one in told["features"] if one["properties"]["kind"] == "area"}
    assert areas[first]["properties"]["months"] == {"2026-09": 20, "2026-10": 30}
    few = areas[second]["properties"]
    assert few["months"] == {"2026-09": None, "2026-10": 17} and few["ahead"]["last_year"] is None
    assert (few["total"], few["total_low"], few["total_high"]) == (None, 17, 26)
    assert areas[""]["geometry"] is None and areas[""]["properties"]["total"] == 21
    hidden = [one["properties"] for code, one in areas.items() if code not in (first, second, "")]
    assert len(hidden) == 7 and all(one.keys() == {"code", "name", "kind", "shown"} for one in hidden)
    (spot,) = (one for one in told["features"] if one["properties"]["kind"] == "hot_spot")
    assert spot["geometry"]["type"] == "Polygon" and spot["properties"]["cases"] == 12
    line = Line.objects.get(event="hub.areas.exported")
    assert (line.reason, line.facts, line.actor) == (header["reason"], {"rows": 3}, analyst.urn)


def test_without_a_reason_or_a_right_no_figures_of_areas_leave(client: Client, analyst: Person) -> None:
    study({shapes()[0]: [20, 30]})
    for reason in ("", "omdat"):
        answer = client.post(f"{AHEAD}reports/bestand/", {"reason": reason})
        assert answer.context["form"].errors.keys() == {"reason"}
    assert "Download als kaartlaag" in client.get(AHEAD).content.decode()
    client.force_login(make_person("Ellen Brouwer", Role.CASE_DIRECTOR))
    assert client.get(f"{AHEAD}reports/bestand/").status_code == 404
    assert "Download als kaartlaag" not in client.get(AHEAD).content.decode()
    assert not Line.objects.filter(event="hub.areas.exported").exists()


def test_while_boundaries_are_off_the_file_has_no_shapes(client: Client, analyst: Person) -> None:
    study({shapes()[0]: [20, 30]})
    actions.switch_off(code="boundaries", by=analyst, at=timezone.now(), seen=1, reason="Grondslag weg")
    areas = [one for one in file_of(client)["features"] if one["properties"]["kind"] == "area"]
    assert [one["geometry"] for one in areas] == [None]
