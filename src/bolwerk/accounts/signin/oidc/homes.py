"""The table of home municipalities: at which provider the people of which municipality sign in (ADR 43).

A host of circles lets people of many municipalities in, each by the sign-in of their own. A TOML file, read at every
sign-in, so that a municipality that joins today signs in today::

    [[home]]
    code = "veendrecht"                  # stands in the return address: /inloggen/thuis/veendrecht/terug/
    name = "Gemeente Veendrecht"         # what the page for signing in calls it; without it, the first municipality
    municipalities = ["Veendrecht"]      # for whose people this provider speaks, by their names in the circles
    issuer = "https://login.veendrecht.example"
    client_id = "bolwerk-kring"
    secret_file = "veendrecht.secret"    # beside this file, or a whole path; or key_file, a private key (PEM)
    acr = ""                             # a level of assurance to ask for
    match_email = "verified"             # invited people are known by e-mail: when verified (default), always, never
    asks_second_factor = false           # true: this provider asks everybody for a second factor itself

    [home.second_factor]                 # or: when one of these is in the token, it did
    amr = ["mfa"]
    acr = ["http://eidas.europa.eu/LoA/substantial"]

What such a provider says about roles and departments means nothing here. An identity is of one issuer and one subject.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from bolwerk.accounts.signin.oidc.table import MATCHES, Claims, RoleTable, texts

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
NEEDED = frozenset({"code", "municipalities", "issuer", "client_id"})
MORE = frozenset({"name", "secret_file", "key_file", "acr", "match_email", "asks_second_factor", "second_factor"})
TEXTS = ("code", "issuer", "client_id", "name", "secret_file", "key_file", "acr")
PREFIX = "home-"
SUGGESTED, ALIKE = 5, 0.6  # names that a search with a typing error offers, and how much they must be like it


class HomesError(ValueError):
    """The table of home municipalities cannot be used; the sentence says which entry and why."""


@dataclass(frozen=True)
class Home:
    """A municipality, or several with one provider, whose people sign in there."""

    code: str
    name: str
    municipalities: tuple[str, ...]
    issuer: str
    client_id: str
    secret_file: Path | None = None
    key_file: Path | None = None
    acr: str = ""
    match_email: str = MATCHES[0]
    asks_second_factor: bool = False
    factors: RoleTable = field(default_factory=RoleTable)

    @property
    def provider_id(self) -> str:
        """Under which its identities are kept: another issuer is another one, whatever the municipality is called."""
        return PREFIX + blake2b(self.issuer.encode(), digest_size=16).hexdigest()

    def speaks_for(self, municipalities: Iterable[str]) -> bool:
        """Whether this provider may say who somebody is that comes for these municipalities, and for one at least."""
        named = {plain(name) for name in municipalities}
        return bool(named) and named <= {plain(name) for name in self.municipalities}

    def second_factor_shown(self, claims: Claims) -> bool:
        """Whether the provider asked for a second factor itself."""
        return self.asks_second_factor or self.factors.second_factor_shown(claims)


def plain(text: str) -> str:
    """A name without capitals and accents, as people type it."""
    return normalize("NFKD", text.strip().casefold()).encode("ascii", "ignore").decode()


def read_homes(text: str, *, folder: Path) -> tuple[Home, ...]:
    """Read and check the table, in the order of names. Raises HomesError with a sentence that says what to change."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HomesError(
            _("The table of home municipalities is not valid TOML: %(error)s.") % {"error": error}
        ) from error
    entries = given.get("home", [])
    if set(given) - {"home"} or not isinstance(entries, list):
        raise HomesError(_("The table of home municipalities has entries under [[home]] and nothing else."))
    homes = [_home(number, entry, folder) for number, entry in enumerate(entries, 1)]
    for what, values in (
        ("code", [home.code for home in homes]),
        ("issuer", [home.issuer for home in homes]),
        ("municipality", [plain(name) for home in homes for name in home.municipalities]),
    ):
        if twice := sorted({value for value in values if values.count(value) > 1}):
            raise HomesError(
                _("In the table of home municipalities this %(what)s stands twice: %(names)s.")
                % {"what": what, "names": ", ".join(twice)}
            )
    return tuple(sorted(homes, key=lambda home: (plain(home.name), home.code)))


def _home(number: int, given: Any, folder: Path) -> Home:
    where = _("Entry %(number)s of the table of home municipalities") % {"number": number}
    if not isinstance(given, dict) or NEEDED - set(given) or set(given) - NEEDED - MORE:
        raise HomesError(
            _("%(where)s needs %(needed)s, may have %(more)s, no more.")
            % {"where": where, "needed": ", ".join(sorted(NEEDED)), "more": ", ".join(sorted(MORE))}
        )
    if trouble := next((sentence for wrong, sentence in _troubles(given) if wrong()), ""):
        raise HomesError(f"{where}: {trouble}")
    names = tuple(name.strip() for name in given["municipalities"])
    amr, acr = (texts(given.get("second_factor", {}), word) for word in ("amr", "acr"))
    files = {word: folder / given[word] if given.get(word) else None for word in ("secret_file", "key_file")}
    return Home(
        code=given["code"],
        name=given.get("name") or names[0],
        municipalities=names,
        issuer=given["issuer"],
        client_id=given["client_id"],
        acr=given.get("acr", ""),
        match_email=given.get("match_email", MATCHES[0]),
        asks_second_factor=given.get("asks_second_factor", False),
        factors=RoleTable(amr=amr, acr=acr),
        **files,
    )


def _troubles(given: dict[str, Any]) -> Iterator[tuple[Callable[[], bool], str]]:
    """What an entry may not be, in the order in which that can be looked at, each with what to change."""
    names = given["municipalities"]
    yield (
        lambda: not _are_texts(names) or not names or not all(name.strip() for name in names),
        _("municipalities is a list of names."),
    )
    yield (
        lambda: not _are_texts([given.get(word, "") for word in TEXTS]) or not given["client_id"],
        _("%(names)s are texts.") % {"names": ", ".join(TEXTS)},
    )
    yield (
        lambda: not CODE.fullmatch(given["code"]),
        _("code is at most 40 small letters, digits and hyphens, such as veendrecht."),
    )
    yield (
        lambda: not _is_address(given["issuer"]),
        _("issuer is an address with https://, and nothing behind its path."),
    )
    yield (
        lambda: bool(given.get("secret_file")) == bool(given.get("key_file")),
        _("it needs a secret_file or a key_file, one of the two."),
    )
    yield (
        lambda: given.get("match_email", MATCHES[0]) not in MATCHES,
        _("match_email is one of %(names)s.") % {"names": ", ".join(MATCHES)},
    )
    yield (
        lambda: not isinstance(given.get("asks_second_factor", False), bool),
        _("asks_second_factor is true or false."),
    )
    yield (
        lambda: not _is_factors(given.get("second_factor", {})),
        _("second_factor has amr and acr, each a list of texts."),
    )


def _are_texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _is_factors(given: Any) -> bool:
    return isinstance(given, dict) and set(given) <= {"amr", "acr"} and all(map(_are_texts, given.values()))


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    return bool(parts.hostname) and (parts.scheme == "https" or here) and not parts.query and not parts.fragment


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> tuple[Home, ...]:
    return read_homes(path.read_text(encoding="utf-8"), folder=path.parent)


def known_homes() -> tuple[Home, ...]:
    """The homes of this installation, as the file says now. Raises HomesError when it is not right."""
    path = settings.OIDC_HOMES
    if path is None:
        return ()
    try:
        about = path.stat()
        return _read(path, about.st_mtime_ns, about.st_size)
    except (OSError, UnicodeDecodeError) as error:
        raise HomesError(_("The table of home municipalities cannot be read.")) from error


def offered() -> tuple[Home, ...]:
    """What pages can offer: nothing while the table is not right."""
    try:
        return known_homes()
    except HomesError:
        return ()


def home_with(code: str) -> Home | None:
    """The home with this code in its address."""
    return next((home for home in offered() if home.code == code), None)


def home_behind(provider_id: str) -> Home | None:
    """The home whose identities are kept under this name."""
    return next((home for home in offered() if home.provider_id == provider_id), None)


def homes_of(municipality: str) -> list[Home]:
    """Where the people of a municipality sign in: one place, or none."""
    return [home for home in offered() if home.speaks_for([municipality])]


def find_homes(words: str) -> tuple[list[Home], bool]:
    """Homes by a part of a name that somebody typed; with a typing error those that are like it, and that said."""
    homes, asked = list(offered()), plain(words)
    found = [home for home in homes if any(asked in plain(name) for name in (home.name, *home.municipalities))]
    if found or not asked:
        return found, False
    by_name = {plain(name): home for home in homes for name in (home.name, *home.municipalities)}
    near = get_close_matches(asked, by_name, n=SUGGESTED, cutoff=ALIKE)
    return list(dict.fromkeys(by_name[name] for name in near)), True
