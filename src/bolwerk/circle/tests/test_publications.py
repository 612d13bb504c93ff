"""The yield of a circle: green only, each with consent; the same as an accessible PDF and a small website."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bolwerk.accounts.tests.makers import signed_in_client
from bolwerk.circle.actions.edition_retention import erase
from bolwerk.circle.actions.publications import (
    EditionOutError,
    Words,
    begin_edition,
    bring_out,
    move_up,
    put_in,
    word_edition,
)
from bolwerk.circle.models import Circle, Edition
from bolwerk.circle.queries.choosing import choices
from bolwerk.circle.queries.library import library
from bolwerk.circle.queries.publications import edition_pdf, edition_site
from bolwerk.circle.rules.publications import NotToPublishError
from bolwerk.circle.tests.card_makers import make_card
from bolwerk.circle.tests.makers import MONDAY, make_circle, make_member, make_participant
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle() -> Circle:
    return make_circle()


@pytest.fixture
def edition(circle: Circle) -> Edition:
    return begin_edition(circle=circle, title="Wat werkt", by=circle.founded_by, at=MONDAY)


def words(**changes: Any) -> Words:
    usual = Words(
        "lesson", "Aan de balie", "Spreek een norm af", "Doe het samen.\n\n- Eerst\n- Dan", "green", consent="Ja"
    )
    return Words(**{**vars(usual), **changes})


def add(edition: Edition, **changes: Any) -> Any:
    return put_in(edition=edition, words=words(**changes), by=edition.by, at=MONDAY)


@pytest.mark.parametrize("wrong", [{"level": "orange"}, {"level": "red"}, {"consent": " "}])
def test_only_green_with_consent_goes_out(edition: Edition, wrong: dict[str, str]) -> None:
    with pytest.raises(NotToPublishError):
        bring_out(edition=edition, by=edition.by, at=MONDAY)
    add(edition)
    add(edition, title="Blijft binnen", **wrong)
    with pytest.raises(NotToPublishError, match="Blijft binnen"):
        bring_out(edition=edition, by=edition.by, at=MONDAY)
    with ZipFile(BytesIO(edition_site(edition, at=MONDAY))) as archive:
        assert "Blijft binnen" not in archive.read("index.html").decode()


def test_what_is_out_never_changes_and_the_next_begins_as_a_copy(edition: Edition) -> None:
    item = add(edition)
    bring_out(edition=edition, by=edition.by, at=MONDAY)
    with pytest.raises(EditionOutError):
        add(edition)
    with pytest.raises(EditionOutError):
        move_up(item=item, by=edition.by, at=MONDAY)
    following = begin_edition(circle=edition.circle, title="x", by=edition.by, at=MONDAY)
    assert (following.number, [one.title for one in following.items.all()]) == (2, ["Spreek een norm af"])
    assert following.items.get().consent == "Ja"
    assert edition.items.count() == 1


def test_small_headings_in_the_introduction_keep_the_order_of_headings(edition: Edition) -> None:
    add(edition, text="## Kop\n\nTekst")
    intro = "Voorwoord\n\n## Waarom\n\n- Omdat"
    word_edition(edition=edition, title="Wat werkt", subtitle="", intro=intro, by=edition.by, at=MONDAY)
    edition.refresh_from_db()
    assert edition_pdf(edition, at=MONDAY).startswith(b"%PDF")
    with ZipFile(BytesIO(edition_site(edition, at=MONDAY))) as archive:
        page = archive.read("index.html").decode()
    assert re.findall(r"<h(\d)", page) == ["1", "2", "3", "2", "3", "4"]


def test_the_pdf_is_tagged_and_has_chapters_and_no_word_about_consent(edition: Edition) -> None:
    add(edition, consent="Fatma zei ja")
    add(edition, kind="quote", title="Een citaat", text="Ik dacht dat ik de enige was.", said_by="een teamleider")
    data = edition_pdf(edition, at=MONDAY)
    assert data == edition_pdf(edition, at=MONDAY)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang).startswith("nl")
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"] == "Wat werkt"
        assert len(pdf.pages) >= 3


def test_the_website_is_one_accessible_page_without_a_script(edition: Edition) -> None:
    add(edition, text="<script>alert(1)</script>")
    data = edition_site(edition, at=MONDAY)
    assert data == edition_site(edition, at=MONDAY)
    with ZipFile(BytesIO(data)) as archive:
        assert archive.namelist() == ["index.html", "style.css"]
        page = archive.read("index.html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "Ja" not in page.replace("Ja ", "")
    assert 'lang="nl"' in page
    assert page.count("<h1") == 1


def test_names_go_and_the_publication_stays(edition: Edition) -> None:
    item = add(edition)
    bring_out(edition=edition, by=edition.by, at=MONDAY)
    erase(stage=Stage.PERSONAL, keys=[edition.pk], by="urn:x", at=MONDAY)
    item.refresh_from_db()
    assert (item.consent, item.text != "") == ("", True)


def made(client: Client, circle: Circle) -> Edition:
    client.post(reverse("circle:publication", args=[circle.pk]))
    return Edition.objects.get(circle=circle)


def test_a_booklet_is_made_on_the_pages(circle: Circle) -> None:
    client, by = signed_in_client(circle.founded_by), circle.founded_by
    make_card(by, "Mystery guest")
    edition = made(client, circle)
    here = [circle.pk, edition.pk]
    page = client.get(reverse("circle:choose_items", args=here)).content.decode()
    assert "Mystery guest" in page
    source = page.split('value="urn:bolwerk:circle:card:')[1].split('"')[0]
    chosen = {"source": f"urn:bolwerk:circle:card:{source}", "how": "put", "chapter": "Kaarten"}
    client.post(reverse("circle:choose_items", args=here), chosen)
    card = edition.items.get()
    assert "Leg kaarten neer." in card.text
    assert (card.kind, card.chapter, card.level, card.part.has_consent) == ("card", "Kaarten", "green", True)
    typed = {name: value for name, value in vars(words()).items() if name != "source"}
    red = client.post(reverse("circle:add_item", args=here), {**typed, "level": "red"})
    assert "Rood blijft bij wie erbij was" in red.content.decode()
    client.post(reverse("circle:add_item", args=here), typed)
    client.post(reverse("circle:add_item", args=here), {**typed, "title": "Tweede"})
    second = edition.items.get(title="Tweede")
    client.post(reverse("circle:change_item", args=[*here, second.pk]), {"how": "up"})
    assert [item.title for item in edition.items.all()] == ["Mystery guest", "Tweede", "Spreek een norm af"]
    assert client.post(reverse("circle:bring_out", args=here), follow=True).status_code == 200
    assert client.get(reverse("circle:edition_pdf", args=here)).content.startswith(b"%PDF")
    assert client.get(reverse("circle:edition_site", args=here)).content.startswith(b"PK")
    assert client.get(reverse("circle:add_item", args=here)).status_code == 404


def test_members_read_an_edition_when_it_is_out_and_others_never(circle: Circle) -> None:
    edition = made(signed_in_client(circle.founded_by), circle)
    member = make_participant(make_member(circle))
    assert member.person
    client = signed_in_client(member.person)
    address = reverse("circle:edition", args=[circle.pk, edition.pk])
    assert client.get(address).status_code == 404
    add(edition)
    bring_out(edition=edition, by=edition.by, at=MONDAY)
    assert client.get(address).status_code == 200
    other = make_circle("Kring Zuid")
    assert client.get(reverse("circle:edition", args=[other.pk, edition.pk])).status_code == 404
    assert client.post(reverse("circle:publication", args=[circle.pk])).status_code == 404


def test_many_cards_to_choose_from_ask_the_database_no_more_than_a_few(edition: Edition) -> None:
    make_card(edition.by, "Kaart 0")
    with CaptureQueriesContext(connection) as few:
        choices(edition, library())
    for number in range(1, 6):
        make_card(edition.by, f"Kaart {number}")
    library()  # reads the new cards into memory
    with CaptureQueriesContext(connection) as many:
        groups = choices(edition, library())
    assert sum(len(group.candidates) for group in groups) == 6
    assert len(many) <= len(few)
