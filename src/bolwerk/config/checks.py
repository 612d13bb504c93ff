"""What `bolwerk serve` and `bolwerk worker` refuse, each in a sentence that says what to do about it."""

import re
from collections.abc import Callable, Iterator
from ipaddress import ip_address, ip_network
from os import W_OK, access
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from bolwerk.accounts.signin.oidc.homes import HomesError, known_homes, offered
from bolwerk.circle.queries.library_files import trouble_with_cards
from bolwerk.circle.queries.methods import trouble_with_methods
from bolwerk.config import environment, host
from bolwerk.crypto.keyfile import RingMissingError, RingUnreadableError, read_key_file
from bolwerk.documents.scanner import AddressNotOursError, address_of
from bolwerk.incidents.queries import trouble_with_lists
from knooppunt.disclosure import LEAST_GROUP

ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")  # what a policy takes as one site, and no more
MODES = frozenset({"production", "demo", "test"})
SHORTEST_SECRET = 50  # characters, as Django's own check security.W009 asks
READABLE_BY_OTHERS = 0o077
OPEN_TO_THE_MACHINE = 0o007
LEAST_PHRASE_MIB, LEAST_PHRASE_PASSES = 64, 3  # RFC 9106, section 4, the second recommendation
WIDEST_PROXY_NETWORK = 256  # addresses: more proxies than this is a mistake, and lets anybody forge an address


def is_loopback(host: str) -> bool:
    """Whether `host` can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _secret_file(path: Path, name: str) -> Iterator[str]:
    if path.is_file() and path.stat().st_mode & READABLE_BY_OTHERS:
        yield f"{path} ({name}) can be read by others on this machine: run `chmod 600 {path}`."


def _mode(_host: str) -> Iterator[str]:
    if settings.BOLWERK_MODE not in MODES:
        yield f"BOLWERK_MODE is '{settings.BOLWERK_MODE}': choose production or demo."
    if settings.DEBUG:
        yield "DEBUG is on: it shows passwords and content on error pages. Remove it from the settings."


def _secret_key(_host: str) -> Iterator[str]:
    path = environment.file_in(settings.BOLWERK_DIR, "BOLWERK_SECRET_KEY_FILE")
    if settings.SECRET_KEY == settings.DEMO_SECRET_KEY:
        yield f"There is no secret key in {path}: run `bolwerk init`, which makes one."
    elif len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield f"The secret key in {path} has fewer than {SHORTEST_SECRET} characters: run `bolwerk init` for a new one."
    yield from _secret_file(path, "the secret key")


def _key_ring(_host: str) -> Iterator[str]:
    try:
        read_key_file(settings.BOLWERK_KEY_RING_FILE)
    except (RingMissingError, RingUnreadableError) as error:
        yield str(error)


def _key_ring_for_real(_host: str) -> Iterator[str]:
    path = Path(settings.BOLWERK_KEY_RING_FILE)
    try:
        made_for = read_key_file(path).mode
    except (RingMissingError, RingUnreadableError):
        return  # said by _key_ring
    if made_for != "production":
        yield f"The key ring in {path} was made for the {made_for}: move it away and run `bolwerk init` for a real one."
    yield from _secret_file(path, "the key ring")


def _address(host: str) -> Iterator[str]:
    address = urlsplit(settings.BOLWERK_BASE_URL)
    if not address.hostname or address.scheme not in {"http", "https"}:
        yield "BOLWERK_BASE_URL is no address: give the one people type, such as https://bolwerk.example.nl."
    elif address.scheme == "http" and not (is_loopback(address.hostname) and is_loopback(host)):
        yield (
            "BOLWERK_BASE_URL starts with http:// while others than this machine can reach it: people would sign in "
            "over a line that can be overheard. Give an https:// address and put a proxy with a certificate in front."
        )
    if any("*" in allowed or allowed.startswith(".") for allowed in settings.ALLOWED_HOSTS):
        yield "ALLOWED_HOSTS has a wildcard: a forged Host header would be believed. Name every host in full."


def _vault_phrases(_host: str) -> Iterator[str]:
    memory, passes = settings.VAULT_PHRASE_MEMORY_MIB, settings.VAULT_PHRASE_PASSES
    if memory < LEAST_PHRASE_MIB or passes < LEAST_PHRASE_PASSES:
        yield (
            f"Guessing a vault phrase would cost {passes} passes over {memory} MiB, less than RFC 9106 asks: set "
            f"BOLWERK_VAULT_PHRASE_PASSES to {LEAST_PHRASE_PASSES} and BOLWERK_VAULT_PHRASE_MEMORY_MIB to "
            f"{LEAST_PHRASE_MIB} at least."
        )


def _proxies(_host: str) -> Iterator[str]:
    for proxy in settings.TRUSTED_PROXIES:
        try:
            too_many = ip_network(proxy, strict=False).num_addresses > WIDEST_PROXY_NETWORK
        except ValueError:
            yield f"BOLWERK_TRUSTED_PROXIES has '{proxy}', which is no address."
            continue
        if too_many:
            yield f"BOLWERK_TRUSTED_PROXIES has {proxy}: so many addresses could forge where a visitor comes from."


def _sign_in(_host: str) -> Iterator[str]:
    if not settings.SECOND_FACTOR_REQUIRED:
        yield "BOLWERK_SECOND_FACTOR is off: whoever reads what others wrote needs a second factor in production."
    issuer = environment.read("BOLWERK_OIDC_ISSUER")
    if not issuer:
        return
    if not issuer.startswith("https://") and not is_loopback(urlsplit(issuer).hostname or ""):
        yield "BOLWERK_OIDC_ISSUER does not start with https://: identities would travel over an open line."
    secret = Path(environment.read("BOLWERK_OIDC_CLIENT_SECRET_FILE"))
    if not environment.read_secret(secret):
        yield "BOLWERK_OIDC_CLIENT_SECRET_FILE names no file with a secret in it."
    yield from _secret_file(secret, "the OpenID Connect secret")


def _homes(_host: str) -> Iterator[str]:
    try:
        homes = known_homes()
    except HomesError as error:
        yield f"BOLWERK_OIDC_HOMES: {error}"
        return
    for home in homes:
        file = home.secret_file or home.key_file
        if file is None or not environment.read_secret(file):
            yield f"BOLWERK_OIDC_HOMES: {home.name} names no file with a secret or a key in it."


def _homes_for_real(_host: str) -> Iterator[str]:
    for home in offered():
        if not home.issuer.startswith("https://"):
            yield f"BOLWERK_OIDC_HOMES: the issuer of {home.name} does not start with https://: others can read along."
        for file in (home.secret_file, home.key_file):
            if file is not None:
                yield from _secret_file(file, f"the OpenID Connect secret of {home.name}")


def _figures(_host: str) -> Iterator[str]:
    if settings.SMALLEST_GROUP < LEAST_GROUP:
        yield f"BOLWERK_SMALLEST_GROUP must be a whole number of at least {LEAST_GROUP}: fewer would point at people."


def _scanner(_host: str) -> Iterator[str]:
    try:
        address_of(settings.DOCUMENT_SCANNER)
    except AddressNotOursError as error:
        yield (
            f"BOLWERK_CLAMD is '{error}', which is no address of this machine or of a private network: every upload "
            "would be sent there. Give unix:/run/clamav/clamd.ctl or 127.0.0.1:3310, or leave it empty."
        )


def _folder(_host: str) -> Iterator[str]:
    folder = Path(settings.BOLWERK_DIR)
    if not folder.is_dir() or not access(folder, W_OK):
        yield f"The folder {folder} cannot be written: give it to the user that runs Bolwerk."


def _database_file(_host: str) -> Iterator[str]:
    if connection.vendor != "sqlite":
        return
    file = Path(str(connection.settings_dict["NAME"]))
    if file.is_file() and all(path.stat().st_mode & OPEN_TO_THE_MACHINE for path in (file.parent, file)):
        yield f"{file} can be read by everybody on this machine: run `chmod 600 {file}`."


def _database(_host: str) -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, ImproperlyConfigured):
        yield "The database does not answer: is it running, and is BOLWERK_DATABASE_URL right?"
        return
    if behind:
        yield f"The database is {len(behind)} steps behind this version: run `bolwerk migrate` first."


def _tile(_host: str) -> Iterator[str]:
    for origin in settings.TILE_ORIGINS:
        site = urlsplit(origin)
        safe = site.scheme == "https" or (site.scheme == "http" and is_loopback(site.hostname or ""))
        if not site.hostname or not safe or not ORIGIN.fullmatch(origin):
            yield (
                f"BOLWERK_TILE_ORIGINS has '{origin}', which is no site: give https:// and the name, without a path, a "
                "star or anything behind it, such as https://intranet.example.nl."
            )


def _lists(_host: str) -> Iterator[str]:
    yield from trouble_with_lists()
    yield from trouble_with_cards()
    yield from trouble_with_methods()


def _host_mode(_host: str) -> Iterator[str]:
    said = environment.read("BOLWERK_HOST_MODE")
    if said not in {"yes", "no"}:
        yield f"BOLWERK_HOST_MODE is '{said}': say yes or no."
    if settings.HOST_MODE and (full := [app for app in sorted(host.APPS_CLOSED) if _holds(app)]):
        yield (
            f"BOLWERK_HOST_MODE is yes, but something lies in {', '.join(full)}: nobody could reach it any more, and "
            "nothing of it would be erased on time. Host circles on an installation of their own."
        )


def _holds(app: str) -> bool:
    """Whether somebody put something into a room. A database that does not answer is said by `_database`."""
    try:
        return any(model._base_manager.exists() for model in apps.get_app_config(app).get_models())
    except DatabaseError:
        return False


Check = Callable[[str], Iterator[str]]
ALWAYS: tuple[Check, ...] = (
    _mode,
    _host_mode,
    _figures,
    _scanner,
    _tile,
    _lists,
    _folder,
    _key_ring,
    _database,
    _homes,
)
IN_PRODUCTION: tuple[Check, ...] = (
    _secret_key,
    _key_ring_for_real,
    _database_file,
    _address,
    _proxies,
    _sign_in,
    _homes_for_real,
    _vault_phrases,
)


def refusals(*, host: str = "127.0.0.1") -> list[str]:
    """Everything that stands in the way of running, in sentences; `host` is the address that will be listened on.

    Outside production (the demo, the tests) only what cannot work is refused, not what is merely unsafe.
    """
    checks = ALWAYS if settings.BOLWERK_MODE in {"demo", "test"} else ALWAYS + IN_PRODUCTION
    return [sentence for check in checks for sentence in check(host)]
