"""A report without network: closed on the phone, sent when the network is back, and nothing on the phone to read."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.incidents.models import Incident
from tests.browser import PHONE, axe, fits, guarded_context, screenshot, until
from tests.journeys.people import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/offline")
CANARY = "KANARIE-woorden-7731"
TAPS = 20  # at most, for a mini-report (issue 4)
DUMP = """async () => {
  const text = (value) => value instanceof Uint8Array ? Array.from(value, (b) => String.fromCharCode(b)).join("")
    : value && typeof value === "object" ? Object.values(value).map(text).join(" ") : String(value);
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((ok, no) => Object.assign(indexedDB.open(name), {
      onsuccess: (e) => ok(e.target.result), onerror: no }));
    for (const store of base.objectStoreNames) {
      const rows = await new Promise((ok) => { base.transaction(store).objectStore(store).getAll().onsuccess =
        (e) => ok(e.target.result); });
      found.push(text(rows));
    }
    base.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) found.push(key.url, await (await cache.match(key)).text());
  }
  return found.join("\\n");
}"""

EMPTY = "async () => !(await self.bolwerkQueue.rows()).some((row) => row.state === 'waiting')"


def visited(page: Page, address: str) -> None:
    """The report page, seen once with a network, and kept."""
    page.goto(f"{address}/meldingen/nieuw/")
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    until(page, "!!localStorage.getItem('bw-sender') && !!navigator.serviceWorker.controller")


def emptied(page: Page) -> None:
    """Wait until nothing waits on the phone any more."""
    until(page, EMPTY)


def report(page: Page, words: str) -> int:
    """Fill in and send by touch; return how many taps that took."""
    taps = [
        page.get_by_text("Ja", exact=True),
        page.get_by_text("Bedreiging of intimidatie"),
        page.get_by_label("Waar was het?"),
        page.get_by_label("Wat wil je erover vertellen?"),
        page.get_by_role("button", name="Verstuur melding"),
    ]
    for one in taps[:3]:
        one.tap()
    page.get_by_label("Waar was het?").select_option("street")
    taps[3].tap()
    page.keyboard.insert_text(words)
    taps[4].tap()
    return len(taps) + 1  # the choice from the list is a tap too


def without_network(context: BrowserContext, page: Page, address: str) -> None:
    context.set_offline(True)
    page.goto(f"{address}/meldingen/nieuw/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Melden zonder netwerk")


def test_a_report_without_network_arrives_after_the_tab_was_closed(browser: Browser, live_server: LiveServer) -> None:
    person = make_person("Sanne de Wit", department=make_department("Toezicht"))
    with guarded_context(browser, viewport=PHONE, has_touch=True) as context:
        page = enter(context, person, live_server.url)
        visited(page, live_server.url)
        without_network(context, page, live_server.url)
        assert fits(page)
        axe(page)
        assert report(page, CANARY) <= TAPS
        expect(page.get_by_text("wacht op het netwerk")).to_have_count(1)
        report(page, CANARY)
        expect(page.get_by_text("wacht op het netwerk")).to_have_count(2)
        screenshot(page, PICTURES, "waiting-phone")
        assert not Incident.objects.exists()
        dump = page.evaluate(DUMP)
        assert not {word for word in (CANARY, "Sanne", person.email, str(person.pk)) if word in dump}
        page.close()
        context.set_offline(False)
        page = context.new_page()
        page.goto(f"{live_server.url}/meldingen/nieuw/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Meld een incident")
        emptied(page)
        assert CANARY not in page.evaluate(DUMP)
    assert [one.words for one in Incident.objects.all()] == [CANARY, CANARY]
    with guarded_context(browser) as context:
        page = enter(context, make_person("Carla Vos", Role.AGGRESSION_COORDINATOR), live_server.url)
        page.goto(f"{live_server.url}/meldingen/")
        expect(page.get_by_role("link", name="Bedreiging of intimidatie").first).to_be_visible()


def test_a_report_of_one_is_not_sent_as_another_on_the_same_phone(browser: Browser, live_server: LiveServer) -> None:
    first, second = make_person(department=make_department("Toezicht")), make_person(department=make_department("Zorg"))
    with guarded_context(browser, viewport=PHONE, has_touch=True) as context:
        page = enter(context, first, live_server.url)
        visited(page, live_server.url)
        without_network(context, page, live_server.url)
        report(page, CANARY)
        expect(page.get_by_text("wacht op het netwerk")).to_have_count(1)
        page.close()
        context.clear_cookies()
        page = enter(context, second, live_server.url)
        context.set_offline(False)
        page.goto(f"{live_server.url}/meldingen/nieuw/")
        until(page, "!!localStorage.getItem('bw-sender')")
        expect(page.locator("[data-waiting]")).to_be_hidden()  # of a colleague: not even that it is there
        assert not Incident.objects.exists()
        context.clear_cookies()
        page = enter(context, first, live_server.url)
        page.goto(f"{live_server.url}/meldingen/nieuw/")
        expect(page.locator("[data-waiting] li")).to_contain_text("is aangekomen")
    assert Incident.objects.get().reporter == first


def test_a_network_that_goes_while_one_writes_loses_nothing(browser: Browser, live_server: LiveServer) -> None:
    with guarded_context(browser, viewport=PHONE, has_touch=True) as context:
        page = enter(context, make_person(department=make_department()), live_server.url)
        visited(page, live_server.url)
        context.set_offline(True)
        report(page, CANARY)
        expect(page.get_by_text("wacht op het netwerk")).to_have_count(1)
        assert CANARY not in page.evaluate(DUMP)


def test_signing_out_leaves_nothing_on_the_phone(browser: Browser, live_server: LiveServer) -> None:
    with guarded_context(browser) as context:
        page = enter(context, make_person("Sanne de Wit", department=make_department()), live_server.url)
        visited(page, live_server.url)
        page.goto(f"{live_server.url}/meer/")
        page.locator("main form[action='/uitloggen/'] button").click()
        page.wait_for_url(lambda address: "/meer/" not in address)
        assert page.evaluate("localStorage.getItem('bw-sender')") is None
        assert "Sanne" not in page.evaluate(DUMP)


SIGN_OUT = "main form[action='/uitloggen/'] button"


def sign_out(page: Page, address: str) -> None:
    """By hand, as everybody does."""
    page.goto(f"{address}/meer/")
    page.locator(SIGN_OUT).click()
    page.wait_for_url(lambda now: "/meer/" not in now)


def test_what_waits_survives_that_a_colleague_signs_out_and_tells_nothing(
    browser: Browser, live_server: LiveServer
) -> None:
    first, second = make_person("Sanne de Wit", department=make_department("Toezicht")), make_person("Bo Smit")
    with guarded_context(browser, viewport=PHONE, has_touch=True) as context:
        page = enter(context, first, live_server.url)
        visited(page, live_server.url)
        without_network(context, page, live_server.url)
        report(page, CANARY)
        report(page, CANARY)
        expect(page.get_by_text("wacht op het netwerk")).to_have_count(2)
        mark = page.evaluate("localStorage.getItem('bw-sender')")
        page.close()
        context.clear_cookies()
        context.set_offline(False)
        page = enter(context, second, live_server.url)
        page.goto(f"{live_server.url}/meer/")
        sign_out(page, live_server.url)
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        dump = page.evaluate(DUMP)
        assert not {word for word in (CANARY, "Sanne", str(first.pk), mark, str(second.pk)) if word in dump}
        assert page.evaluate(KEPT) == [["id", "key", "mark", "moment", "sealed", "state"]] * 2
        page = enter(context, first, live_server.url)
        page.goto(f"{live_server.url}/meldingen/nieuw/")
        expect(page.locator("[data-waiting] li")).to_have_count(2)
        expect(page.locator("[data-waiting] li").first).to_contain_text("is aangekomen")
    assert [one.reporter for one in Incident.objects.all()] == [first, first]


KEPT = """async () => {
  const base = await new Promise((ok, no) => Object.assign(indexedDB.open("bolwerk-reports"), {
    onsuccess: (e) => ok(e.target.result), onerror: no }));
  const rows = await new Promise((ok) => { base.transaction("waiting").objectStore("waiting").getAll().onsuccess =
    (e) => ok(e.target.result); });
  base.close();
  const marks = new Set(rows.map((row) => row.mark));
  if (marks.size !== rows.length) throw new Error("two rows of one person can be joined");
  return rows.map((row) => Object.keys(row).sort());
}"""


def dispatch_sync(context: BrowserContext, origin: str, registration: str) -> None:
    """The network is back: what a browser does by itself, from a page that is not ours."""
    elsewhere = context.new_page()
    line = context.new_cdp_session(elsewhere)
    line.send("ServiceWorker.enable")
    told = {"origin": origin, "registrationId": registration, "tag": "reports", "lastChance": False}
    line.send("ServiceWorker.dispatchSyncEvent", told)


def arrived(number: int, page: Page) -> None:
    """Wait until so many reports are in."""
    for _ in range(80):
        if Incident.objects.count() == number:
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{Incident.objects.count()} of {number} reports arrived")


def test_background_sync_sends_with_the_tab_closed_and_sends_once(
    whole_browser: Browser, live_server: LiveServer
) -> None:
    person = make_person("Sanne de Wit", department=make_department("Toezicht"))
    with guarded_context(whole_browser, viewport=PHONE, has_touch=True) as context:
        context.grant_permissions(["background-sync"])  # as a phone grants it to a page that is visited
        page = enter(context, person, live_server.url)
        line, registrations = context.new_cdp_session(page), list[str]()
        line.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: registrations.extend(one["registrationId"] for one in told["registrations"]),
        )
        line.send("ServiceWorker.enable")
        visited(page, live_server.url)
        without_network(context, page, live_server.url)
        report(page, CANARY)
        report(page, CANARY)
        expect(page.get_by_text("wacht op het netwerk")).to_have_count(2)
        asked = (
            "navigator.serviceWorker.ready.then((one) => one.sync.getTags()).then((tags) => tags.includes('reports'))"
        )
        until(page, asked)  # the browser was asked to send when the network is back
        page.close()
        context.set_offline(False)
        dispatch_sync(context, live_server.url, registrations[-1])
        arrived(2, context.pages[-1])
        assert all("/meldingen/" not in one.url for one in context.pages), "no page of ours was open"
        dispatch_sync(context, live_server.url, registrations[-1])
        context.pages[-1].wait_for_timeout(1500)
        assert Incident.objects.count() == 2
