"""Lists: what the address may say, and nothing else."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client, RequestFactory

from bolwerk.accounts.tests.makers import make_person
from bolwerk.ui import lists
from bolwerk.ui.actions import VIEWS_A_LIST, save_view
from bolwerk.ui.lists import Column, Filter, ListSpec, Page, list_page, ordering
from bolwerk.ui.models import SavedView
from tests.queries import counted

pytestmark = pytest.mark.django_db
SPEC = ListSpec(
    name="ui.test",
    columns=(
        Column("name", "Naam", lambda v: v.name, sort=("name",), href=lambda v: f"/{v.pk}/"),
        Column("list", "Lijst", lambda v: v.list),
    ),
    filters=(Filter("list", "Lijst", [("a", "Lijst A"), ("b", "Lijst B")], lambda rows, code: rows.filter(list=code)),),
    search=lambda rows, words: rows.filter(name__icontains=words),
    sort="name",
    size=2,
)


@pytest.fixture
def rows() -> None:
    for name, list_name in (("kade", "a"), ("poort", "b"), ("brug", "a"), ("sluis", "a"), ("haven", "b")):
        SavedView.objects.create(owner="urn:x", list=list_name, name=name, query="")


def request_for(address: str, **session: object) -> HttpRequest:
    request = RequestFactory().get(address)
    request.session = SessionStore()
    request.session.update(session)
    return request


def page_of(address: str, **session: object) -> Page:
    return list_page(SPEC, request_for(address, **session), SavedView.objects.all())


def names(page: Page) -> list[object]:
    return [row.cells[0].value for row in page.rows]


def test_a_list_is_sorted_and_paged(rows: None) -> None:
    first, second = page_of("/l/"), page_of("/l/?page=2")
    assert (names(first), names(second)) == (["brug", "haven"], ["kade", "poort"])
    assert (first.count, first.last, first.previous, first.next) == (5, 3, "", "/l/?page=2")


def test_of_many_pages_keys_alone_are_sorted_and_only_the_rows_of_the_page_are_read(rows: None) -> None:
    with counted() as statements:
        page = page_of("/l/?page=2&sort=-name")
    _count, whole = statements
    assert names(page) == ["kade", "haven"]
    inner = whole[whole.index("IN (SELECT") :]
    assert ("LIMIT 2" in inner, '"query"' in inner) == (True, False)
    with counted() as statements:
        page_of("/l/?list=b")
    assert not any("IN (SELECT" in one for one in statements)  # one page: read at once


def test_a_filter_reads_as_a_sentence_that_can_be_taken_away(rows: None) -> None:
    page = page_of("/l/?list=b&sort=-name")
    assert names(page) == ["poort", "haven"]
    assert [(s.label, s.value, s.without) for s in page.sentences] == [("Lijst", "Lijst B", "/l/?sort=-name")]


@pytest.mark.parametrize(
    "address",
    ["/l/?sort=owner", "/l/?sort=list", "/l/?sort=name;drop", "/l/?list=x", "/l/?page=0", "/l/?page=-1", "/l/?page=²"],
)
def test_what_was_not_declared_is_ignored(rows: None, address: str) -> None:
    assert names(page_of(address)) == names(page_of("/l/"))


def test_pages_beyond_the_last_show_the_last(rows: None) -> None:
    assert names(page_of("/l/?page=400")) == ["sluis"]


def test_the_other_way_round_turns_every_part_of_the_order() -> None:
    spec = ListSpec("x", (Column("due", "Uiterlijk", str, sort=("due_at", "-pk")),))
    assert ordering(spec, "-due") == ("-due_at", "pk")
    assert ordering(SPEC, "name") == ("name", "pk")


def test_counting_stops_where_it_would_cost_a_scan(rows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "COUNT_LIMIT", 4)
    page = page_of("/l/")
    assert (page.count, page.more_than) == (4, True)


def test_what_is_searched_for_stays_out_of_the_address(client: Client) -> None:
    client.force_login(make_person())
    response = client.post("/zoeken/", {"next": "/l/?list=a&page=3", "words": "Jansen"})
    address = response.headers["Location"]
    assert address.startswith("/l/?list=a&found=")
    assert "Jansen" not in address
    assert list(client.session[lists.SEARCHES].values()) == ["Jansen"]


def test_searched_words_narrow_the_list(rows: None) -> None:
    page = page_of("/l/?found=k3y", searches={"k3y": "UIS"})
    assert (names(page), page.words, page.filtered) == (["sluis"], "UIS", True)


def test_a_search_goes_back_to_our_own_pages_only(client: Client) -> None:
    client.force_login(make_person())
    for stranger in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"):
        assert client.post("/zoeken/", {"next": stranger, "words": ""}).headers["Location"] == "/"


def test_a_view_is_saved_under_a_name_and_forgotten(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    client.post("/weergaven/bewaren/", {"list": "ui.test", "name": "Mijn team", "query": "list=a", "next": "/meer/"})
    assert SavedView.objects.get(owner=person.urn).query == "list=a"
    client.post("/weergaven/verwijderen/", {"list": "ui.test", "name": "Mijn team", "next": "/meer/"})
    assert not SavedView.objects.exists()


def test_nobody_forgets_the_view_of_another(client: Client) -> None:
    save_view(owner=make_person().urn, list_name="ui.test", name="Van een ander", query="")
    client.force_login(make_person())
    client.post("/weergaven/verwijderen/", {"list": "ui.test", "name": "Van een ander", "next": "/meer/"})
    assert SavedView.objects.count() == 1


def test_there_are_so_many_views_as_one_can_oversee(client: Client) -> None:
    person = make_person()
    for number in range(VIEWS_A_LIST):
        save_view(owner=person.urn, list_name="ui.test", name=str(number), query="")
    client.force_login(person)
    response = client.post("/weergaven/bewaren/", {"list": "ui.test", "name": "nog een", "query": "", "next": "/meer/"})
    assert SavedView.objects.count() == VIEWS_A_LIST
    assert "twintig" in str(next(iter(get_messages(response.wsgi_request))))
