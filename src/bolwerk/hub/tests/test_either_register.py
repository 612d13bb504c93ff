"""A rule that needs the neighbourhood of each object goes on with either register that says it, each with its DPIA."""

import shutil
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.hub import actions, queries
from bolwerk.hub.models import Finding
from bolwerk.hub.tests.makers import STAND, make_analyst, put_on, town
from bolwerk.hub.tests.test_jobs import read, run
from knooppunt.synthetic.boundaries import FILE

pytestmark = pytest.mark.django_db
RULE, NEEDS = "GEB-02", ("bag", "reports", "areas")


@pytest.fixture
def vault(installation: Path) -> Path:
    """A small town read in, with both the table and the shapes of its neighbourhoods."""
    files = {"bag": "bag.zip", "reports": "reports.csv", "areas": "areas.csv", "areamap": "areamap.csv"}
    put_on(*files, "boundaries", at=timezone.now())
    for register, file in (files | {"boundaries": FILE}).items():
        shutil.copy(town() / file, installation / "deliveries")
        read(register, file, as_of=None if register == "bag" else STAND)
    put_on(RULE, at=timezone.now())
    return installation


def off(code: str) -> None:
    """Switch a register off."""
    actions.switch_off(code=code, by=make_analyst(), at=timezone.now(), seen=1, reason="Grondslag weg")


def today_on() -> frozenset[str]:
    """The rules in use today."""
    return queries.rules_on(timezone.localdate())


@pytest.mark.once  # the vault answers, not this database
@pytest.mark.parametrize("gone", ["areamap", "boundaries"])
def test_either_register_will_do_and_only_that_one_is_used(vault: Path, gone: str) -> None:
    off(gone)
    assert RULE in today_on()
    job = run(STAND)
    assert (job.state, job.summary["without_register"]) == ("done", [])
    kept = queries.vault_in_use(timezone.localdate())
    assert gone not in {one.register for one in kept.registers()}
    made_from = Finding.objects.first()
    assert made_from is None or gone not in made_from.batch.made_from


def test_without_both_the_rule_is_off_and_both_are_named(client: Client, vault: Path) -> None:
    on = timezone.localdate()
    assert RULE not in {one.code for one in queries.rules_that_need("areamap", on=on)}  # the shapes say it too
    off("areamap")
    assert RULE in {one.code for one in queries.rules_that_need("boundaries", on=on)}
    off("boundaries")
    assert RULE not in today_on()
    (missing,) = queries.stands(on=on)[RULE].needs_off
    assert [one.code for one in missing] == ["areamap", "boundaries"]
    client.force_login(make_analyst())
    page = client.get(f"/knooppunt/registers/{RULE}/").content.decode()
    assert (
        "/knooppunt/registers/areamap/" in page and "/knooppunt/registers/boundaries/" in page and "</a> of <a" in page
    )
