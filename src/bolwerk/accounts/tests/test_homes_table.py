"""The table of home municipalities: what it may say, and how somebody finds the own one among many."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from bolwerk.accounts.signin.oidc.homes import HomesError, find_homes, known_homes, read_homes
from bolwerk.accounts.tests.makers import make_person

HERE = Path("/etc/bolwerk")
ENTRY = """
[[home]]
code = "{code}"
municipalities = ["{name}"]
issuer = "https://login.{code}.example"
client_id = "kring"
secret_file = "{code}.secret"
"""


def entry(of: str = "Veendrecht", **changes: str) -> str:
    """One entry; a change replaces the whole line of a word, and an empty one takes it away."""
    code = of.lower()
    lines = ENTRY.format(code=code, name=of).splitlines()
    kept = [line for line in lines if line.partition(" ")[0] not in changes]
    return "\n".join([*kept, *(f"{word} = {value}" for word, value in changes.items() if value)]) + "\n"


def test_a_home_is_read_with_its_defaults() -> None:
    (home,) = read_homes(entry(), folder=HERE)
    assert (home.name, home.municipalities, home.match_email) == ("Veendrecht", ("Veendrecht",), "verified")
    assert home.secret_file == HERE / "veendrecht.secret"
    assert not home.asks_second_factor


def test_identities_are_kept_by_issuer_and_not_by_the_name_of_a_municipality() -> None:
    (first,) = read_homes(entry(), folder=HERE)
    (moved,) = read_homes(entry(issuer='"https://nieuw.veendrecht.example"'), folder=HERE)
    (renamed,) = read_homes(entry(code='"veen"', name='"Gemeente Veendrecht"'), folder=HERE)
    assert first.provider_id != moved.provider_id
    assert first.provider_id == renamed.provider_id


def test_a_provider_speaks_for_its_own_municipalities_and_for_nobody_who_comes_for_another_one_too() -> None:
    (home,) = read_homes(entry(municipalities='["Veendrecht", "Duinrade"]'), folder=HERE)
    assert home.speaks_for(["veendrecht", "Duinrade"])
    assert not home.speaks_for(["Veendrecht", "Oosterwaard"])
    assert not home.speaks_for([])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[home", "not valid TOML"),
        ("homes = 1", "under [[home]]"),
        ("[[home]]\ncode = 'x'", "needs client_id"),
        (entry(role='"koning"'), "no more"),
        (entry(code='"../../etc"'), "code is at most"),
        (entry(issuer='"http://login.veendrecht.example"'), "https://"),
        (entry(issuer='"https://login.veendrecht.example/?a=b"'), "https://"),
        (entry(municipalities="[]"), "list of names"),
        (entry(secret_file=""), "secret_file or a key_file"),
        (entry(key_file='"veendrecht.pem"'), "secret_file or a key_file"),
        (entry(match_email='"sometimes"'), "match_email"),
        (entry(asks_second_factor='"yes"'), "asks_second_factor"),
        (entry() + '[home.second_factor]\namr = "mfa"\n', "second_factor"),
        (entry() + entry(code='"andere"', issuer='"https://b.example"'), "municipality stands twice"),
        (entry() + entry("Duinrade", issuer='"https://login.veendrecht.example"'), "issuer stands twice"),
        (entry() + entry("Duinrade", code='"veendrecht"'), "code stands twice"),
    ],
)
def test_a_mistake_in_the_table_is_said_in_a_sentence(text: str, says: str) -> None:
    with translation.override("en"), pytest.raises(HomesError, match=says.replace("[", "\\[")):
        read_homes(text, folder=HERE)


@pytest.fixture
def sixty(settings: Settings, tmp_path: Path) -> Path:
    """Sixty municipalities."""
    settings.OIDC_HOMES = tmp_path / "thuis.toml"
    names = ["Veendrecht", "Súdwest", *(f"Gemeente {number:02}" for number in range(58))]
    text = "".join(
        entry(name, code=f'"h{number}"', issuer=f'"https://h{number}.example"') for number, name in enumerate(names)
    )
    settings.OIDC_HOMES.write_text(text, encoding="utf-8")
    return tmp_path / "thuis.toml"


def test_somebody_finds_the_own_municipality_among_sixty_also_with_a_typing_error(sixty: Path) -> None:
    assert len(known_homes()) == 60
    assert [home.name for home in find_homes("sudw")[0]] == ["Súdwest"]
    found, only_alike = find_homes("Veendregt")
    assert (found[0].name, only_alike) == ("Veendrecht", True)
    assert find_homes("Parijs") == ([], True)


@pytest.mark.django_db
def test_the_door_leads_to_the_list_and_keeps_where_somebody_was_going(client: Client, sixty: Path) -> None:
    make_person()
    door = client.get("/inloggen/?next=/leerkring/").content.decode()
    assert 'href="/inloggen/thuis/?next=/leerkring/"' in door
    page = client.get("/inloggen/thuis/?zoek=veen&next=/leerkring/").content.decode()
    assert ("Veendrecht" in page, "Gemeente 07" in page, 'value="/leerkring/"' in page) == (True, False, True)
    assert client.get("/inloggen/thuis/?zoek=Parijs").status_code == 200


@pytest.mark.django_db
def test_a_table_that_breaks_while_the_house_is_open_closes_these_doors_and_no_other(
    client: Client, sixty: Path
) -> None:
    make_person()
    sixty.write_text("[[home", encoding="utf-8")
    door = client.get("/inloggen/")
    assert (door.status_code, "thuis" in door.content.decode()) == (200, False)
    assert client.get("/inloggen/thuis/").status_code == 404
    assert client.post("/inloggen/thuis/h0/").status_code == 404
