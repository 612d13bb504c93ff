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
from django.utils.translation import gettext as _

from bolwerk.accounts.signin.oidc.homes import HomesError, known_homes, offered
from bolwerk.accounts.signin.oidc.people import load_table
from bolwerk.accounts.signin.oidc.table import RoleTableError
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
        yield _("%(path)s (%(name)s) can be read by others on this machine: run `chmod 600 %(path)s`.") % {
            "path": path,
            "name": name,
        }


def _mode(_host: str) -> Iterator[str]:
    if settings.BOLWERK_MODE not in MODES:
        yield _("BOLWERK_MODE is '%(mode)s': choose production or demo.") % {"mode": settings.BOLWERK_MODE}
    if settings.DEBUG:
        yield _("DEBUG is on: it shows passwords and content on error pages. Remove it from the settings.")


def _secret_key(_host: str) -> Iterator[str]:
    path = environment.file_in(settings.BOLWERK_DIR, "BOLWERK_SECRET_KEY_FILE")
    if settings.SECRET_KEY == settings.DEMO_SECRET_KEY:
        yield _("There is no secret key in %(path)s: run `bolwerk init`, which makes one.") % {"path": path}
    elif len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield _("The secret key in %(path)s has fewer than %(least)s characters: run `bolwerk init` for a new one.") % {
            "path": path,
            "least": SHORTEST_SECRET,
        }
    yield from _secret_file(path, _("the secret key"))


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
        yield _(
            "The key ring in %(path)s was made for the %(made_for)s: move it away and run `bolwerk "
            "init` for a real one."
        ) % {"path": path, "made_for": made_for}
    yield from _secret_file(path, _("the key ring"))


def _address(host: str) -> Iterator[str]:
    address = urlsplit(settings.BOLWERK_BASE_URL)
    if not address.hostname or address.scheme not in {"http", "https"}:
        yield _("BOLWERK_BASE_URL is no address: give the one people type, such as https://bolwerk.example.nl.")
    elif address.scheme == "http" and not (is_loopback(address.hostname) and is_loopback(host)):
        yield (
            _(
                "BOLWERK_BASE_URL starts with http:// while others than this machine can reach it: "
                "people would sign in over a line that can be overheard. Give an https:// address and "
                "put a proxy with a certificate in front."
            )
        )
    if any("*" in allowed or allowed.startswith(".") for allowed in settings.ALLOWED_HOSTS):
        yield _("ALLOWED_HOSTS has a wildcard: a forged Host header would be believed. Name every host in full.")


def _vault_phrases(_host: str) -> Iterator[str]:
    memory, passes = settings.VAULT_PHRASE_MEMORY_MIB, settings.VAULT_PHRASE_PASSES
    if memory < LEAST_PHRASE_MIB or passes < LEAST_PHRASE_PASSES:
        yield (
            _(
                "Guessing a vault phrase would cost %(passes)s passes over %(memory)s MiB, less than RFC "
                "9106 asks: set BOLWERK_VAULT_PHRASE_PASSES to %(least_passes)s and "
                "BOLWERK_VAULT_PHRASE_MEMORY_MIB to %(least_memory)s at least."
            )
            % {
                "passes": passes,
                "memory": memory,
                "least_passes": LEAST_PHRASE_PASSES,
                "least_memory": LEAST_PHRASE_MIB,
            }
        )


def _proxies(_host: str) -> Iterator[str]:
    for proxy in settings.TRUSTED_PROXIES:
        try:
            too_many = ip_network(proxy, strict=False).num_addresses > WIDEST_PROXY_NETWORK
        except ValueError:
            yield _("BOLWERK_TRUSTED_PROXIES has '%(proxy)s', which is no address.") % {"proxy": proxy}
            continue
        if too_many:
            yield _(
                "BOLWERK_TRUSTED_PROXIES has %(proxy)s: so many addresses could forge where a visitor comes from."
            ) % {"proxy": proxy}


def _sign_in(_host: str) -> Iterator[str]:
    if not settings.SECOND_FACTOR_REQUIRED:
        yield _("BOLWERK_SECOND_FACTOR is off: whoever reads what others wrote needs a second factor in production.")
    issuer = environment.read("BOLWERK_OIDC_ISSUER")
    if not issuer:
        return
    if not issuer.startswith("https://") and not is_loopback(urlsplit(issuer).hostname or ""):
        yield _("BOLWERK_OIDC_ISSUER does not start with https://: identities would travel over an open line.")
    if not environment.read("BOLWERK_OIDC_CLIENT_ID"):
        yield _("BOLWERK_OIDC_CLIENT_ID is empty: give the name by which the provider knows this installation.")
    files = [environment.read(name) for name in ("BOLWERK_OIDC_CLIENT_SECRET_FILE", "BOLWERK_OIDC_CLIENT_KEY_FILE")]
    given = [Path(file) for file in files if file]
    if not given or not all(environment.read_secret(file) for file in given):
        yield _(
            "BOLWERK_OIDC_CLIENT_SECRET_FILE or BOLWERK_OIDC_CLIENT_KEY_FILE must name a file with a secret or key in "
            "it, and neither may name an empty one."
        )
    for file in given:
        yield from _secret_file(file, _("the OpenID Connect secret"))


def _role_table(_host: str) -> Iterator[str]:
    try:
        load_table()
    except RoleTableError as error:
        yield _("BOLWERK_OIDC_ROLE_TABLE: %(error)s") % {"error": error}


def _homes(_host: str) -> Iterator[str]:
    try:
        homes = known_homes()
    except HomesError as error:
        yield _("BOLWERK_OIDC_HOMES: %(error)s") % {"error": error}
        return
    for home in homes:
        file = home.secret_file or home.key_file
        if file is None or not environment.read_secret(file):
            yield _("BOLWERK_OIDC_HOMES: %(home)s names no file with a secret or a key in it.") % {"home": home.name}


def _homes_for_real(_host: str) -> Iterator[str]:
    for home in offered():
        if not home.issuer.startswith("https://"):
            yield _(
                "BOLWERK_OIDC_HOMES: the issuer of %(home)s does not start with https://: others can read along."
            ) % {"home": home.name}
        for file in (home.secret_file, home.key_file):
            if file is not None:
                yield from _secret_file(file, _("the OpenID Connect secret of %(home)s") % {"home": home.name})


def _figures(_host: str) -> Iterator[str]:
    if settings.SMALLEST_GROUP < LEAST_GROUP:
        yield _("BOLWERK_SMALLEST_GROUP must be a whole number of at least %(least)s: fewer would point at people.") % {
            "least": LEAST_GROUP
        }


def _scanner(_host: str) -> Iterator[str]:
    try:
        address_of(settings.DOCUMENT_SCANNER)
    except AddressNotOursError as error:
        yield (
            _(
                "BOLWERK_CLAMD is '%(error)s', which is no address of this machine or of a private "
                "network: every upload would be sent there. Give unix:/run/clamav/clamd.ctl or "
                "127.0.0.1:3310, or leave it empty."
            )
            % {"error": error}
        )


def _folder(_host: str) -> Iterator[str]:
    folder = Path(settings.BOLWERK_DIR)
    if not folder.is_dir() or not access(folder, W_OK):
        yield _("The folder %(folder)s cannot be written: give it to the user that runs Bolwerk.") % {"folder": folder}


def _database_file(_host: str) -> Iterator[str]:
    if connection.vendor != "sqlite":
        return
    file = Path(str(connection.settings_dict["NAME"]))
    if file.is_file() and all(path.stat().st_mode & OPEN_TO_THE_MACHINE for path in (file.parent, file)):
        yield _("%(file)s can be read by everybody on this machine: run `chmod 600 %(file)s`.") % {"file": file}


def _database(_host: str) -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, ImproperlyConfigured):
        yield _("The database does not answer: is it running, and is BOLWERK_DATABASE_URL right?")
        return
    if behind:
        yield _("The database is %(count)s steps behind this version: run `bolwerk migrate` first.") % {
            "count": len(behind)
        }


def _tile(_host: str) -> Iterator[str]:
    for origin in settings.TILE_ORIGINS:
        site = urlsplit(origin)
        safe = site.scheme == "https" or (site.scheme == "http" and is_loopback(site.hostname or ""))
        if not site.hostname or not safe or not ORIGIN.fullmatch(origin):
            yield (
                _(
                    "BOLWERK_TILE_ORIGINS has '%(origin)s', which is no site: give https:// and the name, "
                    "without a path, a star or anything behind it, such as https://intranet.example.nl."
                )
                % {"origin": origin}
            )


def _lists(_host: str) -> Iterator[str]:
    yield from trouble_with_lists()
    yield from trouble_with_cards()
    yield from trouble_with_methods()


def _host_mode(_host: str) -> Iterator[str]:
    said = environment.read("BOLWERK_HOST_MODE")
    if said not in {"yes", "no"}:
        yield _("BOLWERK_HOST_MODE is '%(said)s': say yes or no.") % {"said": said}
    if settings.HOST_MODE and (full := [app for app in sorted(host.APPS_CLOSED) if _holds(app)]):
        yield (
            _(
                "BOLWERK_HOST_MODE is yes, but something lies in %(names)s: nobody could reach it any "
                "more, and nothing of it would be erased on time. Host circles on an installation of "
                "their own."
            )
            % {"names": ", ".join(full)}
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
    _role_table,
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
