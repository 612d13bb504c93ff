"""What the environment may say about an installation, read once and checked, so that settings.py stays a list.

Every variable starts with BOLWERK_. `docs/reference/settings.md` is generated from `VARIABLES`.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from knooppunt.words import gettext_noop


@dataclass(frozen=True)
class Variable:
    """One variable: its name, what it is for and what holds when it is absent."""

    name: str
    purpose: str
    default: str = ""


VARIABLES = (
    Variable("BOLWERK_DIR", "Folder of the installation: embedded database, keys, files, benchmarks.", "var"),
    Variable("BOLWERK_MODE", "production, demo or test. Only production refuses insecure settings.", "production"),
    Variable(
        "BOLWERK_LANGUAGE", "nl or en: what the command line says. Pages and mails do not change.", "as LANG says"
    ),
    Variable("BOLWERK_SECRET_KEY_FILE", "File with the secret that signs sessions.", "<dir>/keys/secret.key"),
    Variable(
        "BOLWERK_KEY_RING_FILE",
        "File with the keys that close texts and files; keep a copy apart from the backups.",
        "<dir>/keys/ring.json",
    ),
    Variable(
        "BOLWERK_SIGNING_KEY_FILE",
        "File with the key that signs what goes to other installations; keep a copy apart from the backups.",
        "<dir>/keys/signing.json",
    ),
    Variable(
        "BOLWERK_ERASURE_FILE",
        "File that lists what was erased, so that it goes again after a backup is put back; best on another machine.",
        "<dir>/erasures.jsonl",
    ),
    Variable(
        "BOLWERK_CIRCLE_FORUM",
        "Where learning circles talk at length, such as a group on Pleio: an https address that pages link to.",
    ),
    Variable(
        "BOLWERK_HOST_MODE",
        "yes: this installation only hosts learning circles; the other rooms are not there.",
        "no",
    ),
    Variable("BOLWERK_DATABASE_URL", "postgresql://user@host/name; absent means the embedded SQLite file."),
    Variable("BOLWERK_BASE_URL", "Public address of this installation, with https.", "http://127.0.0.1:8000"),
    Variable("BOLWERK_TRUSTED_PROXIES", "Addresses of the proxies whose X-Forwarded-For is believed, with commas."),
    Variable(
        "BOLWERK_TILE_ORIGINS",
        "Sites that may show the tile for reporting in a frame, with commas, such as https://intranet.example.nl.",
    ),
    Variable("BOLWERK_SECOND_FACTOR", "required asks for it in the demo too; production always asks.", "as the mode"),
    Variable("BOLWERK_SESSION_IDLE_MINUTES", "A session ends after so many minutes without a request.", "30"),
    Variable("BOLWERK_SESSION_ABSOLUTE_HOURS", "A session ends after so many hours in any case.", "12"),
    Variable(
        "BOLWERK_WAY_BACK_HOURS",
        "Hours between asking to let somebody begin anew with signing in, and doing it when no second administrator "
        "agreed: long enough to read the mail about it and stop it.",
        "24",
    ),
    Variable(
        "BOLWERK_WAY_BACK_ADDRESS_DAYS",
        "Days after a change of somebody's e-mail address in which nobody may ask that.",
        "7",
    ),
    Variable("BOLWERK_VAULT_PHRASE_MEMORY_MIB", "Memory that one guess at a vault phrase takes.", "128"),
    Variable("BOLWERK_VAULT_PHRASE_PASSES", "Passes over that memory: about a second together.", "12"),
    Variable("BOLWERK_VAULT_PHRASES_AT_ONCE", "Vault phrases that one server process works on at a time.", "2"),
    Variable("BOLWERK_VAULT_OPEN_MINUTES", "A vault closes after so many minutes in which nobody uses it.", "10"),
    Variable("BOLWERK_VAULT_REQUEST_DAYS", "A request to open a vault waits so many days for two trustees.", "7"),
    Variable(
        "BOLWERK_SMALLEST_GROUP",
        "Figures of fewer are hidden, in every room; never below 5. Unverified default: the rule of thumb of European "
        "statistics.",
        "10",
    ),
    Variable(
        "BOLWERK_BACKUP_DIR", "Folder for the worker's daily backup, best on another disk; absent means none is made."
    ),
    Variable("BOLWERK_KEYS_COPIED_ON", "Day on which the keys were last copied to another place, such as 2026-11-25."),
    Variable("BOLWERK_BACKUP_KEEP", "How many backups stay in that folder; older ones go.", "14"),
    Variable("BOLWERK_MAIL_URL", "smtp://user:password@host:port or smtps://…; absent means mail waits in the outbox."),
    Variable("BOLWERK_MAIL_FROM", "Sender of mail.", "bolwerk@localhost"),
    Variable("BOLWERK_CLAMD", "Virus scanner: unix:/run/clamav/clamd.ctl or 127.0.0.1:3310; absent means no scanner."),
    Variable("BOLWERK_ANCHOR_FILE", "File to which the head of the trail is added every day; best on another machine."),
    Variable("BOLWERK_ANCHOR_MAIL", "Address to which the head of the trail is mailed every day."),
    Variable("BOLWERK_ANCHOR_URL", "Where a second installation takes the head: https://…/logboek/ankers/."),
    Variable("BOLWERK_ANCHOR_SECRET_FILE", "File with the secret that the second installation gave us."),
    Variable("BOLWERK_ANCHOR_PEERS_FILE", "File with a name and a secret per line: whose heads we take."),
    Variable("BOLWERK_OIDC_ISSUER", "Address of the municipality's OpenID Connect provider."),
    Variable("BOLWERK_OIDC_CLIENT_ID", "Client id at that provider."),
    Variable("BOLWERK_OIDC_CLIENT_SECRET_FILE", "File with the client secret."),
    Variable(
        "BOLWERK_OIDC_CLIENT_KEY_FILE", "Private key (PEM) with which the client proves itself, instead of a secret."
    ),
    Variable("BOLWERK_OIDC_NAME", "What the button for single sign-on calls it.", "je werkaccount"),
    Variable("BOLWERK_OIDC_ACR", "Level of assurance to ask for, such as http://eidas.europa.eu/LoA/substantial."),
    Variable(
        "BOLWERK_OIDC_HOMES", "TOML file: at which provider the people of which municipality sign in, for circles."
    ),
    Variable("BOLWERK_OIDC_ROLE_TABLE", "TOML file: which claim or group gives which department and role."),
)
# Said before Django starts, so by the catalogue of the command line's help.
NO_NUMBER = gettext_noop("%(name)s is '%(given)s': give a whole number of at least 1.")
NO_MAIL_SERVER = gettext_noop("%(name)s is no mail server: it should look like smtps://user:password@mail.example.nl.")
_DEFAULTS = {variable.name: variable.default for variable in VARIABLES}


class UnknownVariableError(KeyError):
    """A setting was asked for that is not declared above."""


class WrongSettingError(ValueError):
    """A variable says something that it cannot; `sentence` is English with places for its name and what it says."""

    def __init__(self, name: str, given: str, sentence: str) -> None:
        self.sentence, self.facts = sentence, {"name": name, "given": given}
        super().__init__(sentence % self.facts)


def read(name: str) -> str:
    """Return the value of a declared variable, or its default. Raises UnknownVariableError for any other name."""
    if name not in _DEFAULTS:
        raise UnknownVariableError(name)
    return os.environ.get(name) or _DEFAULTS[name]


def whole(name: str) -> int:
    """A declared variable that is a whole number of at least one. Raises WrongSettingError for anything else."""
    given = read(name)
    if not given.isascii() or not given.isdigit() or int(given) < 1:
        raise WrongSettingError(name, given, NO_NUMBER)
    return int(given)


def installation_dir() -> Path:
    """The folder in which everything of this installation lies."""
    return Path(read("BOLWERK_DIR")).resolve()


def file_in(folder: Path, name: str) -> Path:
    """The file that a variable names; `<dir>` in it is the folder of the installation."""
    return Path(read(name).replace("<dir>", str(folder)))


def read_secret(path: Path) -> str:
    """Return the content of a secret file, or an empty text when there is none yet."""
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""
