"""Stylesheets: only what pages use, and within the page for whoever comes for the first time."""

import re
from pathlib import Path

import pytest
from django.test import Client

from bolwerk.accounts.tests.makers import make_person
from bolwerk.ui import styles
from tests.tools import lean

PAGE = "/meldingen/nieuw/"


def test_the_shipped_rules_are_those_that_our_pages_use() -> None:
    told = "A page uses other classes than before: run `python -m tests.tools.lean`."
    assert lean.LEAN.read_text(encoding="utf-8") == lean.shipped(), told


def test_every_class_of_our_pages_keeps_all_its_rules() -> None:
    whole, shipped = (file.read_text(encoding="utf-8") for file in (lean.WHOLE, lean.LEAN))
    names, _families = lean.used()
    known = set(lean.CLASS.findall(whole))
    assert len(names & known) > 40
    assert names & known <= set(lean.CLASS.findall(shipped))


def test_a_rule_goes_when_no_page_can_match_it() -> None:
    text = (
        ".utrecht-a,.utrecht-b:hover{color:red}.utrecht-a .utrecht-b{top:0}.utrecht-a:not(.utrecht-b){left:0}"
        "@media print{.utrecht-b{top:0}.utrecht-c--x{top:1px}}:root{--utrecht-b:1}"
    )
    kept = lean.lean(text, names=frozenset({"utrecht-a"}), families=("utrecht-c--",))
    assert kept.splitlines() == [
        ".utrecht-a{color:red}",
        ".utrecht-a:not(.utrecht-b){left:0}",
        "@media print{.utrecht-c--x{top:1px}}",
        ":root{--utrecht-b:1}",
    ]


@pytest.mark.django_db
def test_the_first_page_brings_its_looks_and_the_next_has_links() -> None:
    client = Client()
    client.force_login(make_person())
    first, second = client.get(PAGE), client.get(PAGE)
    nonce = re.search(r"style-src 'self' 'nonce-([\w-]+)'", first.headers["Content-Security-Policy"])
    assert nonce
    assert first.content.decode().count(f'<style nonce="{nonce[1]}">') == 3
    assert 'rel="stylesheet"' not in first.content.decode()
    assert "<style" not in second.content.decode()
    addresses = re.findall(r'<link rel="stylesheet" href="(/static/[^?]+)\?v=', second.content.decode())
    assert addresses[:4] == [f"/static/{path}" for path in styles.HOUSE]
    cookie = first.cookies[styles.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", PAGE)


@pytest.mark.django_db
def test_a_new_version_of_the_looks_comes_with_the_page_again() -> None:
    client = Client()
    client.force_login(make_person())
    client.cookies[styles.COOKIE] = "0123456789"
    assert "<style" in client.get(PAGE).content.decode()
    assert "<style" not in client.get("/").content.decode()


@pytest.mark.parametrize("text", ["</style>", "a{b:url(x.png)}", '@import "x.css";'])
def test_what_would_mean_another_thing_within_a_page_is_refused(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.css"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(styles, "_file", lambda _path: str(file))
    with pytest.raises(styles.NotForWithinError):
        styles.sheet.__wrapped__(str(file))
