"""The report page on a slow phone: `python -m tests.bench.bench_slow_phone [rounds]`.

Chromium behaves as a phone on slow 3G: 400 kbit/s down and up, 400 ms for each answer, a processor four times slower
than this machine's. Issue 4 asks for a page of at most 60 kB on the wire that can be used within 1.5 s (first
contentful paint); taps are counted in the journeys. Each round is a first visit in a browser that knows nothing yet,
signed in, on a server that was asked for the page before; then the report is filled in and sent, until its receipt can
be read.
"""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from time import monotonic
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page

from tests.bench.bench_pages import folder, server
from tests.bench.load import HOST
from tests.bench.result import Figure, middle, write
from tests.browser import PHONE, chromium, until

ROUNDS = 7
SPEED = 400_000 // 8  # bytes a second
DELAY_MS = 400
SLOWER = 4  # times, as phones are beside a desk computer
HEAVIEST, PAINTED_WITHIN = 60_000, 1.5
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def prepare(visits: int) -> None:
    """In a folder of its own: an employee, and the cookies of a session for each visit."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.bench.bench_mini_report import people
    from tests.bench.pages_visitors import cookie

    person, _cookie = people()
    print(json.dumps([cookie(person) for _visit in range(visits)]))


def slow(page: Page) -> Any:
    """Make the network of this page slow, and count what comes in over it."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": DELAY_MS, "downloadThroughput": SPEED, "uploadThroughput": SPEED},
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return line


def seconds_to_paint(page: Page) -> float:
    """From the first question for this page until something can be read."""
    until(page, PAINT)
    return float(page.evaluate(PAINT)) / 1000


def sent(page: Page) -> float:
    """Fill in the report and send it; seconds from the button until the receipt can be read."""
    page.get_by_text("Ja", exact=True).tap()
    page.get_by_text("Agressie of geweld").tap()
    page.get_by_label("Waar was het?").select_option("desk")
    began = monotonic()
    page.get_by_role("button", name="Verstuur melding").tap()
    page.get_by_role("heading", level=1, name="Je melding is binnen").wait_for(timeout=60_000)
    return monotonic() - began


def first_visit(browser: Browser, address: str, cookie: str) -> tuple[float, int, float]:
    """Seconds until something can be read, bytes on the wire until the page was loaded, seconds until the receipt."""
    name, value = cookie.split("=", 1)
    phone: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "locale": "nl-NL", "service_workers": "block"}
    context = browser.new_context(**phone)
    try:
        context.add_cookies([{"name": name, "value": value, "url": urljoin(address, "/")}])
        page = context.new_page()
        line, weights = slow(page), []
        line.on("Network.loadingFinished", lambda told: weights.append(told["encodedDataLength"]))
        page.goto(address, wait_until="load", timeout=60_000)
        return seconds_to_paint(page), int(sum(weights)), sent(page)
    finally:
        context.close()


def measure(rounds: int) -> dict[str, Figure]:
    """Visit the pages in turns."""
    with ExitStack() as stack:
        environment = stack.enter_context(folder("sqlite")) | {"BOLWERK_BASE_URL": f"http://{HOST}"}  # no Secure cookie
        port, browser = stack.enter_context(server(environment)), stack.enter_context(chromium())
        told = subprocess.run(
            [sys.executable, "-c", f"from tests.bench.bench_slow_phone import prepare; prepare({rounds + 1})"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        first, *cookies = json.loads(told.stdout.splitlines()[-1])
        address = f"http://{HOST}:{port}/meldingen/nieuw/"
        first_visit(browser, address, first)
        seen = [first_visit(browser, address, cookie) for cookie in cookies]
    return {
        "first contentful paint, s (median)": middle([one[0] for one in seen]),
        "first contentful paint, s (slowest)": max(one[0] for one in seen),
        "first contentful paint, s (bar)": PAINTED_WITHIN,
        "bytes on the wire (first visit)": max(one[1] for one in seen),
        "bytes on the wire (bar)": HEAVIEST,
        "from the button to the receipt, s (median)": middle([one[2] for one in seen]),
        "rounds": rounds,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolwerk.config.settings")
    print(write("slow-phone", measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)))
