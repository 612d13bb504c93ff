"""Builds Zilverdam through the real actions: whole, or not at all."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.db import transaction
from django.utils import timezone

from bolwerk.accounts.actions import load_themes, name_installation
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules.logo import cleaned_logo
from bolwerk.audit.actions import SYSTEM, record
from bolwerk.audit.middleware import traced
from bolwerk.circle.actions.outcomes import publish_outcomes
from bolwerk.deadlines.actions import take_due_steps
from bolwerk.demo.care import add_care
from bolwerk.demo.circle import found_the_circle
from bolwerk.demo.circle_cards import fill_library
from bolwerk.demo.circle_exchange import exchange
from bolwerk.demo.keeping import decide_how_long
from bolwerk.demo.kiosks import put_up_kiosk
from bolwerk.demo.norms import add_norms
from bolwerk.demo.old_register import read_in_old_register
from bolwerk.demo.papers import add_papers
from bolwerk.demo.people import Town, lose_a_phone, settle
from bolwerk.demo.pictures import logo
from bolwerk.demo.police import follow_complaints, set_address
from bolwerk.demo.reactions import add_reactions, bring_places
from bolwerk.demo.registers import fill_vault
from bolwerk.demo.reports import COORDINATOR, YEAR, year_of_reports
from bolwerk.demo.staffing import count_staff
from bolwerk.demo.statements import state_measures
from bolwerk.demo.vaults import furnish
from bolwerk.incidents import actions
from bolwerk.incidents.queries import worklist
from bolwerk.incidents.rules import Status

MUNICIPALITY = "Gemeente Zilverdam"
SEED = 45_217  # residents of Zilverdam; the same town every time
HERE = Path(__file__).resolve().parent
STAMP = "demo.version"
BOARD = "Annelies Hoekstra"
LEAD = "Noor Jansen"  # of the programme
STRAY = "Karim Haddad"  # a manager who tries what is not his
EXPORT_REASON = "Cijfers voor het overleg van de teamleiders"


def version() -> str:
    """What this demo is made of: it changes with the demo itself and with the tables it fills."""
    sources = [*HERE.rglob("*.py"), *HERE.rglob("*.yaml"), *HERE.parent.glob("*/migrations/*.py")]
    digest = hashlib.sha256()
    for file in sorted(file for file in sources if "tests" not in file.parts):
        digest.update(file.relative_to(HERE.parent).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def is_current(folder: Path) -> bool:
    """Whether `folder` holds a demo of this version."""
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == version()


def build(*, folder: Path, at: datetime) -> None:
    """Fill an empty installation with the town, a year of its life up to `at`, and its registers."""
    town = _live(folder=folder, at=at)
    add_norms(town, at=at - timedelta(hours=2))
    add_papers(coordinator=town.people[COORDINATOR], at=at - timedelta(hours=1))
    bring_places(folder=folder)
    add_reactions(coordinator=town.people[COORDINATOR], board=town.people[BOARD], at=at - timedelta(hours=1))
    add_care(at=at - timedelta(minutes=50))
    put_up_kiosk(coordinator=town.people[COORDINATOR], at=at - timedelta(minutes=45))
    circle = found_the_circle(town, at=at)
    fill_library(circle, at=at)
    exchange(circle, town, seed=SEED, at=at)
    publish_outcomes(at=at)
    fill_vault(folder=folder, seed=SEED, people=town.people, at=at)
    (folder / STAMP).write_text(version(), encoding="utf-8")  # the last thing that is written


@transaction.atomic
def _live(*, folder: Path, at: datetime) -> Town:
    """A town and its year, in one transaction: it is there whole, or not at all."""
    dice = Random(SEED)  # noqa: S311  a town, not a secret
    begun_at = at - YEAR - timedelta(days=30)
    name_installation(name=MUNICIPALITY, logo=cleaned_logo(logo()), by=SYSTEM, at=begun_at)
    load_themes(folder=folder, by=SYSTEM, at=begun_at)
    town = settle(at=begun_at)
    set_address(by=town.people[COORDINATOR], at=begun_at)
    clock = _mornings(begun_at, at)
    for moment, deed in year_of_reports(town, until=at, dice=dice):
        while clock and clock[0] < moment:
            take_due_steps(at=clock.pop(0))
        with traced():
            deed(moment)
    for morning in clock:
        take_due_steps(at=morning)
    follow_complaints(by=town.people[COORDINATOR], at=at - timedelta(hours=5), dice=Random(SEED))  # noqa: S311  a demo throws dice
    _publish_figures(begun_at, at)
    read_in_old_register(coordinator=town.people[COORDINATOR], at=at - timedelta(hours=4))
    furnish(town, at=at - timedelta(hours=3))
    decide_how_long(town, at=at - timedelta(hours=3))
    count_staff(town, by=town.people[COORDINATOR], at=at - timedelta(hours=3))
    state_measures(by=town.people[LEAD], at=at - timedelta(hours=3))
    _look_around(town.people[COORDINATOR], at=at - timedelta(hours=2))
    _try_doors(town, at=at - timedelta(hours=1))
    lose_a_phone(town, at=at - timedelta(minutes=40))
    return town


def _mornings(start: datetime, end: datetime) -> list[datetime]:
    """Eight o'clock on every day: in the demo the clock of a year ticks once a day."""
    first = timezone.localtime(start).replace(hour=8, minute=0, second=0, microsecond=0)
    days = range(1, (end - first).days + 1)
    return [first + timedelta(days=day) for day in days]


def _publish_figures(start: datetime, end: datetime) -> None:
    """The figures of each quarter that ended in this time, on the morning after it, as the worker makes them."""
    for morning in _mornings(start, end):
        if morning.day == 1 and morning.month in {1, 4, 7, 10}:
            actions.publish_due_figures(at=morning)


def _look_around(coordinator: Person, *, at: datetime) -> None:
    """The coordinator goes through her list, as every morning: reading leaves lines too."""
    open_rows = worklist(coordinator, on=timezone.localdate(at)).exclude(status=Status.CLOSED)
    actions.record_search(shown=list(open_rows), filters="status", by=coordinator, at=at)
    for incident in open_rows[:6]:
        with traced():
            actions.record_reading(incident=incident, by=coordinator, at=at)
    actions.record_export(rows=open_rows, reason=EXPORT_REASON, by=coordinator, at=at)


def _try_doors(town: Town, *, at: datetime) -> None:
    """A manager follows links to reports of another department: they do not exist there, and the trail says so."""
    elsewhere = town.departments["burgerzaken"]
    rows = worklist(town.people[COORDINATOR], on=timezone.localdate(at)).filter(department=elsewhere)
    for minutes, incident in enumerate(rows.order_by("-reported_at")[:2]):
        moment = at + timedelta(minutes=minutes)
        record("denied", subject=incident.urn, actor=town.people[STRAY].urn, at=moment)
