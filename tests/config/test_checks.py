"""`bolwerk serve` refuses what is not safe, each in a sentence that says what to do."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from pytest_django import Settings

from bolwerk.accounts.tests.makers import AT, make_department, make_person
from bolwerk.config.checks import is_loopback, refusals
from bolwerk.crypto.keyfile import make_key_file
from bolwerk.incidents.actions import make_kiosk

pytestmark = pytest.mark.django_db
SECRET = "geheim" * 12


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The sentences are in the language of whoever asks."""
    with translation.override("en"):
        yield


@pytest.fixture
def production(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a production installation in which nothing is wrong."""
    settings.BOLWERK_MODE = "production"
    settings.BOLWERK_DIR = tmp_path
    settings.BOLWERK_BASE_URL = "https://bolwerk.zilverdam.example"
    settings.SECRET_KEY = SECRET
    settings.SECOND_FACTOR_REQUIRED = True
    settings.ALLOWED_HOSTS = ["bolwerk.zilverdam.example"]
    settings.TRUSTED_PROXIES = ["10.0.0.7"]
    settings.DEBUG = False
    settings.VAULT_PHRASE_MEMORY_MIB, settings.VAULT_PHRASE_PASSES = 128, 12
    settings.BOLWERK_KEY_RING_FILE = tmp_path / "ring.json"
    make_key_file(tmp_path / "ring.json", mode="production", at=datetime(2026, 1, 1, tzinfo=UTC))
    secret(tmp_path / "secret.key")
    monkeypatch.setenv("BOLWERK_SECRET_KEY_FILE", str(tmp_path / "secret.key"))
    return settings


def secret(file: Path, *, mode: int = 0o600) -> Path:
    """A file with a secret in it."""
    file.write_text(SECRET)
    file.chmod(mode)
    return file


def only_refusal(**given: str) -> str:
    """The one sentence that stands in the way."""
    found = refusals(**given)
    assert len(found) == 1, found
    return found[0]


def test_a_good_installation_is_refused_nothing(production: Settings) -> None:
    assert refusals(host="0.0.0.0") == []


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("BOLWERK_MODE", "prod", "BOLWERK_MODE"),
        ("DEBUG", True, "DEBUG"),
        ("SECRET_KEY", "kort", "fewer than 50"),
        ("BOLWERK_BASE_URL", "http://bolwerk.zilverdam.example", "overheard"),
        ("BOLWERK_BASE_URL", "bolwerk.zilverdam.example", "no address"),
        ("ALLOWED_HOSTS", ["*"], "wildcard"),
        ("ALLOWED_HOSTS", [".zilverdam.example"], "wildcard"),
        ("TRUSTED_PROXIES", ["0.0.0.0/0"], "forge"),
        ("TRUSTED_PROXIES", ["proxy"], "no address"),
        ("SECOND_FACTOR_REQUIRED", False, "second factor"),
    ],
)
def test_one_insecure_setting_is_refused_in_one_sentence(
    production: Settings, name: str, value: object, word: str
) -> None:
    setattr(production, name, value)
    assert word in only_refusal()


def test_the_secret_of_the_demo_is_refused(production: Settings) -> None:
    production.SECRET_KEY = production.DEMO_SECRET_KEY
    assert "bolwerk init" in only_refusal()


def test_without_a_key_ring_nothing_starts(production: Settings, tmp_path: Path) -> None:
    (tmp_path / "ring.json").unlink()
    assert "bolwerk init" in only_refusal()
    production.BOLWERK_MODE = "demo"
    assert "no key ring" in only_refusal()


def test_a_file_that_is_no_key_ring_is_refused(production: Settings, tmp_path: Path) -> None:
    (tmp_path / "ring.json").write_text('{"format": 2, "keys": []}')
    assert "no key ring of this version" in only_refusal()


@pytest.mark.parametrize("mode", ["demo", "test"])
def test_the_key_ring_of_the_demo_is_refused(production: Settings, tmp_path: Path, mode: str) -> None:
    (tmp_path / "ring.json").unlink()
    make_key_file(tmp_path / "ring.json", mode=mode, at=datetime(2026, 1, 1, tzinfo=UTC))
    assert f"made for the {mode}" in only_refusal()


def test_a_key_ring_that_others_can_read_is_refused(production: Settings, tmp_path: Path) -> None:
    (tmp_path / "ring.json").chmod(0o640)
    assert "the key ring" in only_refusal()


@pytest.mark.parametrize(("memory", "passes"), [(63, 12), (128, 2)])
def test_vault_phrases_that_are_cheap_to_guess_are_refused(production: Settings, memory: int, passes: int) -> None:
    production.VAULT_PHRASE_MEMORY_MIB, production.VAULT_PHRASE_PASSES = memory, passes
    assert "BOLWERK_VAULT_PHRASE_PASSES" in only_refusal()


def test_plain_http_is_for_this_machine_only(production: Settings) -> None:
    production.BOLWERK_BASE_URL = "http://127.0.0.1:8000"
    assert refusals(host="127.0.0.1") == []
    assert "overheard" in only_refusal(host="0.0.0.0")


def test_a_key_that_others_can_read_is_refused(production: Settings, tmp_path: Path) -> None:
    (tmp_path / "secret.key").chmod(0o640)
    assert "chmod 600" in only_refusal()


@pytest.mark.parametrize("mode", [0o644, 0o640])
def test_a_sign_on_secret_that_others_can_read_is_refused(
    production: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    monkeypatch.setenv("BOLWERK_OIDC_ISSUER", "https://login.zilverdam.example")
    monkeypatch.setenv("BOLWERK_OIDC_CLIENT_ID", "bolwerk")
    monkeypatch.setenv("BOLWERK_OIDC_CLIENT_SECRET_FILE", str(secret(tmp_path / "oidc", mode=mode)))
    assert "OpenID Connect secret" in only_refusal()


def test_sign_on_over_an_open_line_or_without_a_secret_is_refused(
    production: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOLWERK_OIDC_ISSUER", "http://login.zilverdam.example")
    first, second, third = refusals()
    assert "https://" in first
    assert "BOLWERK_OIDC_CLIENT_ID" in second
    assert "must name a file" in third


def test_sign_on_with_a_key_of_the_client_needs_no_secret(
    production: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOLWERK_OIDC_ISSUER", "https://login.zilverdam.example")
    monkeypatch.setenv("BOLWERK_OIDC_CLIENT_ID", "bolwerk")
    monkeypatch.setenv("BOLWERK_OIDC_CLIENT_KEY_FILE", str(secret(tmp_path / "key.pem")))
    assert refusals() == []


def test_a_role_table_with_a_mistake_is_refused_before_anybody_signs_in(production: Settings, tmp_path: Path) -> None:
    production.OIDC_ROLE_TABLE = tmp_path / "roles.toml"
    assert "cannot be read" in only_refusal()
    production.OIDC_ROLE_TABLE.write_text('[[rule]]\nclaim = "groups"\nvalue = "x"\nrole = "king"\n')
    assert "Rule 1" in only_refusal()


def test_a_database_file_that_everybody_can_read_is_refused(
    production: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    database = secret(tmp_path / "bolwerk.sqlite3", mode=0o644)
    monkeypatch.setitem(connection.settings_dict, "NAME", str(database))
    tmp_path.chmod(0o755)
    assert "everybody on this machine" in only_refusal()
    tmp_path.chmod(0o700)  # nobody else can come near it
    assert refusals() == []


def test_a_folder_that_is_not_there_is_refused(production: Settings, tmp_path: Path) -> None:
    production.BOLWERK_DIR = tmp_path / "elders"
    assert "cannot be written" in only_refusal()


def test_the_demo_is_refused_only_what_cannot_work(production: Settings, tmp_path: Path) -> None:
    production.BOLWERK_MODE = "demo"
    production.SECOND_FACTOR_REQUIRED = False
    production.BOLWERK_BASE_URL = "http://192.0.2.1"
    assert refusals(host="0.0.0.0") == []
    production.BOLWERK_DIR = tmp_path / "elders"
    assert "cannot be written" in only_refusal()


def test_all_that_is_wrong_is_told_at_once(production: Settings) -> None:
    production.SECOND_FACTOR_REQUIRED = False
    production.ALLOWED_HOSTS = ["*"]
    assert len(refusals()) == 2


@pytest.mark.parametrize(("host", "answer"), [("::1", True), ("[::1]", True), ("127.9.9.9", True), ("0.0.0.0", False)])
def test_loopback_is_recognised(host: str, answer: bool) -> None:
    assert is_loopback(host) is answer


def test_a_list_of_codes_that_is_not_right_is_refused_with_its_file(production: Settings, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "kinds.nl.yaml").write_text("- {code: spitting}", encoding="utf-8")
    assert "kinds.nl.yaml" in only_refusal()


@pytest.mark.parametrize(
    "origin",
    ["*", "https://*.zilverdam.nl", "http://intranet.nl", "https://intranet.nl/pagina", "intranet.nl", "https://a.nl;"],
)
def test_only_whole_sites_may_show_the_tile(production: Settings, origin: str) -> None:
    production.TILE_ORIGINS = ["https://intranet.zilverdam.example", origin]
    assert origin in only_refusal()


def test_a_house_with_reports_in_it_does_not_start_as_a_host(
    production: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOLWERK_HOST_MODE", "yes")
    production.HOST_MODE = True
    assert refusals() == []
    make_department("Burgerzaken")
    assert refusals() == []
    make_kiosk(department=make_department("Depot"), place="Depot", by=make_person("Karin"), at=AT)
    assert "something lies in incidents" in only_refusal()


def test_whether_it_is_a_host_is_said_with_yes_or_no(production: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOLWERK_HOST_MODE", "perhaps")
    assert "say yes or no" in only_refusal()
