"""The story of a figure: reports come in, the quarter ends, and the board sees what may be seen and no more."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person, signed_in_client
from bolwerk.incidents.actions import publish_figures
from bolwerk.incidents.tests.makers import make_incident
from tests.browser import DESKTOP, PHONE, axe, fits, guarded_context, screenshot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/figures")
FEBRUARY = datetime(2026, 2, 10, 9, tzinfo=UTC)


def quarter_with_reports() -> None:
    """Two departments, of which one has too few reports to show."""
    for name, number in (("Burgerzaken", 24), ("Belastingen", 3)):
        department = make_department(name)
        people = [make_person(f"{name} {n}", department=department) for n in range(6)]
        for n in range(number):
            make_incident(people[n % 6], at=FEBRUARY + timedelta(minutes=n), occurred_at=FEBRUARY)
    publish_figures(year=2026, on=date(2026, 4, 1), at=datetime(2026, 4, 1, 6, tzinfo=UTC))


def look(page: Page, address: str, name: str) -> None:
    """Read the page as a member of the board, with its figures as a table and as a file."""
    page.goto(address)
    page.get_by_role("link", name="Cijfers over meldingen").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meldingen in 2026")
    page.get_by_text("De cijfers als tabel").nth(1).click()
    row = page.get_by_role("row", name="Belastingen")
    expect(row.get_by_role("cell").first).to_have_text("verborgen")
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download voor een rekenblad (CSV)").click()
    assert "verborgen" in download.value.path().read_text(encoding="utf-8-sig")


def test_the_board_sees_figures_and_no_small_one(live_server: LiveServer, browser: Browser) -> None:
    quarter_with_reports()
    member = signed_in_client(make_person("Bea Bestuur", Role.BOARD))
    session = member.cookies[settings.SESSION_COOKIE_NAME].value
    for size in (PHONE, DESKTOP):
        for scheme in ("light", "dark"):
            with guarded_context(browser, viewport=size, color_scheme=scheme) as context:
                name = settings.SESSION_COOKIE_NAME
                context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
                way = "/meer/" if size is PHONE else "/"
                look(context.new_page(), live_server.url + way, f"figures-{size['width']}-{scheme}")
